/** A real Prometheus with the rules as they are, that scrapes the real exporter. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { civilDateAt } from '@effectstroom/contracts';
import {
  becomesTrue,
  freePort,
  loopback,
  type Prometheus,
  type Service,
  startPrometheus,
  startService,
} from '@effectstroom/infra';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COLLECTORS } from '../../services/exporter/src/collectors.ts';
import { ExporterDatabase } from '../exporter/exporter-database.ts';
import { writeCases, writeProgramme } from '../exporter/invented-rows.ts';
import { readSeries } from '../exporter/page.ts';
import { seriesName } from '../exporter/recomputation.ts';
import { shortenedRules } from './shortened-rules.ts';

const folder = mkdtempSync(join(tmpdir(), 'alerts-test-'));
const database = new ExporterDatabase();
let exporter: Service;
let prometheus: Prometheus;

const today = () => civilDateAt(new Date());
const NAMES = { municipality: 'GM0394', organisation: 'meerwaarde', programme: 'main' };
const LINE = {
  costBearer: 'politie',
  municipal: false,
  recurrence: 'one-off',
  amounts: [30_000_000n],
} as const;
const ASSESSMENT = { similarCases: 1, cost: 0n, factor: 9000, lines: [LINE] };

beforeAll(async () => {
  const port = await freePort();
  const config = shortenedRules(join(folder, 'prometheus'), `${loopback}:${port}`);
  // First: it takes five seconds to find its target.
  prometheus = await startPrometheus({ folder: join(folder, 'prometheus'), config });
  await database.start();
  await database.migrateAnew();
  await database.use(async (db) => {
    await writeCases(db, [{ ...NAMES, theme: '1', date: today(), assessment: ASSESSMENT }]);
    const year = Number(today().slice(0, 4));
    const budgets = [year, year + 1].map((of) => ({ year: of, amount: '1000000.00', theme: '1' }));
    await writeProgramme(db, 1, NAMES, budgets);
  });
  await verified('[]');
  const env = {
    ...{ DATABASE_URL: database.url, NATS_URL: `nats://${loopback}:${await freePort()}` },
    ...{ REFRESH_SECONDS: '1', LOG_LEVEL: 'warn' },
  };
  exporter = await startService({ name: 'exporter', env, folder: join(folder, 'exporter'), port });
}, 240_000);

afterAll(async () => {
  await prometheus?.stop();
  await exporter?.stop();
  await database.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** What a check of the invariants found, as a JSON list. */
function verified(faults: string): Promise<unknown> {
  return database.use((db) =>
    sql`INSERT INTO verification (checked_at, seconds, cases, faults)
      VALUES (now(), 1, 1, ${faults}::jsonb)`.execute(db),
  );
}

interface Alert {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  state: string;
}

async function alertOf(name: string): Promise<Alert | undefined> {
  const { alerts } = (await prometheus.get('/api/v1/alerts')) as { alerts: Alert[] };
  return alerts.find(({ labels }) => labels['alertname'] === name);
}

/** Names that a series has for Prometheus only. */
const ADDED = new Set(['__name__', 'job', 'instance']);

test('Prometheus has what the exporter shows', async () => {
  const answers = async () => (await prometheus.query('theme:effectstroom_budget_pace:ratio')).length > 0;
  expect(await becomesTrue(answers, 30_000)).toBe(true);
  const scraped = await prometheus.query(
    '{__name__=~"effectstroom_(savings|cases|budget|return|municip).*"}',
  );
  const shown = readSeries(await (await fetch(`${exporter.url}/metrics`)).text());
  expect(scraped.length).toBeGreaterThan(10);
  for (const { labels, value } of scraped) {
    const own = Object.entries(labels).filter(([name]) => !ADDED.has(name));
    expect(shown.get(seriesName(labels['__name__'] ?? '', Object.fromEntries(own)))).toBe(value);
  }
});

test('an alert fires when it should, says what to do, and ends', async () => {
  expect(await alertOf('CijfersKloppenNiet')).toBeUndefined();
  await verified('["a", "b"]');
  const fires = async () => (await alertOf('CijfersKloppenNiet'))?.state === 'firing';
  expect(await becomesTrue(fires, 30_000)).toBe(true);
  const alert = await alertOf('CijfersKloppenNiet');
  expect(alert?.labels).toMatchObject({ severity: 'critical', audience: 'operations' });
  expect(alert?.annotations['summary']).toBe('De controle van de cijfers vond 2 fouten');
  // Behind the pace too, but that has to last.
  const isEarly = Number(today().slice(5, 7)) < 3;
  if (!isEarly) expect((await alertOf('ThemaBlijftAchter'))?.state).toBe('pending');
  await verified('[]');
  expect(await becomesTrue(async () => !(await fires()), 30_000)).toBe(true);
});

interface Rule {
  name: string;
  query: string;
  type: string;
  health: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}

test('every rule is about metrics that exist, and every alert says what to do', async () => {
  const { groups } = (await prometheus.get('/api/v1/rules')) as { groups: { rules: Rule[] }[] };
  const rules = groups.flatMap((group) => group.rules);
  const page = await (await fetch(`${exporter.url}/metrics`)).text();
  const known = new Set([
    ...COLLECTORS.flatMap(({ gauges }) => Object.keys(gauges)),
    ...[...page.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name),
    ...rules.filter(({ type }) => type === 'recording').map(({ name }) => name),
  ]);
  for (const rule of rules) {
    const named = [...rule.query.matchAll(/(?:\w+:)?effectstroom_\w+(?::\w+)?/g)].map(([name]) => name);
    expect(
      named.filter((name) => !known.has(name)),
      rule.name,
    ).toEqual([]);
    expect(rule.health, rule.name).toBe('ok');
    if (rule.type !== 'alerting') continue;
    expect(['warning', 'critical'], rule.name).toContain(rule.labels['severity']);
    expect(['steering', 'operations'], rule.name).toContain(rule.labels['audience']);
    expect(rule.annotations['summary']?.length, rule.name).toBeGreaterThan(20);
    expect(rule.annotations['description'], rule.name).toContain('Wat te doen: ');
  }
  expect(rules.filter(({ type }) => type === 'alerting').length).toBeGreaterThan(10);
});

test('without the exporter its absence is noticed', async () => {
  await exporter.stop();
  const isNoticed = async () => (await alertOf('ExporterAfwezig'))?.state === 'pending';
  expect(await becomesTrue(isNoticed, 30_000)).toBe(true);
  expect(await prometheus.query('effectstroom_savings_euros')).toEqual([]);
});
