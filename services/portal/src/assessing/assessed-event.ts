/** The event that an assessment becomes. Pure. */
import { randomBytes } from 'node:crypto';
import { CASE_TYPES, type SentAssessment } from '@effectstroom/contracts';
import type { CurrentCase } from './current-case.ts';

/** What an event needs beside what it says. */
export interface EventAttributes {
  id: string;
  source: string;
  /** RFC 3339. */
  time: string;
}

/** An id that nothing can be read into: letters only, no digits that could be a number of somebody. */
export function newEventId(): string {
  const letters = 'abcdefghijklmnop';
  return [...randomBytes(16).toString('hex')].map((digit) => letters[Number.parseInt(digit, 16)]).join('');
}

/**
 * An assessed event of the next revision, not checked yet: everything that an assessment does not say
 * stays as the event that counts has it.
 */
export function assessedEvent(
  { data, assessment, revision }: CurrentCase,
  { avoided, similarCases, cost = assessment?.cost, wellbeing = data.wellbeing }: SentAssessment,
  { id, source, time }: EventAttributes,
): Record<string, unknown> {
  const { municipality, organisation, programme, caseId, date, theme, goal, workType } = data;
  const { targetGroup, supportType, team, area, residentKey, followUp } = data;
  const next = {
    ...{ municipality, organisation, programme, caseId, revision: revision + 1, date, theme, goal, workType },
    ...{ targetGroup, supportType, team, area, wellbeing, residentKey, followUp },
    ...{ similarCases, cost, avoided },
  };
  return { specversion: '1.0', id, source, type: CASE_TYPES.assessed, time, data: withoutUndefined(next) };
}

function withoutUndefined(members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
