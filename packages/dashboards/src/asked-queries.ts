/** What a dashboard asks, read back from the finished thing. */
import type { Dashboard, Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { isRow } from './finish.ts';

/** A query of a panel or of a variable. */
export interface AskedQuery {
  dashboard: string;
  /** Title of the panel, or `$name` of the variable. */
  of: string;
  refId: string;
  kind: 'sql' | 'promql';
  text: string;
  /** PromQL over the time of the dashboard, and not of now. */
  isRange: boolean;
}

interface Target {
  refId?: string;
  rawSql?: string;
  expr?: string;
  range?: boolean;
}

/** The panels of a dashboard, without its rows. */
export function panelsOf({ panels = [] }: Dashboard): Panel[] {
  return panels.filter((panel): panel is Panel => !isRow(panel));
}

/** All queries of a dashboard: of its variables in their order, then of its panels. */
export function queriesOf(dashboard: Dashboard): AskedQuery[] {
  const of = { dashboard: dashboard.uid ?? '' };
  const variables = (dashboard.templating.list ?? [])
    .filter(({ type }) => type === 'query')
    .map(({ name, query }): AskedQuery => {
      if (typeof query !== 'string') throw new Error(`The query of ${name} is no text`);
      return { ...of, of: `$${name}`, refId: '', kind: 'sql', text: query, isRange: false };
    });
  return [...variables, ...panelsOf(dashboard).flatMap((panel) => panelQueries(of.dashboard, panel))];
}

function panelQueries(dashboard: string, { title = '', targets = [] }: Panel): AskedQuery[] {
  return (targets as unknown as Target[]).map(({ refId = '', rawSql, expr, range = false }) => {
    const asked = { dashboard, of: title, refId };
    if (rawSql !== undefined) return { ...asked, kind: 'sql', text: rawSql, isRange: false };
    return { ...asked, kind: 'promql', text: expr ?? '', isRange: range };
  });
}
