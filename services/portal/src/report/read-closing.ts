/** The closing that a report is made from. */
import type { ClosingAnswer, ClosingRow } from '@effectstroom/contracts';
import { ProblemError } from '@effectstroom/runtime';
import { allRows } from '../board/all-rows.ts';
import type { BoardApi } from '../board/api.ts';
import type { ReportQuestion } from './question.ts';
import type { ReportAnswers } from './read-answers.ts';

/**
 * The closing of the period, with what became known after it for who may see that.
 * @throws ProblemError 409, where the period of the organisation was not closed
 */
export async function readClosingOf(
  api: BoardApi,
  { organisation, period }: ReportQuestion,
): Promise<NonNullable<ReportAnswers['closing']>> {
  const rows = await allRows<ClosingRow>(api, '/v1/closings', { organisation });
  const row = rows.find((one) => one.period === period);
  if (row === undefined)
    throw new ProblemError(409, 'this period of the organisation was not closed: leave "closing" out');
  const answer = await answerOrNone(api, organisation, period);
  return { row, after: answer?.afterClosing ?? null };
}

/** Undefined for who may not see single cases. */
async function answerOrNone(
  api: BoardApi,
  organisation: string,
  period: string,
): Promise<ClosingAnswer | undefined> {
  try {
    return await api.get<ClosingAnswer>(`/v1/closings/${organisation}/${period}`);
  } catch (error) {
    if (error instanceof ProblemError && error.status === 403) return undefined;
    throw error;
  }
}
