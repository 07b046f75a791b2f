import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIRST_NAMES, SURNAMES, SURNAMES_LIKE_WORDS, SURNAMES_WITH_PREFIX } from './name-lists.ts';
import { holdsPersonName } from './person-name.ts';

describe('holdsPersonName', () => {
  it.each([
    'jan-jansen',
    'JanJansen',
    'janJansen',
    'JAN_JANSEN',
    'c-jan-van-dijk-12',
    'Jan de Vries',
    'JanDeVries',
    'deVries Jan',
    'Jansen, Jan',
    'bakker_anna',
    'Zoë Bakker',
    'Fatima Yılmaz',
    'j.jansen',
    'J. P. Jansen',
    'a-de-boer',
    'gezin-jansen',
    'mevr. de Groot',
    'team:jan.bos',
  ])('finds one in %j', (text) => {
    expect(holdsPersonName(text)).toBe(true);
  });

  it.each([
    '',
    'jansen',
    'de-groot',
    'jansenstraat-12',
    'prins-willem-alexander',
    'gezin-in-de-wijk',
    'gezin-groen',
    'jong-en-oud',
    'c-bos-12',
    'jan-2021',
    'jan12jansen',
    'a1-jansen-2',
    'jSmit',
    'team-noord',
    'begeleiding-individueel',
    'urn:nld:kvknr:41224547:systeem:registratie',
    'urn:nld:oin:00000001823288444000:systeem:x',
    '/wijkteams/de-bakker',
  ])('finds none in %j', (text) => {
    expect(holdsPersonName(text)).toBe(false);
  });

  const first = fc.constantFrom(...FIRST_NAMES);
  const separator = fc.constantFrom('-', '.', '_', ':', ' ', ', ', '/');
  const letterCase = fc.constantFrom(
    (text: string) => text,
    (text: string) => text.toUpperCase(),
    (text: string) => text.charAt(0).toUpperCase() + text.slice(1),
  );
  const around = fc.stringMatching(/^(?:[a-z]{1,8}[-.:_]\d{0,4}[-.:_])?$/);

  it('finds every first name before every surname, however it is written', () => {
    const prefix = fc.constantFrom('', 'van', 'de', 'van den', 'van der');
    const surname = fc.oneof(
      fc.tuple(prefix, fc.constantFrom(...SURNAMES, ...SURNAMES_LIKE_WORDS)),
      fc.tuple(fc.constantFrom('van', 'de', 'van der'), fc.constantFrom(...SURNAMES_WITH_PREFIX)),
    );
    fc.assert(
      fc.property(
        around,
        first,
        separator,
        surname,
        letterCase,
        (before, name, joint, [van, last], cased) => {
          const words = [name, ...van.split(' '), last].filter((word) => word !== '').map(cased);
          expect(holdsPersonName(`${before}${words.join(joint)}-1`)).toBe(true);
        },
      ),
    );
  });

  it('finds none in identifiers that a computer makes', () => {
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
    const made = fc.oneof(
      fc.uuid(),
      fc.uuid().map((text) => text.toUpperCase()),
      fc.ulid(),
      hash.map((bytes) => bytes.toString('hex')),
      hash.map((bytes) => bytes.toString('base64')),
      hash.map((bytes) => bytes.toString('base64url')),
      fc.nat().map((number) => `c-${number}`),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    );
    fc.assert(
      fc.property(made, (text) => {
        expect(holdsPersonName(text)).toBe(false);
      }),
      { numRuns: 5_000 },
    );
  });
});
