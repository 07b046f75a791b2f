import { expect, test } from 'vitest';
import { formatsIn } from './formats.ts';

const { euros, cents, share, percent, count, ratio, decimals, exact, date, month, moment, ...of } =
  formatsIn('nl');
const english = formatsIn('en');

/** Formats put a space that does not break between euro sign and digits. */
const plain = (text: string): string => text.replaceAll('\u00a0', ' ');

test('amounts are exact, and rounded half away from zero', () => {
  expect(plain(cents('12345678901234567.89'))).toBe('€ 12.345.678.901.234.567,89');
  expect(plain(cents('0'))).toBe('€ 0,00');
  expect(plain(euros('1234.50'))).toBe('€ 1.235');
  expect(plain(euros('-1234.50'))).toBe('€ -1.235');
  expect(english.cents('1234.5')).toBe('€1,234.50');
});

test('numbers, shares and quotients', () => {
  expect([count(12345), count('12345'), count(0)]).toEqual(['12.345', '12.345', '0']);
  expect([plain(share('0.3170')), plain(share(1)), english.share('0.3175')]).toEqual([
    '31,7%',
    '100%',
    '31.8%',
  ]);
  expect([plain(percent('3.1670')), ratio('3.1700'), english.ratio('0.7799')]).toEqual([
    ...['317%', '3,17', '0.78'],
  ]);
  expect([decimals('0.9000'), decimals('0.8525'), english.decimals('1234.5')]).toEqual([
    ...['0,9', '0,8525', '1,234.5'],
  ]);
  expect([exact('0.1'), exact('12345678901234567.0123456789')]).toEqual([
    ...['0,10', '12.345.678.901.234.567,0123456789'],
  ]);
});

test('days and moments are those of Amsterdam', () => {
  expect(date('2021-12-31')).toBe('31 december 2021');
  expect(date('2021-12-31T23:30:00Z')).toBe('1 januari 2022');
  expect([month('2022-03'), month('2022-03-31')]).toEqual(['maart 2022', 'maart 2022']);
  expect(moment('2021-06-30T22:05:00.123456Z')).toBe('1 jul 2021, 00:05');
});

test('months of a year have short names, and letters', () => {
  expect([of.monthNames[0], of.monthNames.length]).toEqual(['jan', 12]);
  expect([of.monthLetters[0], english.monthLetters[11]]).toEqual(['J', 'D']);
});

test('what is not there is a dash', () => {
  const numbers = [euros, cents, share, percent, count, ratio, decimals, exact];
  for (const format of [...numbers, date, month, moment])
    expect([format(null), format(undefined)]).toEqual(['–', '–']);
});
