import { readFileSync } from 'node:fs';
import { ASSESSMENT_SOURCE, LIMITS } from '@effectstroom/contracts';
import { ProblemError } from '@effectstroom/runtime';
import { describe, expect, it } from 'vitest';
import type { EventMode } from './event-mode.ts';
import { parseEvents } from './parse.ts';
import { residentKeyHash } from './resident-key.ts';

const examples = new URL('../../../packages/contracts/examples/', import.meta.url);
const example = JSON.parse(readFileSync(new URL('case-registered.json', examples), 'utf8'));
const hashResidentKey = residentKeyHash({ version: 1, secret: Buffer.alloc(32, 7) });

function parse(mode: EventMode, body: unknown, headers: Record<string, string[]> = {}) {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return parseEvents(bytes, { mode, headers, today: '2026-01-01', hashResidentKey });
}

function refusal(mode: EventMode, body: unknown, headers: Record<string, string[]> = {}) {
  try {
    parse(mode, body, headers);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const errors = (error.extensions['errors'] ?? []) as { index?: number; pointer: string; code: string }[];
    return [error.status, ...errors.map(({ index, pointer, code }) => `${index ?? '-'} ${code} ${pointer}`)];
  }
  return [];
}

function withData(change: Record<string, unknown>) {
  return { ...example, data: { ...example.data, ...change } };
}

describe('parseEvents', () => {
  it('takes one event, and a batch in its order', () => {
    const batch = [example, withData({ caseId: 'c-2' }), example];
    expect(parse('single', example).map(({ line }) => JSON.parse(line).data.caseId)).toEqual(['c-000124']);
    expect(parse('batch', batch).map(({ event }) => event.data.caseId)).toEqual([
      'c-000124',
      'c-2',
      'c-000124',
    ]);
  });

  it('replaces resident keys by the same hash everywhere', () => {
    const keys = parse('batch', [
      withData({ residentKey: 'resident-key-of-one' }),
      withData({ residentKey: 'resident-key-of-one', organisation: 'ander' }),
      withData({ residentKey: 'resident-key-of-two' }),
    ]).map(({ event, line }) => {
      expect(line).not.toContain('resident-key-of');
      return event.data.residentKey;
    });
    expect(keys[0]).toMatch(/^rk1:[\w-]{43}$/);
    expect(keys[1]).toBe(keys[0]);
    expect(keys[2]).not.toBe(keys[0]);
  });

  it('keeps what was hashed already in assessments, and lets nobody else write a hash', () => {
    const residentKey = `rk1:${'x'.repeat(43)}`;
    const keyOf = (data: object, source: string = example.source) =>
      parse('single', { ...withData({ ...data }), source })[0]?.event.data.residentKey;
    expect(keyOf({ residentKey }, ASSESSMENT_SOURCE)).toBe(residentKey);
    expect(keyOf({ residentKey })).toBe(hashResidentKey(residentKey));
    const plain = { residentKey: 'resident-key-of-one' };
    expect(keyOf(plain, ASSESSMENT_SOURCE)).toBe(keyOf(plain));
  });

  it('names the faults of all events, with their place', () => {
    const text = JSON.stringify(withData({ theme: '?' })).replace('"id"', '"id":"x","id"');
    expect(refusal('batch', `[${JSON.stringify(example)},${text},{"type":1}]`).slice(0, 4)).toEqual([
      400,
      '1 duplicate-member /id',
      '1 format /data/theme',
      '2 required /specversion',
    ]);
  });

  it.each<[string, EventMode, unknown, unknown[]]>([
    ['no JSON', 'single', '{', [400, '- not-well-formed ']],
    ['nothing', 'batch', '', [400, '- not-well-formed ']],
    ['one event as a batch', 'batch', example, [400, '- type ']],
    ['a batch as one event', 'single', [example], [400, '0 type ']],
    ['an empty batch', 'batch', [], [400, '- length ']],
    ['501 events', 'batch', Array(501).fill(0), [413]],
    ['a batch in a batch', 'batch', [[example]], [400, '0 type ']],
  ])('refuses %s', (_, mode, body, refused) => {
    expect(refusal(mode, body)).toEqual(refused);
  });

  it('refuses an event that is too large, though each part is allowed', () => {
    const extensions = Object.fromEntries([...Array(32).keys()].map((i) => [`x${i}`, 'é'.repeat(1024)]));
    expect(refusal('single', { ...example, ...extensions })).toEqual([400, '0 length ']);
  });

  it('names a bounded number of faults', () => {
    const line = Object.fromEntries([...Array(300).keys()].map((i) => [`f${i}`, 0]));
    const event = { ...example, type: 'nl.effectstroom.case.assessed' };
    const events = Array(2).fill({ ...event, data: { ...event.data, avoided: Array(20).fill(line) } });
    const faults = refusal('batch', events);
    expect(faults.length).toBe(LIMITS.faults + 2);
    expect(faults.at(-1)).toBe('- too-many-faults ');
  });
});

describe('binary mode', () => {
  const { data, ...attributes } = example;
  const headers = {
    'content-type': ['application/json'],
    ...Object.fromEntries(
      Object.entries(attributes)
        .filter(([name]) => name !== 'datacontenttype')
        .map(([name, value]) => [`ce-${name}`, [String(value)]]),
    ),
  };

  it('makes the same event as structured mode', () => {
    expect(parse('binary', data, headers)).toEqual(parse('single', example));
  });

  it('decodes what headers cannot hold', () => {
    const [one] = parse('binary', data, {
      ...headers,
      'ce-subject': ['Caf%C3%A9'],
      'ce-ext': ['"a \\"b\\" c"'],
    });
    expect(one?.event).toMatchObject({
      subject: 'Café',
      ext: 'a "b" c',
      datacontenttype: 'application/json',
    });
  });

  it.each<[string, Record<string, string[]>, unknown[]]>([
    ['a header given twice', { 'ce-id': ['a', 'b'] }, [400, '0 duplicate-member /id']],
    ['no id', { 'ce-id': [] }, [400, '0 format /id']],
    [
      'a content type of its own',
      { 'ce-datacontenttype': ['text/xml'] },
      [400, '0 not-allowed /datacontenttype'],
    ],
    ['data in a header', { 'ce-data': ['{}'] }, [400, '0 not-allowed /data']],
    ['data in base64', { 'ce-data_base64': ['e30='] }, [400, '0 not-allowed /data_base64']],
    ['a broken escape', { 'ce-subject': ['%C3'] }, [400, '0 format /subject']],
    ['raw bytes', { 'ce-subject': ['é'] }, [400, '0 format /subject']],
    [
      'an attribute that does not exist',
      { 'ce-trace-parent': ['a'] },
      [400, '0 unknown-field /trace-parent'],
    ],
    ['a BSN', { 'ce-subject': ['%31%32%33456782'] }, [400, '0 bsn /subject']],
    ['a BSN in a name', { 'ce-123456782': ['x'] }, [400, '0 bsn ']],
  ])('refuses %s', (_, change, refused) => {
    expect(refusal('binary', data, { ...headers, ...change })).toEqual(refused);
  });

  it('points into the data', () => {
    expect(refusal('binary', '{"theme":"a","theme":"?"}', headers).slice(0, 3)).toEqual([
      400,
      '0 duplicate-member /data/theme',
      '0 required /data/municipality',
    ]);
  });
});
