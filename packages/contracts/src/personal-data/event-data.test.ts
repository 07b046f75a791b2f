import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkCaseEvent, parseCaseEvent } from '../check-case-event.ts';
import { checkPriceList, checkProgramme } from '../check-settings.ts';
import { readJson } from '../read-json.ts';

type Members = Record<string, unknown>;

const EVENT = {
  specversion: '1.0',
  id: 'e-1',
  source: 'urn:nld:kvknr:41224547:systeem:registratie',
  type: 'nl.effectstroom.case.registered',
  time: '2021-03-18T09:12:44Z',
};
const DATA = {
  municipality: 'GM0394',
  organisation: 'meerwaarde',
  caseId: 'c-000123',
  revision: 1,
  date: '2021-03-17',
  theme: '3',
};

/** The faults that the door finds, as it looks: only where the text may hold something. */
function faultsOf(data: Members, event: Members = {}): string[] {
  const json = readJson(Buffer.from(JSON.stringify({ ...EVENT, ...event, data: { ...DATA, ...data } })));
  const { faults = [] } = checkCaseEvent(json.value, { lookForBsn: json.mayHoldBsn });
  const texts = faults.map(({ detail }) => detail).join();
  expect(texts).not.toMatch(/jansen|example|12345678/i);
  return faults.map(({ code, pointer }) => `${code} ${pointer}`);
}

describe('a case event', () => {
  it.each<[string, Members, Members, ...string[]]>([
    ['an e-mail address as id', {}, { id: 'jan@example.nl' }, 'personal-data /id'],
    ['an encoded one in the source', {}, { source: 'urn:x:jan%40example.nl' }, 'personal-data /source'],
    ['one behind an escape', {}, { note: 'jan\u0040example.nl' }, 'personal-data /note'],
    [
      'one as an unknown field',
      { mail: 'a@example.nl' },
      {},
      'unknown-field /data/mail',
      'personal-data /data/mail',
    ],
    ['one as a name', { 'a@example.nl': 1 }, {}, 'unknown-field /data', 'personal-data /data'],
    ['a telephone number as id', {}, { id: '06-12345678' }, 'personal-data /id'],
    ['one as case', { caseId: '0612345678' }, {}, 'personal-data /data/caseId'],
    ['one as resident', { residentKey: 'tel-020-1234567-x' }, {}, 'personal-data /data/residentKey'],
    ['one as subject', {}, { subject: '+31612345678' }, 'personal-data /subject'],
    ['a name as id', {}, { id: 'Jan Jansen' }, 'personal-data /id'],
    ['one in the source', {}, { source: 'urn:nld:jan.jansen' }, 'personal-data /source'],
    ['one in the subject', {}, { subject: 'gezin Jansen' }, 'personal-data /subject'],
    ['one in an extension', {}, { worker: 'j.p. Jansen' }, 'personal-data /worker'],
    ['one as case', { caseId: 'jan-jansen-2021' }, {}, 'personal-data /data/caseId'],
    ['one as resident', { residentKey: 'JanJansen-1980-01-01' }, {}, 'personal-data /data/residentKey'],
    ['one as team', { team: 'jan-jansen' }, {}, 'personal-data /data/team'],
    ['one as an unknown name', { 'Jan Jansen': 1 }, {}, 'unknown-field /data'],
    ['one as an unknown attribute', {}, { jan_jansen: 'x' }, 'unknown-field '],
  ])('is refused with %s', (_what, data, event, ...faults) => {
    expect(faultsOf(data, event)).toEqual(faults);
  });

  it('is refused again and again, also where a right one came between', () => {
    const named = { source: 'urn:nld:jan.jansen' };
    for (const event of [{}, named, {}, named, named])
      expect(faultsOf({}, event)).toHaveLength('source' in event ? 1 : 0);
  });

  it.each<[Members, Members]>([
    [{ caseId: '2021000123' }, { id: '8b0f1f5e-0612-4345-8123-0a2b3c4d5e6f' }],
    [{ caseId: '202100012345' }, { id: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }],
    [
      { caseId: '00000000-1111-4222-8333-444444444444' },
      { id: '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU' },
    ],
    [{ caseId: '2021-06-000123' }, { source: 'urn:nld:oin:00000001823288444000:systeem:x' }],
    [{ team: 'wijkteam-de-bakker' }, { subject: 'Café 12:30', dataschema: 'https://example.nl/schema/0.6' }],
    [{ residentKey: 'a'.repeat(64) }, { id: '2021-03-18T09:12:44.061Z' }],
  ])('is taken with %j %j', (data, event) => {
    expect(faultsOf(data, event)).toEqual([]);
  });

  it('that was judged at the door is read back as it is', () => {
    expect(parseCaseEvent({ ...EVENT, id: 'Jan Jansen', data: DATA }).id).toBe('Jan Jansen');
  });
});

describe('settings', () => {
  const address = { municipality: 'GM0394', organisation: 'meerwaarde', programme: 'main' };
  const programme = JSON.parse(
    readFileSync(new URL('../../examples/programme.json', import.meta.url), 'utf8'),
  );

  it.each(['mail jan@example.nl', 'bel 020-1234567', 'bel 0612345678'])('are refused with %j', (name) => {
    const { faults } = checkProgramme(address, { ...programme, name });
    expect(faults).toMatchObject([{ code: 'personal-data', pointer: '/name' }]);
  });

  it('may name a page', () => {
    const source = 'https://www.example.nl/prijzen?jaar=2021&versie=1.0#tabel-06';
    const items: unknown[] = [];
    expect(checkPriceList('a', { name: 'A', editions: [{ from: '2021-01-01', source, items }] }).faults).toBe(
      undefined,
    );
  });
});
