import type { Report } from '@effectstroom/contracts';
import type { BoardApi } from '../board/api.ts';
import { reportOf } from './model.ts';
import type { ReportQuestion } from './question.ts';
import { readAnswers } from './read-answers.ts';

/**
 * Makes a report with the rights of who asks the API.
 * @throws ProblemError as the API answers its questions
 */
export async function makeReport(api: BoardApi, question: ReportQuestion): Promise<Report> {
  return reportOf(question, await readAnswers(api, question), new Date());
}
