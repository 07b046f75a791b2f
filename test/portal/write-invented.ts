/** Writes invented cases as the calculator would have: ledger entries, and totals that are their sum. */
import type { PriceList, Programme } from '@effectstroom/contracts';
import {
  Codes,
  type Contribution,
  type ContributionLine,
  type Database,
  encodeBatch,
  Groups,
  type LedgerEntry,
  openEpoch,
  openSession,
  readPositions,
  writeBatch,
} from '@effectstroom/database';
import { type Kysely, sql } from 'kysely';
import { type InventedCase, type InventedContribution, MINUTES, momentOf } from './invented-cases.ts';

const PARTITIONS = 4;

function microsOf(minute: number): bigint {
  return BigInt(Date.parse(momentOf(minute))) * 1000n;
}

export async function writeInvented(
  url: string,
  cases: readonly InventedCase[],
  programmes: readonly Programme[],
  priceLists: readonly PriceList[] = [],
): Promise<void> {
  const session = await openSession({ url, applicationName: 'test-writer' }, (error) => {
    throw error;
  });
  const { db, client } = session;
  const codes = new Codes('organisation');
  await codes.ensure(
    db,
    cases.map(({ organisation }) => organisation),
  );
  const groups = new Groups();
  const entries = cases.flatMap((invented, place) => entriesOf(invented, BigInt(place), codes, groups));
  await groups.assign(db);
  await writePositions(db);
  for (const [place, body] of programmes.entries()) {
    const key = `${body.municipality}/${body.organisation}/${body.programme}`;
    await sql`INSERT INTO settings (number, kind, key, known_at, body)
      VALUES (${BigInt(place)}, 'programme', ${key}, ${momentOf(0)}::timestamptz,
        ${JSON.stringify(body)}::jsonb)`.execute(db);
  }
  for (const [place, body] of priceLists.entries())
    await sql`INSERT INTO settings (number, kind, key, known_at, body)
      VALUES (${BigInt(programmes.length + place)}, 'price-list', ${body.code}, ${momentOf(0)}::timestamptz,
        ${JSON.stringify(body)}::jsonb)`.execute(db);
  await db.transaction().execute((tx) =>
    writeBatch(
      tx,
      client,
      encodeBatch({
        ...{ events: [], entries, newCases: [], changedCases: [] },
        ...{ quarantined: [], released: [], unreadable: [] },
      }),
    ),
  );
  await session.close();
}

/** Everything is known up to minute `MINUTES`, by the partition that is furthest behind. */
async function writePositions(db: Kysely<Database>): Promise<void> {
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition);
  const epoch = await openEpoch(db, { createdAt: momentOf(0), partitions: PARTITIONS });
  await readPositions(db, partitions, epoch);
  for (const partition of partitions)
    await sql`UPDATE partition_position SET sequence = ${40 + partition},
      known_at = ${momentOf(MINUTES + partition)}::timestamptz WHERE partition = ${partition}`.execute(db);
}

function entriesOf(invented: InventedCase, number: bigint, codes: Codes, groups: Groups): LedgerEntry[] {
  const organisation = codes.id(invented.organisation);
  const entries: LedgerEntry[] = [];
  let before: Contribution | undefined;
  let municipality = '';
  for (const { minute, contribution } of invented.history) {
    const knownAt = microsOf(minute);
    const entry = { organisation, source: 1, knownAt, cause: number, revalued: false } as const;
    const now = contribution && contributionOf(contribution, organisation, number, groups);
    const part = before === undefined ? 'new' : now === undefined ? 'withdrawn' : 'corrected';
    const told = { ...entry, part, resident: undefined } as const;
    if (before !== undefined) entries.push({ ...told, sign: -1, contribution: before, municipality });
    municipality = contribution?.municipality ?? '';
    if (now !== undefined) entries.push({ ...told, sign: 1, contribution: now, municipality });
    before = now;
  }
  return entries;
}

function contributionOf(
  invented: InventedContribution,
  organisation: number,
  event: bigint,
  groups: Groups,
): Contribution {
  const lines = new Map<string, ContributionLine>();
  for (const line of invented.lines)
    line.values.forEach((amount, year) => {
      const group = groups.lineGroup(organisation, { ...line, ...line.priced });
      const { costBearer, recurrence, effect, cashable, priced } = line;
      const ofPrice = [priced?.service, priced?.price.toString()];
      const key = JSON.stringify([costBearer, recurrence, effect, cashable, ...ofPrice, year]);
      const same = lines.get(key) ?? { amount: 0n, low: 0n, high: 0n };
      lines.set(key, {
        ...{ group, year, amount: amount + same.amount },
        low: (line.lows[year] ?? 0n) + same.low,
        high: (line.highs[year] ?? 0n) + same.high,
      });
    });
  const { date, assessed, similarCases, cost, factor } = invented;
  return {
    event,
    group: groups.caseGroup(organisation, invented),
    date,
    assessed,
    similarCases,
    cost,
    factor,
    programmeVersion: 0n,
    priceListVersion: undefined,
    lines: [...lines.values()],
  };
}
