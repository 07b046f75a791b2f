import {
  ASSESSMENT_SOURCE,
  type CaseEvent,
  caseText,
  checkCaseEvent,
  type Fault,
  type JsonText,
  LIMITS,
  pointerTo,
  readJson,
} from '@effectstroom/contracts';
import { ProblemError } from '@effectstroom/runtime';
import { type DistinctHeaders, eventOfHeaders } from './binary-mode.ts';
import type { EventMode } from './event-mode.ts';
import { type HashResidentKey, isResidentKeyHash } from './resident-key.ts';

/** An event that may be published, and the JSON line that is published. */
export interface AcceptedEvent {
  event: CaseEvent;
  line: string;
}

/** What a request is, beside its body. */
export interface EventRequest {
  mode: EventMode;
  headers: DistinctHeaders;
  /** Civil date in Europe/Amsterdam. */
  today: string;
  hashResidentKey: HashResidentKey;
}

/** What a request holds. */
export interface ReadEvents {
  /** The events as they were sent. */
  sent: readonly unknown[];
  /** Those without faults, in order. */
  accepted: AcceptedEvent[];
  faults: Fault[];
}

/**
 * The events of a request: checked, normalised, resident keys hashed. Throws a problem: 400 that names all
 * faults, or 413 where there are too many events.
 */
export function parseEvents(body: Buffer, request: EventRequest): AcceptedEvent[] {
  const { accepted, faults } = readEvents(body, request);
  if (faults.length > 0) throw faultsProblem(400, 'none of this request is taken: see errors', faults);
  return accepted;
}

/** The same, with the faults beside what is right. Throws a problem, 413, where there are too many events. */
export function readEvents(body: Buffer, request: EventRequest): ReadEvents {
  const json = readJson(body);
  const faults: Fault[] = [];
  const values = valuesOf(json, request, faults);
  const check = { today: request.today, lookForBsn: json.mayHoldBsn || request.mode === 'binary' };
  const accepted: AcceptedEvent[] = [];
  for (let index = 0; index < values.length; index++) {
    const result = checkCaseEvent(values[index], check);
    if (result.faults !== undefined) {
      for (const fault of result.faults) faults.push({ index, ...fault });
      continue;
    }
    const { event } = result;
    const { residentKey } = event.data;
    // Only an assessment is made of an event that was published.
    const isHashed = event.source === ASSESSMENT_SOURCE && isResidentKeyHash(residentKey ?? '');
    if (residentKey !== undefined && !isHashed) {
      event.data.residentKey = request.hashResidentKey(residentKey);
    }
    const line = caseText(event);
    if (isTooLarge(line)) {
      faults.push({
        index,
        pointer: '',
        code: 'length',
        detail: `must be at most ${LIMITS.eventBytes} bytes`,
      });
    }
    accepted.push({ event, line });
  }
  return { sent: values, accepted, faults };
}

/** The events as they were sent. What is wrong with the text they stand in is added to `faults`. */
function valuesOf(json: JsonText, { mode, headers }: EventRequest, faults: Fault[]): unknown[] {
  if (json.value === undefined) {
    faults.push(...json.faults.map(({ code, detail }) => ({ pointer: '', code, detail })));
    return [];
  }
  if (mode !== 'batch') {
    const start = mode === 'binary' ? ['data'] : [];
    for (const { path, code, detail } of json.faults) {
      faults.push({ index: 0, pointer: pointerTo([...start, ...path]), code, detail });
    }
    return [mode === 'binary' ? eventOfHeaders(headers, json.value, faults) : json.value];
  }
  if (!Array.isArray(json.value) || json.value.length === 0) {
    const detail = `must be a list of 1 to ${LIMITS.eventsPerRequest} events`;
    faults.push({ pointer: '', code: Array.isArray(json.value) ? 'length' : 'type', detail });
    return [];
  }
  if (json.value.length > LIMITS.eventsPerRequest) {
    throw new ProblemError(413, `send at most ${LIMITS.eventsPerRequest} events in one request`);
  }
  for (const { path, code, detail } of json.faults) {
    const [index, ...rest] = path;
    faults.push({ ...(typeof index === 'number' && { index }), pointer: pointerTo(rest), code, detail });
  }
  return json.value;
}

/** Whether a line takes more bytes than one event may. */
export function isTooLarge(line: string): boolean {
  // No character takes more than three bytes for each of its UTF-16 units: most lines need no counting.
  return line.length * 3 > LIMITS.eventBytes && Buffer.byteLength(line) > LIMITS.eventBytes;
}

/** A fault, also with a code that only cells of a file have. */
export type AnyFault = Omit<Fault, 'code'> & { code: string };

/** A problem whose `errors` name the faults, in order of their events. */
export function faultsProblem(status: number, detail: string, faults: readonly AnyFault[]): ProblemError {
  return new ProblemError(status, detail, {}, { errors: namedFaults(faults) });
}

/** The faults that an answer names, in order of their events. */
export function namedFaults<One extends AnyFault>(faults: readonly One[]): (One | Fault)[] {
  const errors: (One | Fault)[] = faults.toSorted((a, b) => (a.index ?? -1) - (b.index ?? -1));
  if (errors.length > LIMITS.faults) {
    const more = errors.length - LIMITS.faults;
    errors.length = LIMITS.faults;
    errors.push({ pointer: '', code: 'too-many-faults', detail: `${more} more faults are not named` });
  }
  return errors;
}
