import {
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as TimePanel } from '@grafana/grafana-foundation-sdk/timeseries';
import { PanelBuilder as TrendPanel } from '@grafana/grafana-foundation-sdk/trend';
import { describe, type PanelText } from '../basis.ts';
import type { Query } from '../queries.ts';
import type { Unit } from '../units.ts';

export type { TrendPanel };

export interface LinesLook {
  unit: Unit;
  span?: number;
  height?: number;
  /** Bars in time, for what happens on a day. */
  asBars?: boolean;
}

function legend(): VizLegendOptionsBuilder {
  return new VizLegendOptionsBuilder()
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom)
    .showLegend(true);
}

function tooltip(): VizTooltipOptionsBuilder {
  return new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi);
}

/** Lines over the time of the dashboard. */
export function overTime(text: PanelText, queries: readonly Query[], look: LinesLook): TimePanel {
  const { unit, span = 12, height = 8, asBars = false } = look;
  const panel = new TimePanel()
    .title(text.title)
    .description(describe(text))
    .span(span)
    .height(height)
    .unit(unit.unit)
    .decimals(unit.decimals)
    .noValue('nog geen cijfers')
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName))
    .drawStyle(asBars ? GraphDrawStyle.Bars : GraphDrawStyle.Line)
    .lineWidth(asBars ? 1 : 2)
    .fillOpacity(asBars ? 60 : 0)
    .showPoints(VisibilityMode.Auto)
    .legend(legend())
    .tooltip(tooltip());
  for (const query of queries) panel.withTarget(query);
  return panel;
}

/** Lines over the months 1 to 12 of a year; each column but `x` is a line. */
export function overMonths(text: PanelText, query: Query, x: string, look: LinesLook): TrendPanel {
  const { unit, span = 12, height = 9 } = look;
  return new TrendPanel()
    .title(text.title)
    .description(describe(text))
    .span(span)
    .height(height)
    .unit(unit.unit)
    .decimals(unit.decimals)
    .noValue('nog geen cijfers')
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName))
    .xField(x)
    .overrideByName(x, [
      { id: 'unit', value: 'none' },
      { id: 'decimals', value: 0 },
    ])
    .lineWidth(2)
    .fillOpacity(0)
    .showPoints(VisibilityMode.Always)
    .legend(legend())
    .tooltip(tooltip())
    .withTarget(query);
}
