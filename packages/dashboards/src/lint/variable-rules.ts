import type { Dashboard, VariableModel } from '@grafana/grafana-foundation-sdk/dashboard';
import { DATABASE } from '../data-sources.ts';

const REFERENCE = /\$\{(\w+)(?::\w+)?\}/g;
/** What Grafana knows by itself. */
const BUILT_IN = /^__/;

/** Faults of the variables of a dashboard. */
export function variableFaults(dashboard: Dashboard): string[] {
  const variables = dashboard.templating.list ?? [];
  const known = variables.map(({ name }) => name);
  const used = new Set([...JSON.stringify(dashboard).matchAll(REFERENCE)].map(([, name = '']) => name));
  return [
    ...variables.flatMap((variable, place) =>
      faultsOf(variable, known.slice(0, place)).map((fault) => `variable ${variable.name} ${fault}`),
    ),
    ...known.filter((name) => !used.has(name)).map((name) => `variable ${name} is not used`),
    ...[...used]
      .filter((name) => !known.includes(name) && !BUILT_IN.test(name))
      .map((name) => `variable ${name} is not there`),
    ...(/\$(?!\{|__)[a-z]/.test(JSON.stringify(dashboard.panels))
      ? ['a variable is written without braces']
      : []),
  ];
}

function faultsOf(variable: VariableModel, before: readonly string[]): string[] {
  const { type, label, query, datasource, includeAll, current, refresh } = variable;
  const text = typeof query === 'string' ? query : '';
  const needed = [...text.matchAll(REFERENCE)].map(([, name = '']) => name);
  const rules: [isRight: boolean, fault: string][] = [
    [label !== undefined, 'has no label'],
    [text !== '', 'asks nothing as a text'],
    [type !== 'query' || datasource?.uid === DATABASE.uid, 'has no data source'],
    // Lists depend on no time: only on what was chosen, and then Grafana asks again by itself.
    [type !== 'query' || refresh === 1, 'is not asked when the dashboard opens'],
    [needed.every((name) => before.includes(name)), 'needs a variable that comes after it'],
    [!includeAll || current?.value === '$__all', 'does not begin with all'],
    [!('auto' in variable), 'has settings of an interval'],
  ];
  return rules.filter(([isRight]) => !isRight).map(([, fault]) => fault);
}
