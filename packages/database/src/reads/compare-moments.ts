/** One period as it was known at two moments: what moved in between, by part and cause. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type LedgerPart, partOf } from '../ledger-part.ts';
import type { Database, SettingsTable } from '../tables.ts';
import { amountRows } from './amount-rows.ts';
import { caseRows } from './case-rows.ts';
import type { PurseAmounts } from './compare-segments.ts';
import { isLineDimension } from './dimensions.ts';
import { planAsWritten } from './query-plan.ts';
import { groupNames, groupOf } from './row-groups.ts';
import { changeSources, type SourcesOptions, sourcesOf } from './row-sources.ts';
import { type Group, TooManyCellsError } from './savings-cells.ts';
import { type SavingsQuestion, type ScopedQuestion, scopeOf } from './savings-question.ts';
import { utcText } from './snapshot.ts';
import { list, union } from './sql-text.ts';

interface Cell {
  group: Group;
  /** Undefined: the figures at the later moment. */
  part: LedgerPart | undefined;
  /** Number of the settings that made the change; undefined where events did. */
  settings: bigint | undefined;
}

export interface MovedAmounts extends Cell, PurseAmounts {}

export interface MovedCases extends Cell {
  registered: bigint;
  assessed: bigint;
  represented: bigint;
  /** Contributions that start to count, and that stop. */
  started: bigint;
  stopped: bigint;
}

export interface Moments {
  amounts: MovedAmounts[];
  cases: MovedCases[];
  /** The cases of the whole question, each once: in the empty group. */
  allCases: MovedCases[];
}

/**
 * The figures at the question's moment, and what became known between an earlier moment (RFC 3339) and
 * that one.
 * Run it in one snapshot: it takes several statements.
 * @throws TooManyCellsError where the answer would be too large.
 */
export async function readMoments(
  db: Kysely<Database>,
  asked: SavingsQuestion,
  before: string,
  cellsMax: number,
): Promise<Moments> {
  await planAsWritten(db);
  const question = await scopeOf(db, asked);
  const amounts = await readAmounts(db, question, before, cellsMax);
  const cases = await readCases(db, question, before, cellsMax);
  const isOncePerCase = question.groupBy.length === 0 || !question.groupBy.some(isLineDimension);
  const allCases = isOncePerCase
    ? cases.map((cell) => ({ ...cell, group: [] }))
    : await readCases(db, { ...question, groupBy: [] }, before, cellsMax);
  return { amounts, cases, allCases };
}

interface CellRow extends Record<`g${number}`, string | null> {
  part: number | null;
  settings: bigint | null;
}

const KNOWN = [sql`NULL::smallint AS part`, sql`NULL::bigint AS settings`];
const CHANGED = [sql`l.part`, sql`CASE WHEN l.revalued THEN l.cause END AS settings`];

/** The rows of what is known and of what became known, below each other. */
function movedRows(
  question: ScopedQuestion,
  before: string,
  of: SourcesOptions['of'],
): RawBuilder<unknown> | undefined {
  const rowsOf = of === 'cases' ? caseRows : amountRows;
  const known = sourcesOf(question, { of }).map((source) => rowsOf(source, question, KNOWN));
  const changed = changeSources(question, before).map((source) => rowsOf(source, question, CHANGED));
  return known.length === 0 ? undefined : union([...known, ...changed]);
}

function keysOf(question: ScopedQuestion): RawBuilder<unknown> {
  return list(...groupNames(question), sql`part`, sql`settings`);
}

function cellOf(row: CellRow, question: ScopedQuestion): Cell {
  return {
    group: groupOf(row, question),
    part: row.part === null ? undefined : partOf(row.part),
    settings: row.settings ?? undefined,
  };
}

type AmountRow = CellRow &
  Record<'gross' | 'corrected', string> &
  Record<'municipal_gross' | 'municipal_corrected', string | null>;

async function readAmounts(
  db: Kysely<Database>,
  question: ScopedQuestion,
  before: string,
  cellsMax: number,
): Promise<MovedAmounts[]> {
  const moved = movedRows(question, before, 'amounts');
  if (moved === undefined) return [];
  const keys = keysOf(question);
  const { rows } = await sql<AmountRow>`
    SELECT ${keys}, sum(gross) AS gross, sum(corrected) AS corrected,
      sum(gross) FILTER (WHERE municipal) AS municipal_gross,
      sum(corrected) FILTER (WHERE municipal) AS municipal_corrected
    FROM (${moved}) AS source
    GROUP BY ${keys} LIMIT ${cellsMax + 1}`.execute(db);
  if (rows.length > cellsMax) throw new TooManyCellsError(cellsMax);
  return rows.map((row) => ({
    ...cellOf(row, question),
    gross: BigInt(row.gross),
    corrected: BigInt(row.corrected),
    municipalGross: BigInt(row.municipal_gross ?? 0),
    municipal: BigInt(row.municipal_corrected ?? 0),
  }));
}

interface CountRow extends CellRow {
  registered: string;
  assessed: string;
  represented: string;
  started: bigint;
  stopped: bigint;
}

async function readCases(
  db: Kysely<Database>,
  question: ScopedQuestion,
  before: string,
  cellsMax: number,
): Promise<MovedCases[]> {
  const moved = movedRows(question, before, 'cases');
  if (moved === undefined) return [];
  const keys = keysOf(question);
  const { rows } = await sql<CountRow>`
    SELECT ${keys}, sum(registered) AS registered, sum(assessed) AS assessed, sum(represented) AS represented,
      count(*) FILTER (WHERE registered > 0) AS started, count(*) FILTER (WHERE registered < 0) AS stopped
    FROM (${moved}) AS source
    GROUP BY ${keys} LIMIT ${cellsMax + 1}`.execute(db);
  if (rows.length > cellsMax) throw new TooManyCellsError(cellsMax);
  return rows.map((row) => ({
    ...cellOf(row, question),
    registered: BigInt(row.registered),
    assessed: BigInt(row.assessed),
    represented: BigInt(row.represented),
    started: row.started,
    stopped: row.stopped,
  }));
}

/** Which settings a number names. */
export interface SettingsName {
  number: bigint;
  kind: SettingsTable['kind'];
  key: string;
  /** RFC 3339 in UTC. */
  knownAt: string;
}

/** The names of settings versions. */
export async function readSettingsNames(
  db: Kysely<Database>,
  numbers: readonly bigint[],
): Promise<SettingsName[]> {
  if (numbers.length === 0) return [];
  const { rows } = await sql<SettingsName>`SELECT number, kind, key, ${utcText(sql`known_at`)} AS "knownAt"
    FROM settings WHERE number = ANY(${numbers.map(String)}::bigint[])`.execute(db);
  return rows;
}
