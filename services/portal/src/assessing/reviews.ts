/** The answer of `GET /v1/reviews`. */
import {
  type AssessedData,
  type AvoidedLine,
  type CaseEvent,
  type KeptReview,
  PAGE_ROWS,
  type ReviewedAssessment,
  type Reviews,
  type reviewsQuerySchema,
} from '@effectstroom/contracts';
import { type CountedAssessment, type Database, inSnapshot, readAssessed } from '@effectstroom/database';
import { inForce } from '@effectstroom/valuation';
import type { Kysely, Transaction } from 'kysely';
import type { z } from 'zod';
import { cursorOf, readCursor } from '../cursor.ts';
import { correctedEuros, grossEuros } from '../euros.ts';
import { nameIn, shown } from './case-form.ts';
import { namesIn } from './case-names.ts';
import type { ReviewTable } from './review-table.ts';
import { programmeKey, readSettingsInForce, type SettingsInForce } from './settings-in-force.ts';

/** Assessments that are looked at for one page: where few of them are meant, the next page looks on. */
const LOOKED_AT_MOST = 2_000;
/** Of these so many in one go, after the first. */
const LOOKED_AT_ONCE = 200;

type Query = z.infer<typeof reviewsQuerySchema>;

/** What is asked, by whom. */
export interface ReviewsQuestion {
  query: Query;
  organisations: readonly string[] | undefined;
  reviews: ReviewTable;
}

interface Found {
  counted: CountedAssessment;
  data: AssessedData;
  source: string;
  review: KeptReview | undefined;
}

/** Answers with a page of assessments and their reviews. Throws what the database throws. */
export async function answerReviews(db: Kysely<Database>, asked: ReviewsQuestion): Promise<Reviews> {
  const { limit, cursor } = asked.query;
  const rows = limit === undefined ? PAGE_ROWS : Number(limit);
  const before = cursor === undefined ? undefined : BigInt(readCursor(cursor, [/^\d{1,18}$/])[0] ?? '0');
  return inSnapshot(db, async (tx) => {
    const { meant, last } = await lookFor(tx, asked, rows, before);
    const page = meant.slice(0, rows);
    const behind = meant.length > rows ? page.at(-1)?.counted.number : last;
    return { rows: await written(tx, page), next: behind === undefined ? null : cursorOf(behind) };
  });
}

/**
 * Looks from the newest assessment on until there is one more than a page has.
 * @returns `last`: the last that was looked at, undefined where there are no more
 */
async function lookFor(
  tx: Transaction<Database>,
  { query, organisations, reviews }: ReviewsQuestion,
  rows: number,
  start: bigint | undefined,
): Promise<{ meant: Found[]; last: bigint | undefined }> {
  const { organisation, municipality } = query;
  const meant: Found[] = [];
  let before = start;
  for (
    let looked = 0, size = rows + 1;
    looked < LOOKED_AT_MOST && meant.length <= rows;
    size = LOOKED_AT_ONCE
  ) {
    const counted = await readAssessed(
      tx,
      { organisations, organisation, municipality },
      { before, limit: size },
    );
    meant.push(...counted.map((one) => found(one, reviews)).filter((one) => isMeant(one, query)));
    looked += size;
    before = counted.at(-1)?.number;
    if (counted.length < size) return { meant, last: undefined };
  }
  return { meant, last: before };
}

function isMeant({ data, review }: Found, query: Query): boolean {
  const { municipality, programme, theme, goal, team, from, to, decision } = query;
  const is = (asked: string | undefined, given: string | undefined) => asked === undefined || asked === given;
  return (
    is(municipality, data.municipality) &&
    is(programme, data.programme) &&
    is(theme, data.theme) &&
    is(goal, data.goal) &&
    is(team, data.team) &&
    (from === undefined || data.date >= from) &&
    (to === undefined || data.date <= to) &&
    is(decision, review?.decision ?? 'open')
  );
}

function found(counted: CountedAssessment, reviews: ReviewTable): Found {
  const { source, data } = JSON.parse(counted.payload) as CaseEvent;
  // Only assessments are read.
  const assessed = data as AssessedData;
  const { organisation, caseId, revision } = assessed;
  return { counted, source, data: assessed, review: reviews.of(organisation, caseId, revision) };
}

async function written(tx: Transaction<Database>, page: readonly Found[]): Promise<ReviewedAssessment[]> {
  const settings = new Map<string, SettingsInForce | undefined>();
  for (const { data } of page) {
    const key = programmeKey(data);
    if (!settings.has(key)) settings.set(key, await readSettingsInForce(tx, data));
  }
  return page.map((one) => rowOf(one, settings.get(programmeKey(one.data))));
}

function rowOf(
  { counted, data, source, review }: Found,
  settings: SettingsInForce | undefined,
): ReviewedAssessment {
  const { organisation, municipality, programme, caseId, revision, date, theme } = data;
  const { goal = null, workType = null, team = null, wellbeing = null, similarCases } = data;
  const gross = counted.ofOneCase * BigInt(counted.similarCases);
  return {
    ...{ organisation, municipality, programme, caseId, revision, date, theme, goal, workType, team },
    ...namesIn(settings?.programme, { theme, goal }),
    ...{ source, knownAt: counted.knownAt, wellbeing, similarCases },
    lines: data.avoided.map((line) => lineOf(line, date, settings)),
    gross: grossEuros(gross),
    corrected: correctedEuros(gross * BigInt(counted.factor)),
    review: review === undefined ? null : shown(review),
  };
}

function lineOf(
  line: AvoidedLine,
  date: string,
  settings: SettingsInForce | undefined,
): ReviewedAssessment['lines'][number] {
  const { service = null, amount = null, quantity = null, likelihood = null, contribution = null } = line;
  const edition = inForce(settings?.priceList?.editions ?? [], date);
  const item = edition?.items.find((one) => one.service === service);
  const costBearer = line.costBearer ?? item?.costBearer ?? null;
  const costBearerName = nameIn(settings?.programme.costBearers ?? [], costBearer);
  const { recurrence } = line;
  return {
    service,
    name: item?.name ?? null,
    amount,
    quantity,
    costBearer,
    costBearerName,
    likelihood,
    contribution,
    recurrence,
  };
}
