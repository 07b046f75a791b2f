/**
 * Whether an assessment is right, and what it is worth: by the same rules as ingest and the calculator.
 * Pure.
 */
import {
  type AssessedData,
  CASE_TYPES,
  type CaseEvent,
  checkCaseEvent,
  civilDateAt,
  type Fault,
  type FaultCode,
  FaultsError,
  type SentAssessment,
} from '@effectstroom/contracts';
import { checkCodes, type Reason, type Refusal, type Valuation, valueCase } from '@effectstroom/valuation';
import { assessedEvent, newEventId } from './assessed-event.ts';
import type { CurrentCase } from './current-case.ts';
import type { SettingsInForce } from './settings-in-force.ts';

/** An assessment that ingest will take and that the calculator can value. */
export interface JudgedAssessment {
  event: CaseEvent;
  data: AssessedData;
  valuation: Valuation;
}

/** What is judged. */
export interface ToJudge {
  current: CurrentCase;
  settings: SettingsInForce;
  sent: SentAssessment;
  /** Of the event. */
  source: string;
  now: Date;
}

/**
 * Judges an assessment. @throws FaultsError naming all faults; pointers are from the root of what was sent
 */
export function judgeAssessment({ current, settings, sent, source, now }: ToJudge): JudgedAssessment {
  const made = assessedEvent(current, sent, { id: newEventId(), source, time: now.toISOString() });
  const { event, faults } = checkCaseEvent(made, { today: civilDateAt(now), lookForBsn: true });
  if (faults !== undefined) throw new FaultsError(faults.map(fromItsRoot));
  if (event.type !== CASE_TYPES.assessed) throw new Error('an assessment became another event');
  const { data } = event;
  return { event, data, valuation: valued(data, settings) };
}

function valued(data: AssessedData, { programme, priceList }: SettingsInForce): Valuation {
  const unknown = checkCodes(data, programme);
  if (unknown !== undefined) throw new FaultsError([faultOf(unknown, '')]);
  const valuation = valueCase(data, programme, priceList);
  if (!('reason' in valuation)) return valuation;
  // Line by line: all of them are named, each at its place.
  const ofLines = data.avoided.flatMap((line, place) => {
    const ofOne = valueCase({ ...data, avoided: [line] }, programme, priceList);
    return 'reason' in ofOne ? [faultOf(ofOne, `/avoided/${place}`)] : [];
  });
  // What is wrong with the settings is so for every line.
  throw new FaultsError([...new Map(ofLines.map((fault) => [fault.pointer + fault.detail, fault])).values()]);
}

const FIELDS: Partial<Record<Reason, [field: string, code: FaultCode]>> = {
  'unknown-price-list': ['/service', 'unknown-code'],
  'unknown-service': ['/service', 'unknown-code'],
  'no-price': ['/service', 'unknown-code'],
  'unknown-cost-bearer': ['/costBearer', 'unknown-code'],
  'likelihood-missing': ['/likelihood', 'required'],
  'contribution-missing': ['/contribution', 'required'],
};

function faultOf({ reason, detail }: Refusal, line: string): Fault {
  const [field, code] = FIELDS[reason] ?? ['', 'unknown-code'];
  return { pointer: field === '' ? '' : line + field, code, detail };
}

/** Faults of the event's `data` are those of the assessment. */
function fromItsRoot(fault: Fault): Fault {
  return { ...fault, pointer: fault.pointer.replace(/^\/data(?=\/|$)/, '') };
}
