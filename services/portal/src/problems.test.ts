import { FaultsError } from '@effectstroom/contracts';
import { TooManyCellsError } from '@effectstroom/database';
import { createLog, ProblemError } from '@effectstroom/runtime';
import { expect, test } from 'vitest';
import { problemOf } from './problems.ts';

const log = createLog('test', 'silent');

function statusOf(error: unknown): number | undefined {
  const found = problemOf(error, log);
  return found instanceof ProblemError ? found.status : undefined;
}

function coded(code: string): Error {
  return Object.assign(new Error('of a driver'), { code });
}

test('faults and answers that would be too large are the asker’s', () => {
  expect(statusOf(new FaultsError([{ pointer: '/to', code: 'range', detail: 'x' }]))).toBe(400);
  expect(statusOf(new TooManyCellsError(10))).toBe(400);
});

test('a database that is away, full or stopping is worth another try', () => {
  for (const code of [
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOTFOUND',
    'EAI_AGAIN',
    '08006',
    '28P01',
    '53300',
    '57P01',
    '42P01',
    '40001',
    'ETIMEDOUT',
  ])
    expect(statusOf(coded(code)), code).toBe(503);
  expect(statusOf(new Error('Connection terminated unexpectedly'))).toBe(503);
  expect(statusOf(coded('57014'))).toBe(503);
});

test('anything else stays what it is', () => {
  const error = coded('42601');
  expect(problemOf(error, log)).toBe(error);
  const problem = new ProblemError(404, 'nothing');
  expect(problemOf(problem, log)).toBe(problem);
});
