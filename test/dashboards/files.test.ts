/** What is committed in infra/grafana: the dashboards as they are built, and files that agree with them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildDashboards, DATABASE, METRICS, queriesOf } from '@effectstroom/dashboards';
import { repository } from '@effectstroom/infra';
import { expect, test } from 'vitest';

const GRAFANA = join(repository, 'infra', 'grafana');
const read = (...path: string[]) => readFileSync(join(GRAFANA, ...path), 'utf8');

test('the dashboards are those of the program: node packages/dashboards/src/main.ts', () => {
  const files = readdirSync(join(GRAFANA, 'dashboards'));
  const built = buildDashboards();
  expect(files.sort()).toEqual(built.map(({ uid }) => `${uid}.json`).sort());
  for (const dashboard of built) {
    expect(JSON.parse(read('dashboards', `${dashboard.uid}.json`))).toEqual(
      JSON.parse(JSON.stringify(dashboard)),
    );
  }
});

/** Metrics of the process; the golden text of /metrics leaves them out. */
const OF_PROCESS = /^process_/;

test('every metric and label in PromQL is one of the exporter', () => {
  const golden = readFileSync(join(repository, 'test', 'exporter', 'metrics.golden.txt'), 'utf8');
  const labels = new Map<string, Set<string>>();
  for (const [, name = '', inside = ''] of golden.matchAll(/^([a-z_]+)(?:\{(.*)\})? /gm)) {
    labels.set(name, new Set([...inside.matchAll(/(\w+)="/g)].map(([, label = '']) => label)));
  }
  const asked = buildDashboards()
    .flatMap(queriesOf)
    .filter(({ kind }) => kind === 'promql');
  expect(asked.length).toBeGreaterThan(20);
  for (const { text, of } of asked) {
    const metrics = [
      ...text.matchAll(/\b((?:effectstroom|process)_\w+)(?:\{([^}]*(?:\{\w+:\w+\}[^}]*)*)\})?/g),
    ];
    expect(metrics, of).not.toEqual([]);
    for (const [, name = '', inside = ''] of metrics) {
      if (OF_PROCESS.test(name)) continue;
      expect([...labels.keys()], of).toContain(name);
      const used = [...inside.matchAll(/(\w+)[=!]~?"/g), ...text.matchAll(/\bby \((\w+)\)/g)];
      for (const [, label] of used) expect([...(labels.get(name) ?? [])], `${of}: ${name}`).toContain(label);
    }
  }
});

test('provisioning gives the data sources and the folder that the dashboards and alerts name', () => {
  const sources = read('provisioning', 'datasources', 'effectstroom.yaml');
  const named = [...sources.matchAll(/uid: (\S+)\n\s+type: (\S+)/g)].map(([, uid, type]) => ({ type, uid }));
  expect(named).toEqual([DATABASE, METRICS]);
  const alerting = read('provisioning', 'alerting', 'effectstroom.yaml');
  expect(alerting).toContain(`datasourceUid: ${METRICS.uid}`);
  const folder = /folder: (\S+)/;
  expect(folder.exec(read('provisioning', 'dashboards', 'effectstroom.yaml'))?.[1]).toBe(
    folder.exec(alerting)?.[1],
  );
});

test('what provisioning takes from the environment, the container is given', () => {
  const compose = readFileSync(join(repository, 'infra', 'compose.yaml'), 'utf8');
  const grafana = /^ {2}grafana:\n(?: {4}.*\n)+/m.exec(compose)?.[0] ?? '';
  const files = ['alerting', 'dashboards', 'datasources'].map((name) =>
    read('provisioning', name, 'effectstroom.yaml'),
  );
  const taken = new Set(
    files.flatMap((file) => [...file.matchAll(/: \$([A-Z_]+)\b/g)].map(([, name = '']) => name)),
  );
  expect(taken.size).toBeGreaterThan(3);
  for (const name of taken) expect(grafana).toContain(`      ${name}: `);
  for (const [, secret = ''] of files.join('').matchAll(/\$__file\{\/run\/secrets\/(\w+)\}/g)) {
    expect(/secrets: \[(.*)\]/.exec(grafana)?.[1]?.split(', ')).toContain(secret);
  }
  expect(read('grafana.ini')).toContain(`home_page = /d/${buildDashboards()[0]?.uid}\n`);
});
