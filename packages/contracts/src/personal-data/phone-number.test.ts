import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holdsPhoneNumber } from './phone-number.ts';

describe('holdsPhoneNumber', () => {
  it.each([
    '0612345678',
    '06-12345678',
    '06–12345678',
    '06 12 34 56 78',
    '06-12 34 56 78',
    '06-1234 5678',
    '06.12.34.56.78',
    'tel:0612345678',
    'c_0612345678-1',
    '+31612345678',
    '+31 6 12345678',
    '+31 (0)6 12345678',
    '+31-20-1234567',
    '0031612345678',
    '0031-6-12345678',
    '020-1234567',
    '020 1234567',
    '(020) 123 45 67',
    '020 - 1234567',
    '0412-345678',
    '0412 34 56 78',
    '088-1234567',
    '06\u00a012345678',
  ])('finds one in %j', (text) => {
    expect(holdsPhoneNumber(text)).toBe(true);
  });

  it.each([
    '',
    '1234567890',
    '0123456789',
    '0201234567',
    '202106123456',
    '061234567',
    '06123456789',
    '0697123456',
    'a0612345678',
    '2021-06-12345678',
    '06-12-2021',
    '06-12-2021 12:30',
    '2021-06-12 12:30',
    '0344-123456',
    '0363-000123',
    '010-20-3040',
    'c-000123',
    'WK039401',
    'BU03940101',
    'urn:nld:kvknr:41224547:systeem:registratie',
    'urn:nld:oin:00000001823288444000:systeem:x',
    '12345678-0612-4345-8123-123456789012',
    '00000000-0000-4000-8000-000612345678',
    '2021-03-18T09:12:44.0612345678Z',
    '1593684000000',
  ])('finds none in %j', (text) => {
    expect(holdsPhoneNumber(text)).toBe(false);
  });

  const digits = (count: number) => fc.stringMatching(new RegExp(`^\\d{${count}}$`));
  const apart = fc.constantFrom('', 'tel ', 'c-', 'x:', '(', '/');

  it('finds every mobile number, however it is written', () => {
    const mobile = fc
      .tuple(fc.constantFrom('1', '2', '3', '4', '5', '8'), digits(7))
      .map((two) => two.join(''));
    const written = fc.constantFrom(
      '06',
      '06-',
      '06 ',
      '+316',
      '+31 6 ',
      '+31-6-',
      '00316',
      '0031 6 ',
      '+31(0)6',
    );
    fc.assert(
      fc.property(apart, written, mobile, (before, start, number) => {
        expect(holdsPhoneNumber(`${before}${start}${number}`)).toBe(true);
        const pairs = number.match(/../g)?.join(' ');
        expect(holdsPhoneNumber(`${before}${start.replace(/[ -]$/, '')} ${pairs}`)).toBe(true);
      }),
    );
  });

  it('finds none in identifiers that a computer makes', () => {
    const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
    const onlyDigits = [8, 4, 4, 4, 12].map(digits);
    const made = fc.oneof(
      fc.uuid(),
      fc.tuple(...onlyDigits).map((groups) => groups.join('-')),
      fc.ulid(),
      hash.map((bytes) => bytes.toString('hex')),
      hash.map((bytes) => bytes.toString('base64')),
      hash.map((bytes) => bytes.toString('base64url')),
      digits(8),
      digits(9),
      digits(12),
      digits(10).filter((text) => !text.startsWith('06')),
      digits(6).map((text) => `c-${text}`),
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    );
    fc.assert(
      fc.property(made, (text) => {
        expect(holdsPhoneNumber(text)).toBe(false);
      }),
      { numRuns: 5_000 },
    );
  });
});
