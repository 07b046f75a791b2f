import {
  BigValueColorMode,
  BigValueGraphMode,
  ReduceDataOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  FieldColorBuilder,
  FieldColorModeId,
  MappingType,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { describe, type PanelText } from '../basis.ts';
import type { Query } from '../queries.ts';
import { TEXT, type Unit } from '../units.ts';

export interface TileLook {
  unit: Unit;
  /** Columns of the 24; 4 unless said. */
  span?: number;
  /** From this value up it asks for attention, in colour and with the words. */
  attention?: { from: number; fine: string };
  /** Words in place of values. */
  words?: Readonly<Record<string, string>>;
}

/** One figure, large. */
export function tile(text: PanelText, query: Query, look: TileLook): PanelBuilder {
  const { unit, span = 4, attention, words = {} } = look;
  const panel = new PanelBuilder()
    .title(text.title)
    .description(describe(text))
    .span(span)
    .height(4)
    .unit(unit.unit)
    .decimals(unit.decimals)
    .noValue('nog geen cijfers')
    .graphMode(BigValueGraphMode.None)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']).fields(unit === TEXT ? '/.*/' : ''))
    .withTarget(query);
  const mapped = { ...(attention && { '0': attention.fine }), ...words };
  if (Object.keys(mapped).length > 0) {
    const options = Object.fromEntries(
      Object.entries(mapped).map(([value, said]) => [value, { text: said }]),
    );
    panel.mappings([{ type: MappingType.ValueToText, options }]);
  }
  if (attention === undefined) {
    return panel
      .colorMode(BigValueColorMode.None)
      .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Fixed).fixedColor('text'))
      .thresholds(steps([{ value: null, color: 'text' }]));
  }
  return panel
    .colorMode(BigValueColorMode.Value)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds))
    .thresholds(
      steps([
        { value: null, color: 'dark-green' },
        { value: attention.from, color: 'dark-orange' },
      ]),
    );
}

function steps(of: { value: number | null; color: string }[]): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(of);
}
