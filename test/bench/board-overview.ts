/**
 * The overview of a municipality, beside its bytes from memory and beside the least that it would ask of SQL
 * over the cases themselves: the savings by theme of the year and of the year before.
 */
import { startReplay } from './board-replay.ts';
import { visit } from './board-visitor.ts';
import { connected } from './fresh-database.ts';
import { makeRawTables } from './raw/raw-tables.ts';
import { askSql } from './raw/recompute-question.ts';
import { quantile } from './statistics.ts';

export interface AskedOverview {
  portalUrl: string;
  databaseUrl: string;
  /** Of who has signed in. */
  cookie: string;
  /** The largest first. */
  municipalities: readonly string[];
  year: number;
}

/** Milliseconds by round, the middle of some requests. */
export interface OverviewTimes {
  board: number[];
  memory: number[];
  sql: number[];
}

const REQUESTS = 30;

/** @returns of the municipalities in turns, and of the largest alone */
export async function measureOverview(
  { portalUrl, databaseUrl, cookie, municipalities, year }: AskedOverview,
  rounds: number,
): Promise<Record<'turns' | 'largest', OverviewTimes>> {
  const client = await connected(databaseUrl);
  const pathOf = (code: string) => `/?gemeente=${code}&jaar=${year}`;
  const [largest = ''] = municipalities;
  const kept = await visit(portalUrl + pathOf(largest), cookie);
  if (kept.status !== 200) throw new Error(`the overview answers ${kept.status}`);
  const replay = await startReplay(new Map(municipalities.map((code) => [pathOf(code), kept])));
  const sql = async (code: string) => {
    for (const asked of [year, year - 1]) {
      const question = { name: 'overview', from: `${asked}-01-01`, to: `${asked}-12-31`, municipalities };
      await askSql(client, 'jsonb', question, code);
    }
  };
  try {
    const { body } = await visit(replay.url + pathOf(largest), cookie);
    if (!body.equals(kept.body)) throw new Error('the replay sends other bytes than the board');
    await makeRawTables(client);
    const measured = { turns: emptyTimes(), largest: emptyTimes() };
    for (let round = 0; round < rounds; round++)
      for (const [name, codes] of [['turns', municipalities] as const, ['largest', [largest]] as const]) {
        measured[name].board.push(await middle(codes, (code) => visit(portalUrl + pathOf(code), cookie)));
        measured[name].memory.push(await middle(codes, (code) => visit(replay.url + pathOf(code), cookie)));
        measured[name].sql.push(await middle(codes, sql));
      }
    return measured;
  } finally {
    await replay.end();
    await client.end();
  }
}

function emptyTimes(): OverviewTimes {
  return { board: [], memory: [], sql: [] };
}

/** The first is not counted. */
async function middle(codes: readonly string[], ask: (code: string) => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let request = 0; request <= REQUESTS; request++) {
    const startedAt = performance.now();
    await ask(codes[request % codes.length] ?? '');
    if (request > 0) taken.push(performance.now() - startedAt);
  }
  return quantile(taken, 0.5);
}
