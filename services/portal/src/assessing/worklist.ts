/** The answer of `GET /v1/assessments`. */
import { PAGE_ROWS, type WaitingCase, type Worklist, type WorklistQuery } from '@effectstroom/contracts';
import {
  type AssessingScope,
  type Database,
  type DrawnCase,
  inSnapshot,
  type ListedCase,
  readSample,
  readWorklist,
  type WorklistPlace,
} from '@effectstroom/database';
import { divideRounded } from '@effectstroom/valuation';
import type { Kysely } from 'kysely';
import { cursorOf, readCursor } from '../cursor.ts';
import { type CaseNames, readCaseNames } from './case-names.ts';
import type { ReviewTable } from './review-table.ts';

/** Returned assessments that the list knows: more wait for nobody. */
const RETURNED_MOST = 10_000;
/** Cases that one sample may have, of all goals together. */
const DRAWN_MOST = 5_000;

/** What is asked, by whom. */
export interface WorklistQuestion {
  query: WorklistQuery;
  /** Codes of the organisations that may be read; undefined is all. */
  organisations: readonly string[] | undefined;
  reviews: ReviewTable;
}

/** Answers with a page of the cases that wait. Throws what the database throws. */
export async function answerWorklist(db: Kysely<Database>, asked: WorklistQuestion): Promise<Worklist> {
  const { limit, cursor, sample, seed, ...filters } = asked.query;
  const scope = { ...filters, organisations: asked.organisations };
  const rows = limit === undefined ? PAGE_ROWS : Number(limit);
  const after = cursor === undefined ? undefined : placeOf(cursor);
  if (sample !== undefined)
    return sampled(db, scope, asked.reviews, { size: Number(sample), seed: seed ?? '1', rows, after });
  const { organisations } = asked;
  const isRead = (code: string): boolean =>
    (organisations?.includes(code) ?? true) && (filters.organisation ?? code) === code;
  const returned = asked.reviews.returned(RETURNED_MOST, isRead);
  // One more than asked tells whether there is a next page.
  return inSnapshot(db, async (tx) => {
    const { cases, waiting } = await readWorklist(tx, scope, returned, { after, limit: rows + 1 });
    const names = await readCaseNames(tx, cases);
    const write = (one: ListedCase) => rowOf(one, names(one), asked.reviews, null);
    return { ...pageOf(cases, rows, write), waiting, goals: [] };
  });
}

interface Sample {
  size: number;
  seed: string;
  rows: number;
  after: WorklistPlace | undefined;
}

async function sampled(
  db: Kysely<Database>,
  scope: AssessingScope,
  reviews: ReviewTable,
  { size, seed, rows, after }: Sample,
): Promise<Worklist> {
  const { drawn, names } = await inSnapshot(db, async (tx) => {
    const drawn = await readSample(tx, scope, { size, seed, most: DRAWN_MOST });
    return { drawn, names: await readCaseNames(tx, drawn) };
  });
  const goals = new Map<string, { cases: DrawnCase[]; waiting: number }>();
  const waiting: (ListedCase & { similarCases: number })[] = [];
  for (const one of drawn) {
    const goal = goals.get(goalOf(one)) ?? { cases: [], waiting: 0 };
    goals.set(goalOf(one), goal);
    goal.cases.push(one);
    const isReturned = isReturnedIn(reviews, one);
    if (one.state !== 'registered' && !isReturned) continue;
    goal.waiting++;
    waiting.push({ ...one, isReturned, similarCases: similarCasesOf(one, size) });
  }
  const left = waiting.sort(byPlace).filter((one) => after === undefined || byPlace(after, one) < 0);
  return {
    ...pageOf(left.slice(0, rows + 1), rows, (one) => rowOf(one, names(one), reviews, one.similarCases)),
    waiting: waiting.length,
    goals: [...goals.values()].flatMap(({ cases, waiting: left }) => {
      const [first] = cases;
      if (first === undefined) return [];
      const { municipality, programme, theme, goal } = first;
      return {
        ...{ municipality, programme, theme, goal, goalName: names(first).goalName },
        ...{ cases: first.cases, drawn: cases.length, waiting: left },
        similarCases: similarCasesOf(first, size),
      };
    }),
  };
}

/** Cases of the goal ÷ those drawn of it, rounded half up. */
function similarCasesOf({ cases }: DrawnCase, size: number): number {
  return Number(divideRounded(BigInt(cases), BigInt(Math.min(size, cases))));
}

function goalOf({ organisation, municipality, programme, theme, goal }: ListedCase): string {
  return JSON.stringify([organisation, municipality, programme, theme, goal]);
}

function isReturnedIn(reviews: ReviewTable, { organisation, caseId, revision }: ListedCase): boolean {
  return reviews.of(organisation, caseId, revision)?.decision === 'returned';
}

function rowOf(
  one: ListedCase,
  { themeName, goalName }: CaseNames,
  reviews: ReviewTable,
  similarCases: number | null,
): WaitingCase {
  const { organisation, municipality, programme, caseId, revision, date, theme, goal, workType, team } = one;
  return {
    ...{ organisation, municipality, programme, caseId, revision, date, theme, themeName },
    ...{ goal, goalName, workType, team },
    state: one.isReturned ? 'returned' : 'registered',
    remarks: one.isReturned ? (reviews.of(organisation, caseId, revision)?.remarks ?? []) : [],
    similarCases,
  };
}

/** @param found one more than the page has, where there is a next one */
function pageOf<Case extends WorklistPlace>(
  found: readonly Case[],
  rows: number,
  write: (one: Case) => WaitingCase,
): Pick<Worklist, 'rows' | 'next'> {
  const last = found.length > rows ? found[rows - 1] : undefined;
  const next =
    last === undefined ? null : cursorOf(Number(last.isReturned), last.date, last.organisation, last.caseId);
  return { rows: found.slice(0, rows).map(write), next };
}

function placeOf(cursor: string): WorklistPlace {
  const parts = readCursor(cursor, [
    /^[01]$/,
    /^\d{4}-\d\d-\d\d$/,
    /^[a-z0-9-]{1,64}$/,
    /^[A-Za-z0-9._:-]{1,64}$/,
  ]);
  const [isReturned, date = '', organisation = '', caseId = ''] = parts;
  return { isReturned: isReturned === '1', date, organisation, caseId };
}

/** As the database orders them. */
function byPlace(one: WorklistPlace, other: WorklistPlace): number {
  return (
    Number(other.isReturned) - Number(one.isReturned) ||
    compare(other.date, one.date) ||
    compare(one.organisation, other.organisation) ||
    compare(one.caseId, other.caseId)
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
