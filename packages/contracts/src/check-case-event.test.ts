import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CASE_TYPES } from './case-event.ts';
import { caseEventSchemas } from './case-event-schema.ts';
import { checkCaseEvent, parseCaseEvent } from './check-case-event.ts';
import { FaultsError } from './fault.ts';
import { quickCheck } from './quick-check.ts';

const BSN = '123456782';
const CHECK = { today: '2021-03-18', lookForBsn: true };
const attributes = {
  specversion: '1.0',
  id: 'e-1',
  source: 'urn:nld:kvknr:41224547',
  time: '2021-03-18T09:12:44Z',
};
const key = { municipality: 'GM0394', organisation: 'meerwaarde', caseId: 'c-1', revision: 3 };
const service = { service: 'begeleiding', quantity: '26', likelihood: 'probable', contribution: 70 };
const amount = { amount: '1250.00', costBearer: 'zorgverzekeraar', recurrence: 'yearly', years: 3 };
const about = { date: '2021-03-17', theme: '3' };

type Members = Record<string, unknown>;

function assessed(data: Members = {}, event: Members = {}): Members {
  const whole = { ...key, ...about, avoided: [service, amount], ...data };
  return { ...attributes, type: CASE_TYPES.assessed, data: whole, ...event };
}
function registered(data: Members = {}): Members {
  return { ...attributes, type: CASE_TYPES.registered, data: { ...key, ...about, ...data } };
}
function withdrawn(data: Members = {}): Members {
  return { ...attributes, type: CASE_TYPES.withdrawn, data: { ...key, ...data } };
}
function withLine(line: Members): Members {
  return assessed({ avoided: [line] });
}
function faultsOf(value: unknown): string[] {
  const { faults = [] } = checkCaseEvent(value, CHECK);
  return faults.map(({ code, pointer }) => `${code} ${pointer}`);
}
function taken(value: unknown) {
  const { event, faults } = checkCaseEvent(value, CHECK);
  if (event === undefined) throw new Error(JSON.stringify(faults));
  return event;
}

describe('an event that is right', () => {
  it('gets its defaults and a fixed form', () => {
    expect(JSON.stringify(taken(assessed({ similarCases: 12, cost: 450, goal: '3.2' })).data)).toBe(
      JSON.stringify({
        ...{
          municipality: 'GM0394',
          organisation: 'meerwaarde',
          programme: 'main',
          caseId: 'c-1',
          revision: 3,
        },
        ...{ date: '2021-03-17', theme: '3', similarCases: 12, cost: '450.00' },
        avoided: [
          {
            ...{ recurrence: 'one-off', deadweight: 0, displacement: 0, dropOff: 0, service: 'begeleiding' },
            ...{ quantity: '26', likelihood: 'probable', contribution: 70 },
          },
          {
            ...{ recurrence: 'yearly', deadweight: 0, displacement: 0, dropOff: 0 },
            ...{ amount: '1250.00', costBearer: 'zorgverzekeraar', years: 3 },
          },
        ],
        goal: '3.2',
      }),
    );
  });

  it('keeps optional attributes and extensions, sorted; null means not set', () => {
    const event = taken(
      assessed({}, { zzz: 1, subject: 'x', abc: true, dataschema: null, traceparent: null }),
    );
    expect(Object.keys(event)).toEqual([
      'specversion',
      'id',
      'source',
      'type',
      'time',
      'data',
      'abc',
      'subject',
      'zzz',
    ]);
  });

  it('has the same text whatever the order of its members', () => {
    const reversed = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reversed);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, member]) => [name, reversed(member)]),
      );
    };
    const event = assessed(
      { team: 'noord', followUp: { date: '2021-03-18', outcome: 'partly' } },
      { b: 'x', a: 1 },
    );
    expect(JSON.stringify(taken(reversed(event)))).toBe(JSON.stringify(taken(event)));
  });

  it.each([
    ['a withdrawn event with little', withdrawn()],
    ['a withdrawn event with all', withdrawn({ ...about, reason: 'consent', team: 'noord' })],
    ['a date of today', registered({ date: '2021-03-18' })],
    [
      'a follow-up later than today',
      registered({ followUp: { date: '2021-09-18', outcome: 'used-anyway' } }),
    ],
    ['a service with its own cost bearer', withLine({ service: 'a', costBearer: 'b' })],
    ['an extension named constructor', assessed({}, { constructor: 'x' })],
    ['a charset', assessed({}, { datacontenttype: 'application/json; charset=UTF-8' })],
    ['the greatest revision', registered({ revision: Number.MAX_SAFE_INTEGER })],
    ['nine digits that are no BSN', registered({ caseId: '123456789' })],
    ['a fraction of seven digits', { ...registered(), time: '2021-03-18T09:12:12.3456782Z' }],
    [
      'amounts of nine digits',
      assessed({ cost: '1234567.82', avoided: [{ amount: '1234567.82', costBearer: 'b' }] }),
    ],
  ])('is taken with %s', (_, event) => {
    expect(faultsOf(event)).toEqual([]);
  });
});

