import type { Dashboard, Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { describe, expect, test } from 'vitest';
import { panelsOf } from '../asked-queries.ts';
import { buildDashboards } from '../dashboards.ts';
import { findFaults } from './lint.ts';

test('the dashboards have no faults', () => {
  expect(findFaults(buildDashboards())).toEqual([]);
});

test('there are seven, and each build is its own', () => {
  const uids = buildDashboards().map(({ uid }) => uid);
  const names = [
    'overzicht',
    'gemeente',
    'themas',
    'vergelijken',
    'werksoorten',
    'datakwaliteit',
    'pijplijn',
  ];
  expect(uids).toEqual(names.map((name) => `effectstroom-${name}`));
  expect(buildDashboards()).toEqual(buildDashboards());
});

/** The first panel of a kind; of a dashboard that has one. */
function panel(dashboard: Dashboard, type: string): Panel {
  const found = panelsOf(dashboard).find((one) => one.type === type);
  if (found === undefined) throw new Error(`There is no ${type}`);
  return found;
}

interface Asked {
  rawSql?: string;
  expr?: string;
}

/** Changes the text of the first query of a kind of panel. */
function asks(type: string, change: (text: string) => string): (dashboard: Dashboard) => void {
  return (dashboard) => {
    const [target] = panel(dashboard, type).targets as unknown as Asked[];
    if (target?.rawSql !== undefined) target.rawSql = change(target.rawSql);
    else if (target?.expr !== undefined) target.expr = change(target.expr);
  };
}

function defaults(dashboard: Dashboard, type: string): Record<string, unknown> {
  return (panel(dashboard, type).fieldConfig?.defaults ?? {}) as Record<string, unknown>;
}

/** Dashboards by place: the overview has tables and bars, the pipeline PromQL. */
const OVERVIEW = 0;
const PIPELINE = 6;

const BREAKS: readonly [fault: RegExp, at: number, change: (dashboard: Dashboard) => void][] = [
  [/uid .* more than once/, OVERVIEW, (it) => Object.assign(it, { uid: 'effectstroom-themas' })],
  [/title .* more than once/, OVERVIEW, (it) => Object.assign(it, { title: "Thema's" })],
  [/the uid must be/, OVERVIEW, (it) => Object.assign(it, { uid: 'overzicht' })],
  [/can be edited/, OVERVIEW, (it) => Object.assign(it, { editable: true })],
  [/schema version/, OVERVIEW, (it) => Object.assign(it, { schemaVersion: 41 })],
  [/time zone/, OVERVIEW, (it) => Object.assign(it, { timezone: 'browser' })],
  [/does not link to the others/, OVERVIEW, (it) => it.links?.pop()],
  [/placement hides/, OVERVIEW, (it) => Object.assign(it.links?.[0] ?? {}, { placement: 'inControlsMenu' })],
  [/ids of their own/, OVERVIEW, (it) => Object.assign(panel(it, 'table'), { id: 1 })],
  [/outside the 24 columns/, OVERVIEW, (it) => Object.assign(panel(it, 'table').gridPos ?? {}, { x: 6 })],
  [/overlap/, OVERVIEW, (it) => Object.assign(panel(it, 'table').gridPos ?? {}, { y: 0 })],
  [/two panels are called/, OVERVIEW, (it) => Object.assign(panel(it, 'table'), { title: 'Casussen' })],
  [/its basis/, OVERVIEW, (it) => Object.assign(panel(it, 'table'), { description: 'Iets over gemeenten.' })],
  [/asks nothing/, OVERVIEW, (it) => Object.assign(panel(it, 'table'), { targets: [] })],
  [
    /no data source of ours/,
    OVERVIEW,
    (it) => Object.assign(panel(it, 'table'), { datasource: { uid: 'x' } }),
  ],
  [/no version/, OVERVIEW, (it) => delete panel(it, 'stat').pluginVersion],
  [/without figures/, OVERVIEW, (it) => delete defaults(it, 'stat')['noValue']],
  [/turns red/, OVERVIEW, (it) => delete defaults(it, 'stat')['thresholds']],
  [/unit that is not ours/, OVERVIEW, (it) => Object.assign(defaults(it, 'stat'), { unit: 'currencyEUR' })],
  [/three dots/, OVERVIEW, (it) => Object.assign(panel(it, 'barchart').options, { xTickLabelMaxLength: 0 })],
  [/gemeente does not begin with all/, OVERVIEW, (it) => delete it.templating.list?.[0]?.current],
  [/after it/, OVERVIEW, (it) => it.templating.list?.reverse()],
  [/jaar is not there/, OVERVIEW, (it) => it.templating.list?.pop()],
  [/is not used/, PIPELINE, (it) => Object.assign(it.templating, buildDashboards()[OVERVIEW]?.templating)],
  [/without braces/, OVERVIEW, asks('table', (text) => text.replace('LIMIT', 'OFFSET $jaar LIMIT'))],
  [/quote by :sqlstring/, OVERVIEW, asks('table', (text) => text.replace('jaar:sqlstring', 'jaar:raw'))],
  [/outside the schema/, OVERVIEW, asks('table', (text) => text.replace('FROM reporting.', 'FROM public.'))],
  [/no limit/, OVERVIEW, asks('table', (text) => text.replace(/LIMIT .*/, ''))],
  [/no moment/, OVERVIEW, asks('table', (text) => text.replace('WHERE', 'WHERE $__timeFilter(date) AND'))],
  [/macro that is not ours/, OVERVIEW, asks('table', (text) => `$__timeGroup(month,'1M') ${text}`)],
  [
    /reporting\.today/,
    OVERVIEW,
    asks('table', (text) => text.replace('WHERE', 'WHERE current_date > month AND')),
  ],
  [/takes a column/, OVERVIEW, asks('table', (text) => text.replace('AS "Code"', 'AS "CBS"'))],
  [/without rate/, PIPELINE, asks('stat', () => 'effectstroom_refreshes_total')],
  [/can go down/, PIPELINE, asks('stat', () => 'rate(effectstroom_savings_euros[$__rate_interval])')],
  [/look back/, PIPELINE, asks('stat', () => 'rate(effectstroom_refreshes_total[5m])')],
  [/quote by :regex/, PIPELINE, asks('stat', () => `x{a="\${jaar}"}`)],
];

describe('the lint sees', () => {
  test.each(BREAKS)('%s', (fault, at, change) => {
    const dashboards = buildDashboards();
    const dashboard = dashboards[at];
    if (dashboard === undefined) throw new Error('There is no such dashboard');
    change(dashboard);
    expect(findFaults(dashboards).join('\n')).toMatch(fault);
  });

  test('a link that leads nowhere', () => {
    const withoutMunicipality = buildDashboards().filter(({ uid }) => uid !== 'effectstroom-gemeente');
    expect(findFaults(withoutMunicipality).join('\n')).toMatch(/gemeente.*leads nowhere/);
  });
});
