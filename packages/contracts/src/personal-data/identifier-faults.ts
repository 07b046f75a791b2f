import { type Fault, pointerTo } from '../fault.ts';
import { kindsIn, PERSON_NAME, PHONE_NUMBER } from './kinds.ts';

type Members = Readonly<Record<string, unknown>>;

/**
 * A letter that no hexadecimal number has, as every surname has one; or what a telephone number starts with.
 * Most numbers and random identifiers have neither, and are done with.
 */
const TELLING = /[g-zG-Z+%\u0080-\uffff]|(?:^|[^0-9A-Za-z])0(?:03|[1-8])[-.() 0-9]/;

/** Texts that many events have, such as a team, and that held nothing when they were looked at. */
const clear = new Set<unknown>();
const MOST_CLEAR = 1_000;
/** Nearly always the next one: comparing is faster than looking up. */
let lastSource: unknown;

/**
 * A fault for every identifier of a case event that holds a telephone number or the name of a person: `id`,
 * `source`, `subject` and extensions, and in `data` those of the case, the resident and the team.
 *
 * @param extensions names of the attributes that are extensions
 */
export function identifierFaults(event: unknown, extensions: readonly string[]): Fault[] {
  const faults: Fault[] = [];
  if (!isMembers(event)) return faults;
  const { id, source, subject, data } = event;
  if (isTelling(id)) report(id, ['id'], faults);
  if (source !== lastSource) {
    if (!clear.has(source) && isTelling(source)) keepClear(source, report(source, ['source'], faults));
    lastSource = clear.has(source) ? source : undefined;
  }
  if (isTelling(subject)) report(subject, ['subject'], faults);
  for (const name of extensions) {
    const value = event[name];
    if (isTelling(value)) report(value, [name], faults);
  }
  if (!isMembers(data)) return faults;
  const { caseId, residentKey, team } = data;
  if (isTelling(caseId)) report(caseId, ['data', 'caseId'], faults);
  if (isTelling(residentKey)) report(residentKey, ['data', 'residentKey'], faults);
  if (!clear.has(team) && isTelling(team)) keepClear(team, report(team, ['data', 'team'], faults));
  return faults;
}

function isTelling(value: unknown): value is string {
  return typeof value === 'string' && TELLING.test(value);
}

function keepClear(text: string, isFaulty: boolean): void {
  if (isFaulty) return;
  if (clear.size >= MOST_CLEAR) clear.clear();
  clear.add(text);
}

/** Adds what an identifier holds; false when that is nothing. */
function report(text: string, path: readonly string[], faults: Fault[]): boolean {
  const found = kindsIn(text, [PHONE_NUMBER, PERSON_NAME]);
  for (const { code, detail } of found) faults.push({ pointer: pointerTo(path), code, detail });
  return found.length > 0;
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null;
}
