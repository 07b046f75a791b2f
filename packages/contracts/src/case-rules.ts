import { type Fault, nameForDetail, pointerTo } from './fault.ts';
import { LIMITS } from './limits.ts';
import { toUtc } from './time.ts';

type Members = Readonly<Record<string, unknown>>;

/** CloudEvents 1.0: lower-case letters and digits; at most 20 characters is its advice, not its rule. */
const EXTENSION_NAME = /^[a-z0-9]{1,64}$/;
const ATTRIBUTES: ReadonlySet<string> = new Set([
  'specversion',
  'id',
  'source',
  'type',
  'time',
  'datacontenttype',
  'dataschema',
  'subject',
  'data',
]);

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Faults against the rules that span fields, or need the calendar, of an event as it was sent. Takes any
 * value: these rules are checked also where single fields are wrong, so that one answer names all faults.
 * `today` is the civil date in Europe/Amsterdam; without it no date is too late. The names of the extension
 * attributes are added to `extensions`.
 */
export function caseRuleFaults(event: unknown, today: string | undefined, extensions: string[]): Fault[] {
  if (!isMembers(event)) return [];
  const faults: Fault[] = [];
  checkAttributes(event, extensions, faults);
  if (!isMembers(event['data'])) return faults;
  const { date, avoided } = event['data'];
  if (today !== undefined && typeof date === 'string' && date > today) {
    faults.push({
      pointer: '/data/date',
      code: 'future-date',
      detail: 'must not be later than today in Europe/Amsterdam',
    });
  }
  if (Array.isArray(avoided)) {
    for (let i = 0; i < avoided.length; i++) {
      if (isMembers(avoided[i])) checkLine(avoided[i], `/data/avoided/${i}`, faults);
    }
  }
  return faults;
}

function checkAttributes(event: Members, extensions: string[], faults: Fault[]): void {
  for (const name in event) {
    if (ATTRIBUTES.has(name)) continue;
    extensions.push(name);
    if (name === 'data_base64') {
      faults.push({
        pointer: '/data_base64',
        code: 'not-allowed',
        detail: 'send the case as JSON in "data"',
      });
    } else if (!EXTENSION_NAME.test(name)) {
      const detail = `unknown attribute ${nameForDetail(name)}: extensions have 1 to 64 of a-z 0-9`;
      faults.push({ pointer: pointerTo([name]), code: 'unknown-field', detail });
    }
  }
  if (extensions.length > LIMITS.extensions) {
    const detail = `must have at most ${LIMITS.extensions} extension attributes`;
    faults.push({ pointer: '', code: 'length', detail });
  }
  if (typeof event['time'] === 'string' && toUtc(event['time']) === undefined) {
    const detail = 'must lie in the years 0001 to 9999 in UTC; a leap second only at 23:59:60 UTC';
    faults.push({ pointer: '/time', code: 'range', detail });
  }
}

function checkLine(line: Members, pointer: string, faults: Fault[]): void {
  const { service, amount, costBearer, quantity, recurrence, years } = line;
  if (service === undefined && amount === undefined) {
    const detail = 'required: a service of the price list, or else an amount with its costBearer';
    faults.push({ pointer: `${pointer}/service`, code: 'required', detail });
  } else if (service === undefined) {
    if (costBearer === undefined) {
      const detail = 'required: an amount names its costBearer';
      faults.push({ pointer: `${pointer}/costBearer`, code: 'required', detail });
    }
    if (quantity !== undefined) {
      const detail = 'only allowed with a service, not with an amount';
      faults.push({ pointer: `${pointer}/quantity`, code: 'not-allowed', detail });
    }
  } else if (amount !== undefined) {
    const detail = 'not allowed beside a service: give one of the two';
    faults.push({ pointer: `${pointer}/amount`, code: 'not-allowed', detail });
  }
  if (years !== undefined && recurrence !== 'yearly') {
    const detail = 'only allowed with recurrence yearly';
    faults.push({ pointer: `${pointer}/years`, code: 'not-allowed', detail });
  }
}
