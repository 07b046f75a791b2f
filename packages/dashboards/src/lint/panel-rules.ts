import type { Dashboard, Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { panelsOf } from '../asked-queries.ts';
import { DATABASE, METRICS } from '../data-sources.ts';

/** Turns red from 80 up where no thresholds are given. */
const COLOURED = ['stat', 'gauge', 'bargauge'];
/** Units whose separators follow the reader, or that need none. */
const UNITS = /^(currency:financial:€ |locale|percentunit|string|none|suffix: .+)$/;

/** Faults of each panel by itself. */
export function panelFaults(dashboard: Dashboard): string[] {
  const panels = panelsOf(dashboard);
  const twice = [...Map.groupBy(panels, ({ title = '' }) => title)]
    .filter(([title, same]) => title !== '' && same.length > 1)
    .map(([title]) => `two panels are called "${title}"`);
  const ofEach = panels.flatMap((panel) =>
    (panel.type === 'text' ? textFaults(panel) : figureFaults(panel)).map(
      (fault) => `panel "${panel.title}" ${fault}`,
    ),
  );
  return [...twice, ...ofEach];
}

function broken(rules: readonly [isRight: boolean, fault: string][]): string[] {
  return rules.filter(([isRight]) => !isRight).map(([, fault]) => fault);
}

function textFaults({ options }: Panel): string[] {
  return broken([[typeof options?.content === 'string' && options.content.length > 0, 'says nothing']]);
}

interface Target {
  refId?: string;
  datasource?: { uid?: string };
}

function figureFaults(panel: Panel): string[] {
  const {
    title = '',
    description = '',
    targets = [],
    datasource,
    pluginVersion,
    options,
    fieldConfig,
  } = panel;
  const { defaults, overrides = [] } = fieldConfig ?? { defaults: {} };
  const asked = targets as unknown as Target[];
  const steps = defaults.thresholds?.steps ?? [];
  return broken([
    [title !== '', 'has no title'],
    [
      /^\S.{20,}\n\n\*\*Grondslag\.\*\* \S.{20,}/.test(description),
      'does not say what it shows and its basis',
    ],
    [asked.length > 0, 'asks nothing'],
    [new Set(asked.map(({ refId }) => refId)).size === asked.length, 'has two queries of one name'],
    [
      asked.every((target) => target.datasource?.uid === datasource?.uid),
      'does not name the data source of its queries',
    ],
    [[DATABASE.uid, METRICS.uid].some((uid) => uid === datasource?.uid), 'has no data source of ours'],
    [pluginVersion !== undefined, 'has no version, so that shares above 100 % are clipped'],
    [defaults.noValue !== undefined, 'does not say what it shows without figures'],
    [
      !COLOURED.includes(panel.type) || (steps.length > 0 && steps.every(({ color }) => color !== 'red')),
      'has no thresholds or turns red',
    ],
    [unitsOf(defaults.unit, overrides).every((unit) => UNITS.test(unit)), 'has a unit that is not ours'],
    [
      panel.type !== 'barchart' || options.xTickLabelMaxLength > 0,
      'cuts every name below its bars to three dots',
    ],
  ]);
}

type Overrides = NonNullable<Panel['fieldConfig']>['overrides'];

function unitsOf(unit: string | undefined, overrides: Overrides): string[] {
  const others = overrides.flatMap(({ properties }) =>
    properties.filter(({ id }) => id === 'unit').map(({ value }) => String(value)),
  );
  return unit === undefined ? others : [unit, ...others];
}
