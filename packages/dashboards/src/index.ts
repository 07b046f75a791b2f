export { type AskedQuery, panelsOf, queriesOf } from './asked-queries.ts';
export { buildDashboards } from './dashboards.ts';
export { DATABASE, METRICS } from './data-sources.ts';
export { findFaults } from './lint/lint.ts';
