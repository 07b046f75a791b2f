/** Writes invented moves with the calculator's own writes: ledger, groups and totals. */
import {
  Codes,
  type Contribution,
  encodeBatch,
  Groups,
  type LedgerEntry,
  openEpoch,
  openSession,
  readPositions,
  writeBatch,
} from '@effectstroom/database';
import { sql } from 'kysely';
import { type InventedContribution, MINUTES, momentOf } from '../portal/invented-cases.ts';
import type { Move, Version } from './invented-moves.ts';

const PARTITIONS = [0, 1, 2, 3];

export async function writeMoves(
  url: string,
  moves: readonly Move[],
  versions: readonly Version[],
): Promise<void> {
  const session = await openSession({ url, applicationName: 'test-writer' }, (error) => {
    throw error;
  });
  const { db, client } = session;
  const codes = new Codes('organisation');
  await codes.ensure(
    db,
    moves.map(({ contribution }) => contribution.organisation),
  );
  const groups = new Groups();
  const entries = moves.map((move) => entryOf(move, codes, groups));
  await groups.assign(db);
  const epoch = await openEpoch(db, { createdAt: momentOf(0), partitions: PARTITIONS.length });
  await readPositions(db, PARTITIONS, epoch);
  await sql`UPDATE partition_position SET sequence = 40, known_at = ${momentOf(MINUTES)}::timestamptz`.execute(
    db,
  );
  for (const [number, { kind, key, minute, body }] of versions.entries())
    await sql`INSERT INTO settings (number, kind, key, known_at, body) VALUES (${BigInt(number)}, ${kind}, ${key},
      ${momentOf(minute)}::timestamptz, ${JSON.stringify(body)}::jsonb)`.execute(db);
  const nothing = {
    events: [],
    newCases: [],
    changedCases: [],
    quarantined: [],
    released: [],
    unreadable: [],
  };
  await db.transaction().execute((tx) => writeBatch(tx, client, encodeBatch({ ...nothing, entries })));
  await session.close();
}

function entryOf(move: Move, codes: Codes, groups: Groups): LedgerEntry {
  const { minute, part, cause, isSettings, event, sign, contribution } = move;
  const organisation = codes.id(contribution.organisation);
  return {
    ...{ organisation, part, sign, source: 1, resident: undefined },
    ...{ knownAt: BigInt(Date.parse(momentOf(minute))) * 1000n, cause: BigInt(cause), revalued: isSettings },
    municipality: contribution.municipality,
    contribution: contributionOf(organisation, contribution, BigInt(event), groups),
  };
}

function contributionOf(
  organisation: number,
  invented: InventedContribution,
  event: bigint,
  groups: Groups,
): Contribution {
  const { date, assessed, similarCases, cost, factor, lines } = invented;
  return {
    ...{ event, date, assessed, similarCases, cost, factor, programmeVersion: 0n },
    priceListVersion: undefined,
    group: groups.caseGroup(organisation, invented),
    lines: lines.flatMap((line) =>
      line.values.map((amount, year) => ({
        group: groups.lineGroup(organisation, { ...line, ...line.priced }),
        ...{ year, amount, low: amount, high: amount },
      })),
    ),
  };
}
