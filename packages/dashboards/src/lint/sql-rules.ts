import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { queriesOf } from '../asked-queries.ts';

/** Columns of `reporting` that are timestamptz: on a date 31 December would count as the new year. */
const MOMENTS = ['day', 'month'];
/** Those that tell the time shown as it is. $__timeGroup and the like cut months into thirty days. */
const MACROS = ['$__timeFilter', '$__timeFrom', '$__timeTo'];
const LIMIT = /\bLIMIT \d{1,4}$/;

/** Faults of the SQL of panels and variables. */
export function sqlFaults(dashboard: Dashboard): string[] {
  return queriesOf(dashboard)
    .filter(({ kind }) => kind === 'sql')
    .flatMap(({ of, text }) => faultsOf(text).map((fault) => `"${of}" ${fault}`));
}

function faultsOf(sql: string): string[] {
  const relations = [
    ...sql.matchAll(/(?<!\b(?:year|month|epoch|day|DISTINCT) )\b(?:FROM|JOIN) ([a-z_.(]+)/g),
  ].map(([, name = '']) => name);
  const filtered = [...sql.matchAll(/\$__timeFilter\(([^)]*)\)/g)].map(([, column = '']) => column);
  const macros = [...sql.matchAll(/\$__\w+/g)].map(([macro]) => macro);
  const rules: [isRight: boolean, fault: string][] = [
    [
      [...sql.matchAll(/\$\{[^}]*\}/g)].every(([found]) => /^\$\{\w+:sqlstring\}$/.test(found)),
      'must quote by :sqlstring',
    ],
    [!/IN \(\$\{\w+:sqlstring\}\)/.test(sql), 'is no SQL where nothing is chosen: use ARRAY[…]'],
    [relations.every((name) => /^(reporting\.|\()/.test(name)), 'reads outside the schema reporting'],
    [filtered.every((column) => MOMENTS.includes(column)), 'filters time on what is no moment'],
    [macros.every((macro) => MACROS.includes(macro)), 'uses a macro that is not ours'],
    [LIMIT.test(sql), 'has no limit'],
    [!/current_date|current_timestamp/i.test(sql), 'must ask reporting.today()'],
  ];
  return rules.filter(([isRight]) => !isRight).map(([, fault]) => fault);
}
