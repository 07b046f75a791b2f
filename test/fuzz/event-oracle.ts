/** Whether ingest must take an event: by the published schema, and the rules beside it, written afresh. */
import { readStrictly } from './json-oracle.ts';
import { PERSONAL_IDENTIFIERS } from './personal.ts';
import { isTakenBySchema } from './schema-oracle.ts';

/** `either` where only the product can tell: near the greatest size of an event. */
export type Verdict = 'accept' | 'refuse' | 'either';

type Members = Record<string, unknown>;

const TODAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam', dateStyle: 'short' });

/** What must become of the body of a request with one event. */
export function judgeBody(body: Buffer): Verdict {
  const read = readStrictly(body);
  return read === undefined ? 'refuse' : judgeEvent(read.value);
}

/** What must become of the body of a request with a batch. */
export function judgeBatch(body: Buffer): Verdict {
  const read = readStrictly(body);
  if (read === undefined || !Array.isArray(read.value)) return 'refuse';
  const { value } = read;
  if (value.length === 0 || value.length > 500) return 'refuse';
  const verdicts = new Set(value.map(judgeEvent));
  if (verdicts.has('refuse')) return 'refuse';
  return verdicts.has('either') ? 'either' : 'accept';
}

/** What must become of an event. */
export function judgeEvent(event: unknown): Verdict {
  if (!isMembers(event) || !isTakenBySchema('case-event', event)) return 'refuse';
  const { data } = event;
  if (!isMembers(data) || !isTimeInRange(String(event['time']))) return 'refuse';
  const { date } = data;
  if (typeof date === 'string' && date > TODAY.format(new Date())) return 'refuse';
  if (Object.keys(event).filter((name) => !ATTRIBUTES.has(name)).length > 32) return 'refuse';
  const verdicts = [
    ...stringsOf(event, '').map(({ place, text }) => judgeString(place, text)),
    ...identifiersOf(event, data).map(judgeIdentifier),
  ];
  if (verdicts.includes('refuse')) return 'refuse';
  const size = Buffer.byteLength(JSON.stringify(event));
  if (size > 70_000) return 'refuse';
  return size > 60_000 || verdicts.includes('either') ? 'either' : 'accept';
}

const IDENTIFIERS: ReadonlySet<string> = new Set(['id', 'source', 'subject']);
const ATTRIBUTES: ReadonlySet<string> = new Set([
  ...['specversion', 'id', 'source', 'type', 'time', 'datacontenttype', 'dataschema', 'subject', 'data'],
]);

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function identifiersOf(event: Members, data: Members): unknown[] {
  const attributes = Object.entries(event).filter(([name]) => !ATTRIBUTES.has(name) || IDENTIFIERS.has(name));
  return [...attributes.map(([, text]) => text), data['caseId'], data['residentKey'], data['team']];
}

/** The invented persons are the only ones in the garbage; what was made of one may still be one. */
function judgeIdentifier(text: unknown): Verdict {
  if (typeof text !== 'string') return 'accept';
  if (PERSONAL_IDENTIFIERS.some((person) => person === text)) return 'refuse';
  return /06|\+31|0031|020|jan|vries|bakker/i.test(text.replace(/zq\w{8}qz/g, '')) ? 'either' : 'accept';
}

/** In UTC within the years 0001 to 9999, a leap second only where there are some. */
function isTimeInRange(time: string): boolean {
  const [, whole = '', seconds = '', zone = ''] =
    /^(.{16}:)(\d\d)(?:\.\d+)?(.+)$/.exec(time.toUpperCase()) ?? [];
  const moment = new Date(`${whole}${seconds === '60' ? '59' : seconds}${zone}`);
  const year = moment.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) return false;
  if (seconds !== '60') return true;
  const isNextYear = new Date(moment.getTime() + 1_000).getUTCFullYear() > 9999;
  return moment.getUTCHours() === 23 && moment.getUTCMinutes() === 59 && !isNextYear;
}

interface Place {
  place: string;
  text: string;
}

function stringsOf(value: unknown, place: string): Place[] {
  if (typeof value === 'string') return [{ place, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(isList ? [] : [{ place: 'name', text: name }]),
    ...stringsOf(inner, `${place}/${isList ? '*' : name}`),
  ]);
}

const AMOUNTS: ReadonlySet<string> = new Set([
  ...['/data/revision', '/data/cost', '/data/avoided/*/amount', '/data/avoided/*/quantity'],
]);

/**
 * Citizen service numbers exactly; of addresses the one that was made up, and perhaps what looks like one.
 */
function judgeString(place: string, text: string): Verdict {
  if (AMOUNTS.has(place)) return 'accept';
  const decoded = text.replace(/%[0-7][0-9a-f]/gi, (code) =>
    String.fromCharCode(Number(`0x${code.slice(1)}`)),
  );
  if (holdsBsn(text, place === '/time') || holdsBsn(decoded, place === '/time')) return 'refuse';
  if (/^jan@example\.nl$/.test(decoded)) return 'refuse';
  return decoded.includes('@') && decoded.includes('.') ? 'either' : 'accept';
}

/** Nine digits that touch no digit, with at most two dots or spaces between two of them, and the 11-test. */
function holdsBsn(text: string, isTime: boolean): boolean {
  for (let start = 0; start < text.length; start++) {
    if (!isDigit(text, start) || isDigit(text, start - 1)) continue;
    let digits = '';
    let between = 0;
    let at = start;
    for (; at < text.length && digits.length < 9 && between <= 2; at++) {
      if (isDigit(text, at)) {
        digits += text[at];
        between = 0;
      } else if (!isTime && /[.\p{Zs}]/u.test(text[at] ?? '')) between++;
      else break;
    }
    if (digits.length === 9 && !isDigit(text, at) && passesElevenTest(digits)) return true;
  }
  return false;
}

function isDigit(text: string, at: number): boolean {
  return /^[0-9]$/.test(text[at] ?? '');
}

function passesElevenTest(digits: string): boolean {
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i === 8 ? -1 : 9 - i), 0);
  return sum % 11 === 0 && digits !== '000000000';
}
