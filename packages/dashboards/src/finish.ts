/** Repairs what the SDK leaves wrong in a dashboard, without which Grafana shows it otherwise than meant. */
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';
import type { Dashboard, Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';

/** The Grafana for which this is written; without it old migrations clip shares above 100 %. */
const GRAFANA_VERSION = '12.3.0';

/** Settings of interval variables, which the SDK writes into all of them. */
const OF_INTERVALS: readonly string[] = ['auto', 'auto_min', 'auto_count'];

/**
 * A copy of its own, with: an id for each panel and row; the version of Grafana; the data source of each
 * panel; no `placement` on links, which hides them in Grafana 12.3; variables without settings of intervals.
 */
export function finish(dashboard: Dashboard): Dashboard {
  // By way of JSON: queries hold a function, and a builder used twice would share its object.
  const copy: Dashboard = JSON.parse(JSON.stringify(dashboard, withoutPlacement));
  copy.panels = (copy.panels ?? []).map((panel, place) => finished(panel, place + 1));
  copy.annotations = { list: [] };
  copy.templating.list = (copy.templating.list ?? []).map((variable) => {
    const entries = Object.entries(variable).filter(([name]) => !OF_INTERVALS.includes(name));
    return Object.fromEntries(entries) as unknown as typeof variable;
  });
  return copy;
}

function withoutPlacement(name: string, value: unknown): unknown {
  return name === 'placement' && value === 'inControlsMenu' ? undefined : value;
}

/** Whether it is a title between panels. */
export function isRow(panel: Panel | RowPanel): panel is RowPanel {
  return panel.type === 'row';
}

function finished(panel: Panel | RowPanel, id: number): Panel | RowPanel {
  if (isRow(panel)) return { ...panel, id };
  const target = panel.targets?.[0] as { datasource?: DataSourceRef } | undefined;
  const datasource = target?.datasource;
  return { ...panel, id, pluginVersion: GRAFANA_VERSION, ...(datasource && { datasource }) };
}
