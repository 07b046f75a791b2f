import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CASE_TYPES, WELLBEING } from './case-event.ts';
import { avoidedLineSchema, DATA_FIELDS } from './case-event-schema.ts';
import { caseText } from './case-text.ts';
import { checkCaseEvent } from './check-case-event.ts';

const slug = fc.constantFrom('meerwaarde', 'a-b-1', 'x'.repeat(64));
const code = fc.constantFrom('3', '3.2', 'A_b-c.d');
const date = fc.constantFrom('2021-03-17', '2020-02-29');
const level = fc.oneof(fc.constantFrom('certain', 'probable', 'possible'), fc.integer({ min: 0, max: 100 }));
const money = fc.constantFrom('0', '1250.5', 99_999_999.99, 0.1, 12);
/** Anything that a free text may hold, quotes and escapes too, without digits that could be somebody's number. */
const freeText = fc
  .string({ unit: fc.constantFrom('"', '\\', '/', 'a', 'é', '\u2028', '😀', ' ', ':', '-'), minLength: 16 })
  .map((text) => text.slice(0, 40).toWellFormed());
const percentage = fc.integer({ min: 0, max: 100 });

const line = {
  service: code,
  quantity: fc.constantFrom('26', '0.5', 1.25, 0.0001),
  amount: money,
  costBearer: code,
  likelihood: level,
  contribution: level,
  recurrence: fc.constantFrom('one-off', 'yearly'),
  years: fc.integer({ min: 1, max: 40 }),
  deadweight: percentage,
  displacement: percentage,
  dropOff: percentage,
  effect: slug,
  cashable: fc.constantFrom('cash', 'capacity', 'none'),
};
const { service, quantity, amount, ...ofAnyLine } = line;
const lines = fc.oneof(
  fc.record(
    { service, quantity, ...ofAnyLine, recurrence: fc.constant('yearly') },
    { requiredKeys: ['service', 'recurrence'] },
  ),
  fc.record(
    { amount, ...ofAnyLine, recurrence: fc.constant('yearly') },
    { requiredKeys: ['amount', 'costBearer', 'recurrence'] },
  ),
);

const identity = {
  municipality: fc.constant('GM0394'),
  organisation: slug,
  programme: slug,
  caseId: fc.constantFrom('c-1', 'A.b_c:d-9'),
  revision: fc.constantFrom(0, -0, 3, Number.MAX_SAFE_INTEGER),
};
const dated = { date, theme: code };
const optional = {
  goal: code,
  workType: code,
  targetGroup: slug,
  supportType: slug,
  team: slug,
  area: fc.constantFrom('WK039401', 'BU03940101'),
  wellbeing: fc.constantFrom(...WELLBEING),
  residentKey: freeText,
  followUp: fc.record({ date, outcome: fc.constantFrom('stayed-away', 'partly', 'used-anyway') }),
};
const ofAssessed = {
  similarCases: fc.integer({ min: 1, max: 100_000 }),
  cost: money,
  avoided: fc.array(lines, { minLength: 1, maxLength: 3 }),
};
const reason = fc.constantFrom('error', 'consent');
const [...needed] = ['municipality', 'organisation', 'caseId', 'revision'] as const;

const data = {
  [CASE_TYPES.registered]: fc.record(
    { ...identity, ...dated, ...optional },
    { requiredKeys: [...needed, 'date', 'theme'] },
  ),
  [CASE_TYPES.assessed]: fc.record(
    { ...identity, ...dated, ...optional, ...ofAssessed },
    { requiredKeys: [...needed, 'date', 'theme', 'avoided'] },
  ),
  [CASE_TYPES.withdrawn]: fc.record(
    { ...identity, ...dated, ...optional, reason },
    { requiredKeys: [...needed] },
  ),
};
const attributes = fc.record(
  {
    specversion: fc.constant('1.0'),
    id: freeText,
    source: fc.constantFrom('urn:nld:kvknr:41224547:systeem:x', "a?'b", '%22'),
    time: fc.constantFrom('2021-03-18T09:12:44Z', '2021-03-18t09:12:44.120+01:00'),
    datacontenttype: fc.constantFrom('application/json', 'application/json; charset="utf-8"', null),
    dataschema: fc.constant('https://example.nl/schema'),
    subject: freeText,
    x: freeText,
    n1: fc.constantFrom(1, true, null),
  },
  { requiredKeys: ['specversion', 'id', 'source', 'time'] },
);

describe('the text of a case event', () => {
  it.each(Object.values(CASE_TYPES))('is what JSON.stringify gives: %s', (type) => {
    let taken = 0;
    fc.assert(
      fc.property(attributes, data[type], (event, own) => {
        const { event: checked } = checkCaseEvent({ ...event, type, data: own }, { lookForBsn: false });
        if (checked === undefined) return;
        taken++;
        expect(caseText(checked)).toBe(JSON.stringify(checked));
      }),
      { numRuns: 1000 },
    );
    expect(taken).toBeGreaterThan(500);
  });

  it('is tried with every field that there is', () => {
    const tried = { ...identity, ...dated, ...optional, ...ofAssessed, reason };
    expect(new Set(Object.keys(tried))).toEqual(DATA_FIELDS);
    expect(Object.keys(line).sort()).toEqual(Object.keys(avoidedLineSchema.shape).sort());
  });
});
