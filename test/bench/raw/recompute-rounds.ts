/**
 * The same question asked of the portal, of the same bytes from memory, and of the cases themselves with SQL.
 */
import type { Client } from 'pg';
import { seededRandom } from '../../scenarios/random.ts';
import type { BarePageRequest } from '../bare-page.ts';
import { Child } from '../child.ts';
import type { FiguresServers } from '../figures-servers.ts';
import { connected } from '../fresh-database.ts';
import type { BenchContext } from '../parts.ts';
import { quantile } from '../statistics.ts';
import { makeRawTables } from './raw-tables.ts';
import type { RecomputeQuestion } from './recompute-question.ts';
import { askPortal, askSql, requireSame, urlOf } from './recompute-question.ts';

/** Milliseconds, the middle of some requests. */
export interface RecomputeTimes {
  portal: number;
  /** The portal's answer to the first request, from a bare server. */
  memory: number;
  jsonb: number;
  lines: number;
}

export interface RecomputeResult {
  /** By name of the question, one a round. */
  rounds: Record<string, RecomputeTimes[]>;
  /** Bytes of tables with their indexes: the running totals, and what SQL reads instead of them. */
  bytes: Record<'totals' | 'jsonb' | 'lines', number>;
}

type Place = string | undefined;

interface Asking {
  client: Client;
  portalUrl: string;
  seed: number;
  /** Compare the figures too: once is enough, nothing changes. */
  isChecked: boolean;
}

const REQUESTS = 50;
/** Slow questions are asked fewer times, but once at least. */
const QUESTION_MS_MAX = 10_000;

/** @throws Error where SQL gives another figure than the portal */
export async function measureRecompute(
  { databaseUrl, portalUrl, filled }: FiguresServers,
  { options, signal, tell }: BenchContext,
): Promise<RecomputeResult> {
  const client = await connected(databaseUrl);
  try {
    tell('the raw cases …');
    await makeRawTables(client);
    const rounds: RecomputeResult['rounds'] = {};
    for (let round = 0; round < options.rounds; round++)
      for (const question of questionsOf(filled)) {
        signal.throwIfAborted();
        const asking = { client, portalUrl, seed: options.seed + round, isChecked: round === 0 };
        const times = await timesOf(question, asking);
        rounds[question.name] = [...(rounds[question.name] ?? []), times];
        tell(`${question.name}: ${JSON.stringify(times)}`);
      }
    return { rounds, bytes: await bytesOf(client) };
  } finally {
    await client.end();
  }
}

function questionsOf({ firstDay, lastDay, municipalities }: FiguresServers['filled']): RecomputeQuestion[] {
  const year = Number(lastDay.slice(0, 4)) - 1;
  const ofYear = { from: `${year}-01-01`, to: `${year}-12-31` };
  return [
    { name: 'a municipality, a year, by theme', ...ofYear, municipalities },
    {
      name: 'the largest municipality, a year, by theme',
      ...{ ...ofYear, municipalities: municipalities.slice(0, 1) },
    },
    { name: 'everywhere, a year, by theme', ...ofYear, municipalities: [] },
    { name: 'everywhere, all years, by theme', from: firstDay, to: lastDay, municipalities: [] },
  ];
}

async function timesOf(
  question: RecomputeQuestion,
  { client, portalUrl, seed, isChecked }: Asking,
): Promise<RecomputeTimes> {
  const random = seededRandom(BigInt(seed));
  const places = Array.from(
    { length: REQUESTS },
    (): Place => (question.municipalities.length === 0 ? undefined : random.pick(question.municipalities)),
  );
  const portal = (place: Place) => askPortal(urlOf(portalUrl, question, place));
  const jsonb = (place: Place) => askSql(client, 'jsonb', question, place);
  const lines = (place: Place) => askSql(client, 'lines', question, place);
  const { headers, body, rows } = await portal(places[0]);
  if (isChecked) {
    requireSame(question, rows, await jsonb(places[0]));
    requireSame(question, rows, await lines(places[0]));
  }
  const bare = Child.start<BarePageRequest, string>('bare-page.ts');
  try {
    const url = await bare.ask({ body, headers });
    return {
      portal: await middle(places, portal),
      memory: await middle(places, () => askPortal(url)),
      jsonb: await middle(places, jsonb),
      lines: await middle(places, lines),
    };
  } finally {
    await bare.stop();
  }
}

async function middle(places: readonly Place[], ask: (place: Place) => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  const startedAt = performance.now();
  for (const place of places) {
    const askedAt = performance.now();
    if (taken.length > 0 && askedAt - startedAt > QUESTION_MS_MAX) break;
    await ask(place);
    taken.push(performance.now() - askedAt);
  }
  return quantile(taken, 0.5);
}

async function bytesOf(client: Client): Promise<RecomputeResult['bytes']> {
  const size = (...tables: string[]) =>
    tables.map((table) => `pg_total_relation_size('${table}')`).join(' + ');
  const { rows } = await client.query<Record<keyof RecomputeResult['bytes'], string>>(
    `SELECT ${size('case_total', 'saving_total', 'case_year', 'saving_year')} AS totals,
      ${size('raw.cases')} AS jsonb, ${size('raw.lines')} AS lines`,
  );
  const [found] = rows;
  return { totals: Number(found?.totals), jsonb: Number(found?.jsonb), lines: Number(found?.lines) };
}
