import { CASE_TYPES, type CaseEvent } from './case-event.ts';
import {
  anyCaseEventSchema,
  caseEventSchemas,
  DATA_FIELDS,
  type SentCaseEvent,
} from './case-event-schema.ts';
import { caseRuleFaults } from './case-rules.ts';
import { type Fault, FaultsError } from './fault.ts';
import { normaliseCase } from './normalise-case.ts';
import { identifierFaults } from './personal-data/identifier-faults.ts';
import { eventDataFaults } from './personal-data/personal-data-faults.ts';
import { quickCheck } from './quick-check.ts';
import { faultsOfIssues } from './zod-faults.ts';

/** What a check needs to know beside the value. */
export interface CaseCheck {
  /** Civil date in Europe/Amsterdam; without it no date is too late. */
  today?: string;
  /**
   * Look for citizen service numbers and e-mail addresses. Off only where the text is known to hold none.
   */
  lookForBsn: boolean;
  /** Look for names and telephone numbers in identifiers, unless false: for what was judged at the door. */
  lookForNames?: boolean;
}

/** The event as it is kept, or every fault of it. */
export type CaseResult = { event: CaseEvent; faults?: undefined } | { faults: Fault[]; event?: undefined };

/** Checks and normalises one parsed case event. Never throws; the faults name no value. */
export function checkCaseEvent(value: unknown, check: CaseCheck): CaseResult {
  const extensions: string[] = [];
  const ruleFaults = caseRuleFaults(value, check.today, extensions);
  const privacyFaults = check.lookForNames === false ? [] : identifierFaults(value, extensions);
  if (check.lookForBsn) privacyFaults.push(...eventDataFaults(value));
  const isRight = ruleFaults.length === 0 && privacyFaults.length === 0;
  if (isRight && isCaseEvent(value)) return { event: normaliseCase(value) };
  const checked = schemaOf(value).safeParse(value);
  if (isRight && checked.success) return { event: normaliseCase(checked.data) };
  const faults = checked.success ? [] : faultsOfIssues(checked.error.issues, value, DATA_FIELDS);
  const pointers = new Set(faults.map((fault) => fault.pointer));
  faults.push(...ruleFaults.filter(({ pointer }) => !pointers.has(pointer)), ...privacyFaults);
  return { faults };
}

/**
 * Reads a case event back from the stream or the record: `residentKey` is hashed already, dates and
 * personal data were judged at the door. Throws `FaultsError` where the value is no case event.
 */
export function parseCaseEvent(value: unknown): CaseEvent {
  const { event, faults } = checkCaseEvent(value, { lookForBsn: false, lookForNames: false });
  if (faults !== undefined) throw new FaultsError(faults);
  return event;
}

const isRegistered = quickCheck(caseEventSchemas[CASE_TYPES.registered]);
const isAssessed = quickCheck(caseEventSchemas[CASE_TYPES.assessed]);
const isWithdrawn = quickCheck(caseEventSchemas[CASE_TYPES.withdrawn]);

function isCaseEvent(value: unknown): value is SentCaseEvent {
  switch (typeOf(value)) {
    case CASE_TYPES.assessed:
      return isAssessed(value);
    case CASE_TYPES.registered:
      return isRegistered(value);
    case CASE_TYPES.withdrawn:
      return isWithdrawn(value);
    default:
      return false;
  }
}

function schemaOf(value: unknown) {
  switch (typeOf(value)) {
    case CASE_TYPES.assessed:
      return caseEventSchemas[CASE_TYPES.assessed];
    case CASE_TYPES.registered:
      return caseEventSchemas[CASE_TYPES.registered];
    case CASE_TYPES.withdrawn:
      return caseEventSchemas[CASE_TYPES.withdrawn];
    default:
      return anyCaseEventSchema;
  }
}

function typeOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
}
