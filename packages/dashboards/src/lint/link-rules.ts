import type { Dashboard, Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { panelsOf, queriesOf } from '../asked-queries.ts';

const ADDRESS = /^\/d\/([^?]+)\?(.*)$/;

/** Faults of links from a panel to another dashboard. */
export function linkFaults(dashboard: Dashboard, all: readonly Dashboard[]): string[] {
  return panelsOf(dashboard).flatMap((panel) =>
    urlsOf(panel).flatMap((url) =>
      faultsOf(url, panel, dashboard, all).map((fault) => `the link ${url} of "${panel.title}" ${fault}`),
    ),
  );
}

function urlsOf({ fieldConfig }: Panel): string[] {
  return (fieldConfig?.overrides ?? [])
    .flatMap(({ properties }) => properties)
    .filter(({ id }) => id === 'links')
    .flatMap(({ value }) => (value as { url: string }[]).map(({ url }) => url));
}

function faultsOf(url: string, panel: Panel, dashboard: Dashboard, all: readonly Dashboard[]): string[] {
  const [, uid, query = ''] = ADDRESS.exec(url) ?? [];
  const target = all.find((one) => one.uid === uid);
  if (target === undefined) return ['leads nowhere'];
  const names = (of: Dashboard) => (of.templating.list ?? []).map(({ name }) => name);
  const given = [...query.matchAll(/var-(\w+)=/g)].map(([, name = '']) => name);
  const kept = [...query.matchAll(/\$\{(\w+):queryparam\}/g)].map(([, name = '']) => name);
  const fields = [...query.matchAll(/\$\{__data\.fields\.(\w+)\}/g)].map(([, name = '']) => name);
  const asked = queriesOf(dashboard).find(({ of }) => of === panel.title)?.text ?? '';
  const rules: [isRight: boolean, fault: string][] = [
    [[...given, ...kept].every((name) => names(target).includes(name)), 'sets a variable that is not there'],
    [kept.every((name) => names(dashboard).includes(name)), 'keeps a variable that is not here'],
    [fields.every((name) => asked.includes(`AS "${name}"`)), 'takes a column that is not there'],
  ];
  return rules.filter(([isRight]) => !isRight).map(([, fault]) => fault);
}