describe('an event that is wrong', () => {
  it.each<[string, unknown, string[]]>([
    ['no object', [], ['type ']],
    ['null', null, ['type ']],
    ['no data', { ...registered(), data: undefined }, ['type /data']],
    ['data that is a list', { ...registered(), data: [] }, ['type /data']],
    ['an unknown type', { ...registered(), type: 'nl.effectstroom.case.closed' }, ['enum /type']],
    ['another specversion', { ...registered(), specversion: '0.3' }, ['enum /specversion']],
    ['an empty id', { ...registered(), id: '' }, ['format /id']],
    ['a long id', { ...registered(), id: 'a'.repeat(129) }, ['format /id']],
    ['a control character', { ...registered(), id: 'a\u0000' }, ['format /id']],
    ['half a character', { ...registered(), subject: '\ud83d' }, ['format /subject']],
    ['a time in words', { ...registered(), time: 'gisteren' }, ['format /time']],
    ['a time outside the years', { ...registered(), time: '0001-01-01T00:00:00+01:00' }, ['range /time']],
    ['another content type', { ...registered(), datacontenttype: 'text/xml' }, ['format /datacontenttype']],
    ['data_base64', { ...registered(), data_base64: 'e30=' }, ['not-allowed /data_base64']],
    ['an extension with a capital', { ...registered(), traceParent: 'a' }, ['unknown-field /traceParent']],
    ['a long extension name', { ...registered(), ['a'.repeat(65)]: 'a' }, ['unknown-field ']],
    ['an extension object', { ...registered(), ext: {} }, ['type /ext']],
    ['an extension number', { ...registered(), ext: 1.5 }, ['type /ext']],
    ['an extension of 33 bits', { ...registered(), ext: 2 ** 31 }, ['range /ext']],
    ['a long extension', { ...registered(), ext: 'a'.repeat(1025) }, ['format /ext']],
    ['a field too many', registered({ name: 'Jan' }), ['unknown-field /data/name']],
    [
      'fields of an assessment',
      registered({ cost: '1.00', similarCases: 1, avoided: [] }),
      ['not-allowed /data/cost', 'not-allowed /data/similarCases', 'not-allowed /data/avoided'],
    ],
    ['a reason without withdrawal', assessed({ reason: 'error' }), ['not-allowed /data/reason']],
    ['null for a field', registered({ goal: null }), ['type /data/goal']],
    ['a date in the future', registered({ date: '2021-03-19' }), ['future-date /data/date']],
    ['a date that does not exist', registered({ date: '2021-02-29' }), ['format /data/date']],
    ['a negative revision', registered({ revision: -1 }), ['range /data/revision']],
    ['a broken revision', registered({ revision: 1.5 }), ['type /data/revision']],
    ['a revision past 2^53', registered({ revision: 2 ** 53 }), ['range /data/revision']],
    ['a revision as text', registered({ revision: '3' }), ['type /data/revision']],
    ['no lines', assessed({ avoided: [] }), ['length /data/avoided']],
    ['fifty-one lines', assessed({ avoided: Array(51).fill(service) }), ['length /data/avoided']],
    ['a line that is text', assessed({ avoided: ['x'] }), ['type /data/avoided/0']],
    ['similarCases of none', assessed({ similarCases: 0 }), ['range /data/similarCases']],
    [
      'an outcome',
      registered({ followUp: { date: '2021-03-01', outcome: 'x', by: 'y' } }),
      ['enum /data/followUp/outcome', 'unknown-field /data/followUp/by'],
    ],
    ['a short resident key', registered({ residentKey: 'a'.repeat(15) }), ['format /data/residentKey']],
    ['neither service nor amount', withLine({ likelihood: 1 }), ['required /data/avoided/0/service']],
    [
      'service and amount',
      withLine({ ...service, amount: '1.00', costBearer: 'a' }),
      ['not-allowed /data/avoided/0/amount'],
    ],
    ['an amount without cost bearer', withLine({ amount: '1.00' }), ['required /data/avoided/0/costBearer']],
    [
      'an amount with quantity',
      withLine({ amount: '1.00', costBearer: 'a', quantity: '1' }),
      ['not-allowed /data/avoided/0/quantity'],
    ],
    ['years of a one-off', withLine({ ...service, years: 2 }), ['not-allowed /data/avoided/0/years']],
    [
      'years past forty',
      withLine({ ...service, recurrence: 'yearly', years: 41 }),
      ['range /data/avoided/0/years'],
    ],
    [
      'money with three decimals',
      withLine({ amount: 1.005, costBearer: 'a' }),
      ['range /data/avoided/0/amount'],
    ],
    ['money as true', withLine({ amount: true, costBearer: 'a' }), ['type /data/avoided/0/amount']],
    [
      'a prototype',
      JSON.parse(`{"__proto__":1,${JSON.stringify(registered()).slice(1)}`),
      ['unknown-field /__proto__'],
    ],
    ['a name to escape', registered({ 'a/b~c': 1 }), ['unknown-field /data/a~1b~0c']],
  ])('is refused with %s', (_, event, faults) => {
    expect(faultsOf(event)).toEqual(faults);
  });

  it('has all its faults named at once', () => {
    const event = {
      type: CASE_TYPES.assessed,
      data: { revision: -1, avoided: [{ amount: 'x', years: 0 }], foo: 1 },
    };
    expect(faultsOf(event).sort()).toEqual(
      [
        ...['specversion', 'id', 'source', 'time'].map((name) => `required /${name}`),
        ...['municipality', 'organisation', 'caseId', 'date', 'theme'].map(
          (name) => `required /data/${name}`,
        ),
        ...['range /data/revision', 'format /data/avoided/0/amount', 'range /data/avoided/0/years'],
        ...['required /data/avoided/0/costBearer', 'unknown-field /data/foo'],
      ].sort(),
    );
  });

  it('of an unknown type still has its other faults named', () => {
    expect(faultsOf({ ...registered({ theme: '?', avoided: [{}], foo: 1 }), type: 'x' })).toEqual([
      ...['enum /type', 'format /data/theme', 'unknown-field /data/foo', 'required /data/avoided/0/service'],
    ]);
  });
});

