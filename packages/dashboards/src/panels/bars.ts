import { PanelBuilder } from '@grafana/grafana-foundation-sdk/barchart';
import {
  LegendDisplayMode,
  LegendPlacement,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { describe, type PanelText } from '../basis.ts';
import type { Query } from '../queries.ts';
import type { Unit } from '../units.ts';

export interface BarsLook {
  unit: Unit;
  /** The column with the names below the bars. */
  names: string;
  span?: number;
  height?: number;
  /** Lying bars, for long names. */
  lying?: boolean;
}

/** Bars by name; each other column is a series. */
export function bars(text: PanelText, query: Query, look: BarsLook): PanelBuilder {
  const { unit, names, span = 12, height = 9, lying = false } = look;
  return (
    new PanelBuilder()
      .title(text.title)
      .description(describe(text))
      .span(span)
      .height(height)
      .unit(unit.unit)
      .decimals(unit.decimals)
      .noValue('nog geen cijfers')
      .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName))
      .xField(names)
      .orientation(lying ? VizOrientation.Horizontal : VizOrientation.Vertical)
      .showValue(VisibilityMode.Auto)
      .barWidth(0.9)
      // The SDK's default of 0 would cut every name to "...".
      .xTickLabelMaxLength(40)
      .legend(
        new VizLegendOptionsBuilder()
          .displayMode(LegendDisplayMode.List)
          .placement(LegendPlacement.Bottom)
          .showLegend(true),
      )
      .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi))
      .withTarget(query)
  );
}
