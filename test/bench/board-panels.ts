/** How long PostgreSQL takes over each query of the dashboards, as the role that Grafana signs in with. */
import type { AskedQuery } from '@effectstroom/dashboards';
import pg from 'pg';
import type { Chosen } from '../dashboards/interpolate.ts';
import { askSql, opened, QUERIES } from '../dashboards/opened-board.ts';
import { seededRandom } from '../scenarios/random.ts';
import { quantile } from './statistics.ts';

/** Milliseconds of one query; infinite where it took longer than the role may. */
export interface PanelTimes {
  /** Dashboard and panel, or variable. */
  panel: string;
  /** Of one municipality and year. */
  p50: number;
  p99: number;
  /** Of all municipalities together, as some dashboards open: the middle of a few. */
  everywhere: number;
}

/** The largest municipality, and others drawn at random; each is asked as often. */
const PLACES = 20;
const ASKED_EACH = 5;
const EVERYWHERE_REQUESTS = 3;
/** What PostgreSQL says of a query that took longer than `statement_timeout`. */
const ENDED = '57014';

/**
 * Asks every query, one at a time, the first not counted.
 * @param municipalities the largest first
 * @param year of the cases that are asked for
 * @throws Error where a query fails
 */
export async function measurePanels(
  readerUrl: string,
  { municipalities, year, seed }: { municipalities: readonly string[]; year: number; seed: number },
  signal: AbortSignal,
): Promise<PanelTimes[]> {
  const client = new pg.Client({ connectionString: readerUrl });
  await client.connect();
  try {
    const random = seededRandom(BigInt(seed));
    const drawn = [
      municipalities[0] ?? '',
      ...Array.from({ length: PLACES - 1 }, () => random.pick(municipalities)),
    ];
    const jaar = [String(year)];
    const choices = new Map<string, { places: Chosen[]; all: Chosen }>();
    const measured: PanelTimes[] = [];
    for (const query of QUERIES.filter(({ kind }) => kind === 'sql')) {
      signal.throwIfAborted();
      const { dashboard, of } = query;
      const chosen = choices.get(dashboard) ?? { places: [], all: await opened(client, dashboard, { jaar }) };
      choices.set(dashboard, chosen);
      for (const code of drawn.slice(chosen.places.length))
        chosen.places.push(await opened(client, dashboard, { jaar, gemeente: [code] }));
      const times = await timesOf(client, query, chosen.places, PLACES * ASKED_EACH);
      const everywhere = quantile(await timesOf(client, query, [chosen.all], EVERYWHERE_REQUESTS), 0.5);
      const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
      measured.push({ panel: `${dashboard.replace('effectstroom-', '')}: ${of}`, p50, p99, everywhere });
    }
    return measured;
  } finally {
    await client.end();
  }
}

async function timesOf(
  client: pg.Client,
  { text, dashboard, of }: AskedQuery,
  choices: readonly Chosen[],
  count: number,
): Promise<number[]> {
  const times: number[] = [];
  for (let number = 0; number <= count; number++) {
    const chosen = choices[number % choices.length] ?? {};
    const startedAt = performance.now();
    try {
      await askSql(client, text, chosen);
    } catch (error) {
      if (!(error instanceof pg.DatabaseError)) throw error;
      if (error.code === ENDED) return [Number.POSITIVE_INFINITY];
      throw new Error(`${dashboard} ${of}: ${error.message}`, { cause: error });
    }
    if (number > 0) times.push(performance.now() - startedAt);
  }
  return times;
}