describe('a citizen service number', () => {
  it.each<[string, unknown, string[]]>([
    ['the id', { ...registered(), id: BSN }, ['bsn /id']],
    ['the source', { ...registered(), source: `urn:nld:bsn:${BSN}` }, ['bsn /source']],
    ['the time', { ...registered(), time: `2021-03-18T09:12:44.${BSN}Z` }, ['bsn /time']],
    ['the subject', { ...registered(), subject: '1234.56.782' }, ['bsn /subject']],
    ['an extension', { ...registered(), amount: BSN }, ['bsn /amount']],
    ['the name of an extension', { ...registered(), [BSN]: 'x' }, ['bsn ']],
    ['a case id', registered({ caseId: `c-${BSN}` }), ['bsn /data/caseId']],
    ['a theme', registered({ theme: BSN }), ['bsn /data/theme']],
    ['a team', registered({ team: BSN }), ['bsn /data/team']],
    ['a resident key', registered({ residentKey: `resident-${BSN}` }), ['bsn /data/residentKey']],
    ['a cost bearer', withLine({ amount: '1', costBearer: BSN }), ['bsn /data/avoided/0/costBearer']],
    ['an unknown field', registered({ note: `bsn ${BSN}` }), ['unknown-field /data/note', 'bsn /data/note']],
    ['an unknown name', registered({ [BSN]: 1 }), ['unknown-field /data', 'bsn /data']],
  ])('is refused in %s, and not repeated', (_, event, faults) => {
    expect(faultsOf(event)).toEqual(faults);
    expect(JSON.stringify(checkCaseEvent(event, CHECK))).not.toContain(BSN);
  });
});

