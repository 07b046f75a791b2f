import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { queriesOf } from '../asked-queries.ts';

const COUNTED = /(?<!(?:rate|increase)\()\b\w+_total\b/;
const CHANGE_OF_GAUGE = /\b(?:rate|irate|increase)\((?!\w+_total\b)/;
const WINDOW = /\[(?!\$__rate_interval\])[^\]]*\]/;

/** Faults of the PromQL of panels. */
export function promqlFaults(dashboard: Dashboard): string[] {
  return queriesOf(dashboard)
    .filter(({ kind }) => kind === 'promql')
    .flatMap(({ of, text }) => faultsOf(text).map((fault) => `"${of}" ${fault}`));
}

function faultsOf(expression: string): string[] {
  const rules: [isRight: boolean, fault: string][] = [
    [expression !== '', 'asks nothing'],
    [!COUNTED.test(expression), 'shows a counter without rate or increase'],
    [!CHANGE_OF_GAUGE.test(expression), 'takes the rate of what can go down'],
    [!WINDOW.test(expression), 'must look back over $__rate_interval'],
    [
      [...expression.matchAll(/\$\{[^}]*\}/g)].every(([found]) => /^\$\{\w+:regex\}$/.test(found)),
      'must quote by :regex',
    ],
  ];
  return rules.filter(([isRight]) => !isRight).map(([, fault]) => fault);
}
