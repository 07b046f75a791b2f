import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { priceListEvent, programmeEvent } from './check-settings.ts';
import { nlGovAdvice } from './nl-gov.ts';
import { NL_GOV_RULES } from './nl-gov-rules.ts';

const NOW = new Date('2026-03-18T09:15:00Z');

/** An event about which the profile has nothing to say. */
const RIGHT = {
  specversion: '1.0',
  id: '3f1f2c9e-6b1a-4c57-9a53-0d3c1e7a9b10',
  source: 'urn:nld:kvknr:41224547:systeem:registratie',
  type: 'nl.effectstroom.case.registered',
  time: '2026-03-18T09:12:44Z',
  dataschema: 'https://ingest.example/v1/schemas/case-registered-data.json',
  data: { organisation: 'meerwaarde', caseId: 'c-000123', date: '2026-03-17' },
};

function rulesOf(changes: Record<string, unknown>): string[] {
  return nlGovAdvice({ ...RIGHT, ...changes }, NOW).map(({ rule, pointer }) => `${rule} ${pointer}`);
}

describe('what the profile would have otherwise', () => {
  it.each<[string, Record<string, unknown>, ...string[]]>([
    ['nothing', {}],
    ['nothing in an OIN', { source: 'urn:nld:oin:00000001823288444000:systeem:BRP-component' }],
    ['nothing in an OIN for tests', { source: 'urn:nld:oin:00000099123456780000:systeem:test' }],
    ['nothing in a KvK-nummer with a dot', { source: 'urn:nld:kvknr:09220932.burgerzakensysteem' }],
    ['the name of an organisation', { source: 'urn:nld:gemeente-nijmegen.x' }, 'source-organisation /source'],
    [
      'a name, without a system',
      { source: 'urn:nld:gemeente-nijmegen' },
      'source-organisation /source',
      'source-system /source',
    ],
    ['an address', { source: 'https://example.nl/zaken' }, 'source-urn /source'],
    ['another namespace', { source: 'urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66' }, 'source-urn /source'],
    ['an OIN of 19 positions', { source: 'urn:nld:oin:0000000182328844400:systeem:a' }, 'source-oin /source'],
    [
      'an OIN with an unknown prefix',
      { source: 'urn:nld:oin:00000010823288444000:systeem:a' },
      'source-oin /source',
    ],
    [
      'an OIN that does not end in zeros',
      { source: 'urn:nld:oin:00000001823288444001.a' },
      'source-oin /source',
    ],
    ['a KvK-nummer of 7 digits', { source: 'urn:nld:kvknr:4122454:systeem:a' }, 'source-kvknr /source'],
    ['no system', { source: 'urn:nld:kvknr:41224547' }, 'source-system /source'],
    ['a type without dots', { type: 'registered' }, 'type-reverse-dns /type'],
    ['a type that is an address', { type: 'https://effectstroom.nl/case' }, 'type-reverse-dns /type'],
    ['two versions', { type: 'nl.effectstroom.v1.case.v2' }, 'type-version /type'],
    ['one version', { type: 'nl.effectstroom.case.v2' }],
    ['the organisation in the type', { type: 'nl.meerwaarde.case' }, 'type-organisation /type'],
    ['a counter', { id: '4711123456' }, 'id-persistent /id'],
    ['a short id', { id: 'e-1' }, 'id-persistent /id'],
    ['an id that the source keeps', { id: 'doc2021033441' }],
    ['the id of the case', { id: 'c-000123' }, 'id-of-event /id'],
    ['a random id, not described', { dataschema: undefined }, 'id-described /id'],
    ['the day of the case', { time: '2026-03-17T00:00:00Z' }, 'time-of-logging /time'],
    ['the day of the case, in Amsterdam', { time: '2026-03-16T23:00:00Z' }, 'time-of-logging /time'],
    ['the day of the case, with its offset', { time: '2026-03-17T00:00:00+01:00' }, 'time-of-logging /time'],
    ['midnight of another day', { time: '2026-03-18T00:00:00Z' }],
    ['four minutes ahead', { time: '2026-03-18T09:19:00Z' }],
    ['six minutes ahead', { time: '2026-03-18T09:21:00Z' }, 'time-near /time'],
    ['a month ago', { time: '2026-02-16T09:15:00Z' }],
    ['longer ago', { time: '2026-02-15T09:14:59Z' }, 'time-near /time'],
    ['a capital in a name', { caseNumber: 'x' }, 'attribute-name /caseNumber'],
    ['21 characters in a name', { abcdefghijklmnopqrstu: 'x' }, 'attribute-length /abcdefghijklmnopqrstu'],
    ['a name that may not be repeated', { 'x-123456782': 'x' }, 'attribute-name '],
    ['XML', { datacontenttype: 'text/xml' }, 'content-type /datacontenttype'],
    ['JSON with a charset', { datacontenttype: 'application/json; charset=utf-8' }],
    ['a subject', { subject: 'x' }, 'subject /subject'],
    ['part of a URI', { dataschema: '/v1/schemas/x.json' }, 'dataschema-uri /dataschema'],
    ['65 KB', { note: 'x'.repeat(65 * 1024) }, 'size '],
    ['other types', { id: 1, source: null, type: [], time: {}, data: 'x' }],
  ])('%s', (_what, changes, ...rules) => {
    expect(rulesOf(changes)).toEqual(rules);
  });

  it('never repeats what was sent', () => {
    const sent = { id: 'SENT', source: 'SENT', type: 'SENT', time: '2021-01-01T00:00:00Z', subject: 'SENT' };
    expect(JSON.stringify(nlGovAdvice({ ...RIGHT, ...sent }, NOW))).not.toContain('SENT');
  });
});

describe('what we send ourselves', () => {
  const folder = new URL('../examples/', import.meta.url);
  const read = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
  const id = '3f1f2c9e-6b1a-4c57-9a53-0d3c1e7a9b10';
  const address = { municipality: 'GM0394', organisation: 'meerwaarde', programme: 'main' };
  const events = readdirSync(folder)
    .filter((name) => name.startsWith('case-'))
    .map((name): [string, Record<string, unknown>] => [name, read(name)]);
  events.push(
    ['a programme', { ...programmeEvent({ ...read('programme.json'), ...address }, id, NOW) }],
    ['a price list', { ...priceListEvent(read('price-list.json'), id, NOW) }],
  );

  it.each(events)('breaks no "must": %s', (_name, event) => {
    expect(nlGovAdvice(event, NOW).filter(({ level }) => level === 'must')).toEqual([]);
  });
});

describe('the page of the rules', () => {
  it('has every rule', () => {
    const page = readFileSync(new URL('../NLGOV.md', import.meta.url), 'utf8');
    const named = new Set([...page.matchAll(/^\| `([^`]+)` /gm)].map(([, rule]) => rule));
    expect(Object.keys(NL_GOV_RULES).filter((rule) => !named.has(rule))).toEqual([]);
  });
});
