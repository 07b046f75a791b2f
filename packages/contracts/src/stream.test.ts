import { describe, expect, it } from 'vitest';
import { caseSubject, partitionOf, partitionOfSubject, streamSubjects } from './stream.ts';

const ALL = 2 ** 32;

describe('partitionOf', () => {
  it('is FNV-1a 32 of organisation.caseId modulo the partitions', () => {
    // draft-eastlake-fnv-17, appendix: FNV-1a 32 of "foobar" is 0xbf9cf968; here of "a.b" and "é.b" by hand.
    const fnv = (text: string) =>
      Buffer.from(text).reduce((hash, byte) => Math.imul(hash ^ byte, 16777619) >>> 0, 2166136261);
    expect(fnv('foobar')).toBe(0xbf9cf968);
    for (const [organisation, caseId] of [
      ['meerwaarde', 'c-000123'],
      ['a', 'b'],
      ['é', 'b'],
    ] as const) {
      expect(partitionOf(organisation, caseId, ALL)).toBe(fnv(`${organisation}.${caseId}`));
      expect(partitionOf(organisation, caseId, 4)).toBe(fnv(`${organisation}.${caseId}`) % 4);
    }
  });
});

describe('subjects', () => {
  it('are one for each partition and one for settings', () => {
    expect(streamSubjects(2)).toEqual(['cases.0', 'cases.1', 'settings']);
    expect(partitionOfSubject(caseSubject(17))).toBe(17);
    for (const other of ['settings', 'cases.', 'cases.01', 'cases.a', 'xcases.1']) {
      expect(partitionOfSubject(other)).toBeUndefined();
    }
  });
});
