import { describe, expect, it } from 'vitest';
import { knownPointer } from './known-pointer.ts';
import { parseRefusal, refusalFaults, refusalSubject } from './refusal.ts';

describe('the place of a fault', () => {
  it.each([
    ['', ''],
    ['/data/avoided/0/likelihood', '/data/avoided/0/likelihood'],
    ['/data/followUp/outcome', '/data/followUp/outcome'],
    ['/themes/3/goals/12/code', '/themes/3/goals/12/code'],
    ['/case/caseId/column', '/case/caseId/column'],
    ['/sources/0/graceDays', '/sources/0/graceDays'],
    ['/data/Jan de Vries', '/data'],
    ['/data/Jan/theme', '/data'],
    ['/trackingof-jan/x', ''],
    ['/data/~1theme', '/data'],
    ['/data/12345', '/data'],
    ['/constructor', ''],
  ])('%j is kept as %j', (pointer, kept) => expect(knownPointer(pointer)).toBe(kept));

  it('is kept with its code, of at most fifty, and never with its detail', () => {
    const fault = { index: 1, pointer: '/data/x', code: 'format', detail: 'secret' };
    expect(refusalFaults([fault, { ...fault, code: 'secret' }])).toEqual([
      { index: 1, pointer: '/data', code: 'format' },
    ]);
    expect(refusalFaults(Array(100).fill(fault)).length).toBe(50);
  });
});

describe('the subject of a key', () => {
  it('is one token, and another one for every key', () => {
    const keys = ['a', 'unknown', 'a.b', 'a*', 'a>', 'a b', 'é', '', '%61', 'oauth:client'];
    const subjects = [null, ...keys].map(refusalSubject);
    expect(new Set(subjects).size).toBe(subjects.length);
    for (const subject of subjects) expect(subject).toMatch(/^refusals\.[^.*>\s]+$/);
  });
});

describe('a message of the stream', () => {
  it('is a refusal, or none', () => {
    const refusal = {
      ...{ time: '2026-01-01T00:00:00.000Z', key: null, route: 'POST /v1/events', status: 400 },
      ...{ count: 1, faults: [] },
    };
    expect(parseRefusal(JSON.stringify(refusal))).toEqual(refusal);
    expect(parseRefusal('{')).toBeUndefined();
    expect(parseRefusal('{}')).toBeUndefined();
  });
});
