import { pointerTo } from './fault.ts';
import { type AdviceLevel, NL_GOV_RULES, type NlGovRule } from './nl-gov-rules.ts';
import { civilDateAt } from './time.ts';

/** Where an event differs from what the NL GOV profile for CloudEvents asks. Holds no value that was sent. */
export interface Advice {
  /** Place of the event in the request, from 0; the caller adds it. */
  index?: number;
  /** RFC 6901, from the event's root. */
  pointer: string;
  rule: NlGovRule;
  level: AdviceLevel;
  detail: string;
}

type Members = Readonly<Record<string, unknown>>;

const MINUTE = 60_000;
const CLOCKS_DIFFER = 5 * MINUTE;
const MONTH = 31 * 24 * 60 * MINUTE;

const NAME_LENGTH = 20;
const EVENT_BYTES = 64 * 1024;
/** Shorter ids, and plain counters, are soon used twice: after a restore, or by a second installation. */
const SHORT_ID = 8;

const URN = /^urn:nld:([^:.]*)(?:[:.](.*))?$/i;
/** Prefixes of registers, and the one for tests; a number of 8 or 9 positions; zeros up to 20. */
const OIN = /^(?:0000000[1-9]|00000099)[0-9A-Z]{9}000$/;
const KVKNR = /^\d{8}$/;
const REVERSE_DNS = /^[a-z]{2,63}(?:\.[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)+$/i;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const ABSOLUTE_URI = /^[a-z][a-z0-9+.-]*:./i;

/**
 * What the NL GOV profile for CloudEvents would have otherwise in an event as it was sent. Takes any members; those
 * that are missing or of another type are left to the check of the event. `now` is the moment of sending.
 */
export function nlGovAdvice(event: Members, now: Date): Advice[] {
  const advice: Advice[] = [];
  const give = (pointer: string, rule: NlGovRule): void => {
    const { level, says } = NL_GOV_RULES[rule];
    advice.push({ pointer, rule, level, detail: says });
  };
  const { id, source, type, time, datacontenttype, dataschema, subject } = event;
  const data = isMembers(event['data']) ? event['data'] : {};
  if (typeof id === 'string') for (const rule of rulesOfId(id, data, dataschema)) give('/id', rule);
  if (typeof source === 'string') for (const rule of rulesOfSource(source)) give('/source', rule);
  if (typeof type === 'string') for (const rule of rulesOfType(type, data)) give('/type', rule);
  if (typeof time === 'string') for (const rule of rulesOfTime(time, data, now)) give('/time', rule);
  if (typeof datacontenttype === 'string' && !/^application\/(?:[\w.-]+\+)?json\b/i.test(datacontenttype)) {
    give('/datacontenttype', 'content-type');
  }
  if (typeof dataschema === 'string' && !ABSOLUTE_URI.test(dataschema)) give('/dataschema', 'dataschema-uri');
  if (typeof subject === 'string') give('/subject', 'subject');
  for (const name in event) {
    if (name !== 'data_base64' && !/^[a-z0-9]+$/.test(name)) give(pointerTo([name]), 'attribute-name');
    if (name.length > NAME_LENGTH) give(pointerTo([name]), 'attribute-length');
  }
  if (Buffer.byteLength(JSON.stringify(event)) > EVENT_BYTES) give('', 'size');
  return advice;
}

function* rulesOfId(id: string, data: Members, dataschema: unknown): Iterable<NlGovRule> {
  if (id === data['caseId']) yield 'id-of-event';
  else if (id.length < SHORT_ID || /^\d+$/.test(id)) yield 'id-persistent';
  // A UUID may also be what the source keeps: then its schema says so, and the advice is the same.
  if (UUID.test(id) && typeof dataschema !== 'string') yield 'id-described';
}

function* rulesOfSource(source: string): Iterable<NlGovRule> {
  const [, kind = '', rest = ''] = URN.exec(source) ?? [];
  if (kind === '') {
    yield 'source-urn';
    return;
  }
  const isNumber = /^(?:oin|kvknr)$/i.test(kind);
  if (!isNumber) yield 'source-organisation';
  // With a number, the system stands behind it; with a name, behind the name.
  const [number = '', ...system] = isNumber ? rest.split(/[:.]/) : [kind, rest];
  if (kind.toLowerCase() === 'oin' && !OIN.test(number)) yield 'source-oin';
  if (kind.toLowerCase() === 'kvknr' && !KVKNR.test(number)) yield 'source-kvknr';
  if (system.join('') === '') yield 'source-system';
}

function* rulesOfType(type: string, data: Members): Iterable<NlGovRule> {
  if (!REVERSE_DNS.test(type)) yield 'type-reverse-dns';
  const labels = type.toLowerCase().split('.');
  if (labels.filter((label) => /^v\d+$/.test(label)).length > 1) yield 'type-version';
  const { organisation } = data;
  if (typeof organisation === 'string' && labels.includes(organisation.toLowerCase()))
    yield 'type-organisation';
}

function* rulesOfTime(time: string, data: Members, now: Date): Iterable<NlGovRule> {
  const moment = new Date(time);
  if (Number.isNaN(moment.getTime())) return;
  const isMidnight = moment.getTime() % MINUTE === 0 && /T00:00(?::00)?/i.test(time);
  const days = [time.slice(0, 10), civilDateAt(moment)];
  if ((isMidnight || isAmsterdamMidnight(moment)) && days.includes(String(data['date']))) {
    yield 'time-of-logging';
  }
  const ahead = moment.getTime() - now.getTime();
  if (ahead > CLOCKS_DIFFER || ahead < -MONTH) yield 'time-near';
}

/** Whether the day in Amsterdam starts at this moment. */
function isAmsterdamMidnight(moment: Date): boolean {
  return civilDateAt(moment) !== civilDateAt(new Date(moment.getTime() - 1));
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
