/** Asks the portal, and recomputes what it must answer. */
import { isDeepStrictEqual } from 'node:util';
import type { Savings } from '@effectstroom/contracts';
import { audit } from '../harness/auditor.ts';
import type { Pipeline } from '../harness/pipeline.ts';
import type { Book } from '../harness/sent.ts';
import type { World } from '../harness/world.ts';
import { figureFaults, rowFaults } from '../portal/compare-figures.ts';
import { recompute } from '../portal/recomputation.ts';
import type { Programme } from '../portal/recomputed-question.ts';
import type { Question } from './invent-questions.ts';

/** A question about a moment, and the answer that holds for ever. */
export interface Asked {
  path: string;
  answer: unknown;
}

function pathOf({ from, to, view, groupBy, filters }: Question, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({ from, to, view, groupBy: groupBy.join(), ...filters, ...more });
  return `/v1/savings?${query}`;
}

/** Asks as of now, as soon as that can be answered. */
export async function askAsOf(pipeline: Pipeline, questions: readonly Question[]): Promise<Asked[]> {
  const asOf = new Date().toISOString();
  const asked: Asked[] = [];
  for (const question of questions) {
    const path = pathOf(question, { asOf });
    let answer: unknown;
    await pipeline.until(async () => {
      answer = await pipeline.ask(path);
      return true;
    }, `${path} is answered`);
    asked.push({ path, answer });
  }
  return asked;
}

/** The same questions about the same moments: what is answered otherwise now. */
export async function askAgainFaults(pipeline: Pipeline, asked: readonly Asked[]): Promise<string[]> {
  const faults: string[] = [];
  for (const { path, answer } of asked) {
    const now = await pipeline.ask(path);
    if (!isDeepStrictEqual(now, answer))
      faults.push(`${path} was answered with ${JSON.stringify(answer)} and now with ${JSON.stringify(now)}`);
  }
  return faults;
}

/** What is answered otherwise than the accepted events and settings say. Everything must be in the totals. */
export async function answerFaults(
  { pipeline, accepted, book }: World,
  questions: readonly Question[],
): Promise<string[]> {
  const cases = audit(accepted, book).cases.map((contribution) => {
    const { organisation, caseId } = contribution;
    return { organisation, caseId, history: [{ minute: 0, contribution }] };
  });
  const programmes = programmesOf(book);
  const faults: string[] = [];
  for (const question of questions) {
    const path = pathOf(question);
    const { basis, rows, total } = (await pipeline.ask(path)) as Savings;
    const must = recompute(cases, programmes, {
      ...question,
      asOfMinute: undefined,
      organisations: undefined,
    });
    if (basis.followingYears !== must['followingYears'])
      faults.push(`${path}: ${basis.followingYears} years`);
    for (const fault of [...rowFaults(rows, must['rows']), ...figureFaults(total, must['total'])])
      faults.push(`${path} is answered with ${fault}`);
  }
  return faults;
}

/** The programmes as the recomputation wants them. */
function programmesOf({ programmes }: Book): Programme[] {
  return [...programmes].map(([address, { followingYears = 2, budgets = [] }]) => {
    const [municipality = '', organisation = '', programme = ''] = address.split('/');
    const dated =
      typeof followingYears === 'number' ? [{ from: '0001-01-01', years: followingYears }] : followingYears;
    return { municipality, organisation, programme, followingYears: dated, budgets };
  });
}