describe('parseCaseEvent', () => {
  it('reads back what was kept, also with hashed resident keys', () => {
    const event = taken(registered({ residentKey: 'a-resident-key-of-one' }));
    const kept = { ...event, data: { ...event.data, residentKey: `rk1:${BSN}${'a'.repeat(34)}` } };
    expect(parseCaseEvent(kept)).toEqual(kept);
  });

  it('throws the faults, without values', () => {
    expect(() => parseCaseEvent(registered({ theme: '?!' }))).toThrow(
      new FaultsError([]).constructor as never,
    );
    expect(() => parseCaseEvent(registered({ theme: '?!' }))).toThrow(/^format at \/data\/theme$/);
  });
});

describe('quickCheck', () => {
  const values = fc.oneof(
    fc.constantFrom<unknown>(
      '',
      'a',
      '3',
      'GM0394',
      '2021-03-17',
      'certain',
      'yearly',
      '1.00',
      'x'.repeat(130),
      '?',
    ),
    fc.constantFrom<unknown>(
      0,
      1,
      -1,
      1.5,
      70,
      101,
      2 ** 53,
      true,
      null,
      [],
      {},
      [service],
      [{ ...service, x: 1 }],
    ),
  );
  const changes = (...names: [string, ...string[]]) =>
    fc.dictionary(fc.constantFrom(...names), values, { maxKeys: 1, noNullPrototype: false });
  const events = fc
    .tuple(
      fc.constantFrom(assessed(), registered(), withdrawn()),
      changes('id', 'source', 'time', 'subject', 'ext', 'dataschema', 'data'),
      changes('municipality', 'caseId', 'revision', 'date', 'goal', 'cost', 'avoided', 'reason', 'foo'),
      changes('service', 'quantity', 'likelihood', 'amount', 'costBearer', 'recurrence', 'years', 'foo'),
    )
    .map(([event, attribute, field, line]): Members & { type: unknown } => {
      const data = { ...(event['data'] as Members), ...field };
      const lines = Object.keys(line).length > 0 ? { avoided: [service, { ...amount, ...line }] } : {};
      return { type: '', ...event, data: { ...data, ...lines }, ...attribute };
    });

  it('answers as zod does', () => {
    const checks = Object.entries(caseEventSchemas).map(([type, schema]) => ({
      type,
      schema,
      quick: quickCheck<unknown>(schema),
    }));
    let right = 0;
    fc.assert(
      fc.property(events, (event) => {
        for (const { schema, quick } of checks) {
          const { success } = schema.safeParse(event);
          expect(quick(event)).toBe(success);
          if (success) right++;
        }
      }),
      { numRuns: 3000 },
    );
    expect(right).toBeGreaterThan(100);
  });
});
