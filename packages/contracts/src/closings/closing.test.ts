import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../canonical-json.ts';
import { checkClosing } from './closing.ts';

describe('checkClosing', () => {
  const check = (period: string, today: string) =>
    checkClosing({ organisation: 'meerwaarde', period }, {}, today).faults?.map(({ code }) => code) ?? [];

  it.each([
    ['2024', '2025-01-01', '2024-12-31'],
    ['2024-Q1', '2024-04-01', '2024-03-31'],
    ['2024-Q4', '2025-01-01', '2024-12-31'],
    ['2024-02', '2024-03-01', '2024-02-29'],
    ['2023-02', '2023-03-01', '2023-02-28'],
    ['2100-02', '2100-03-01', '2100-02-28'],
    ['2000-02', '2000-03-01', '2000-02-29'],
  ])('takes %s from %s on, and not on %s', (period, first, last) => {
    expect(check(period, first)).toEqual([]);
    expect(check(period, last)).toEqual(['range']);
  });

  it.each(['0000', '2024-00', '2024-13', '2024-Q0', '2024-1', '2024-01-01', '24', ''])(
    'refuses %s',
    (period) => {
      expect(check(period, '2030-01-01')).toHaveLength(1);
    },
  );

  it.each(['1999', '1999-Q4', '1999-12', '0004-02'])('refuses %s: it is before 2000', (period) => {
    expect(check(period, '2030-01-01')).toEqual(['range']);
  });

  it('names every fault', () => {
    const { faults } = checkClosing({ organisation: 'X', period: 'x' }, { note: 1, more: 2 }, '2025-01-01');
    expect(faults?.map(({ pointer }) => pointer)).toEqual(['', '', '/note', '/more']);
  });
});

describe('canonicalJson', () => {
  it('is one text for one value', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'é"' }], a: true, 10: 1, 9: 2 })).toBe(
      '{"10":1,"9":2,"a":true,"b":[1,{"c":"é\\"","d":null}]}',
    );
  });
});
