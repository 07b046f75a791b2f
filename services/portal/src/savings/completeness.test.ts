import type { Deliveries, ExpectedSource } from '@effectstroom/contracts';
import { expect, test } from 'vitest';
import { type CompletenessInput, completenessOf } from './completeness.ts';

const REGIX = 'urn:nld:kvknr:41224547:systeem:regix';
const OTHER = 'urn:nld:kvknr:41224547:systeem:ander';
const MONTHLY = {
  source: REGIX,
  name: 'RegiX',
  rhythm: 'monthly',
  graceDays: 10,
  from: '2021-01-01',
} as const;

function missingOf(
  sources: ExpectedSource[],
  lastDelivery: Record<string, string>,
  changes: Partial<CompletenessInput> = {},
) {
  const deliveries: Deliveries = { organisation: 'meerwaarde', sources };
  const { complete, missing } = completenessOf({
    organisations: ['meerwaarde'],
    expected: new Map(sources.length === 0 ? [] : [['meerwaarde', deliveries]]),
    lastDelivery: (_organisation, source) => lastDelivery[source],
    quarantined: new Map(),
    asked: { from: '2021-01-01', to: '2021-12-31' },
    countedFrom: '2021-01-01',
    moment: new Date('2021-07-20T10:00:00Z'),
    ...changes,
  });
  expect(complete).toBe(missing.length === 0);
  return missing;
}

const delivery = (source: string, lastDelivery: string | null, due: string) => ({
  ...{ kind: 'delivery', organisation: 'meerwaarde', source, lastDelivery, due },
});
const NO_RHYTHM = { kind: 'no-rhythm', organisation: 'meerwaarde' };

test('delivered in time, too late, or never', () => {
  expect(missingOf([MONTHLY], { [REGIX]: '2021-07-02T08:00:00.000000Z' })).toEqual([]);
  const late = '2021-06-12T08:00:00.000000Z';
  expect(missingOf([MONTHLY], { [REGIX]: late })).toEqual([delivery(REGIX, late, '2021-07-10')]);
  expect(missingOf([MONTHLY], {})).toEqual([delivery(REGIX, null, '2021-07-10')]);
});

test('what comes after the deadline completes the figures all the same', () => {
  expect(missingOf([MONTHLY], { [REGIX]: '2021-07-15T08:00:00.000000Z' })).toEqual([]);
});

test('each source by itself', () => {
  const sources = [MONTHLY, { ...MONTHLY, source: OTHER, rhythm: 'yearly', from: '2020-01-01' } as const];
  expect(missingOf(sources, { [REGIX]: '2021-07-02T08:00:00.000000Z' })).toEqual([]);
  const asked = { from: '2020-06-01', to: '2021-12-31' };
  expect(
    missingOf(sources, { [REGIX]: '2021-07-02T08:00:00.000000Z' }, { asked, countedFrom: asked.from }),
  ).toEqual([delivery(OTHER, null, '2021-01-10')]);
});

test('the day of a deadline is that of Amsterdam', () => {
  const never = (moment: string) => missingOf([MONTHLY], {}, { moment: new Date(moment) });
  expect(never('2021-02-10T22:59:59Z')).toEqual([]);
  expect(never('2021-02-10T23:00:00Z')).toEqual([delivery(REGIX, null, '2021-02-10')]);
});

test('a period that lies ahead misses nothing yet; one that is partly ahead what was due', () => {
  const asked = { from: '2022-01-01', to: '2022-12-31' };
  expect(missingOf([MONTHLY], {}, { asked, countedFrom: asked.from })).toEqual([]);
  const half = { from: '2021-06-01', to: '2022-12-31' };
  expect(missingOf([MONTHLY], {}, { asked: half, countedFrom: half.from })).toEqual([
    delivery(REGIX, null, '2021-07-10'),
  ]);
});

test('without a rhythm nobody knows what should have come', () => {
  expect(missingOf([], { [REGIX]: '2021-07-02T08:00:00.000000Z' })).toEqual([NO_RHYTHM]);
  expect(missingOf([{ ...MONTHLY, from: '2021-01-02' }], {})).toEqual([NO_RHYTHM]);
});

test('after its last day nothing is expected of a source', () => {
  const ended = { ...MONTHLY, to: '2021-03-31' };
  const asked = { from: '2021-05-01', to: '2021-12-31' };
  expect(missingOf([ended], {}, { asked, countedFrom: asked.from })).toEqual([]);
  expect(missingOf([ended], { [REGIX]: '2021-03-31T08:00:00.000000Z' })).toEqual([]);
  expect(missingOf([ended], { [REGIX]: '2021-03-30T08:00:00.000000Z' })).toMatchObject([
    { due: '2021-04-10' },
  ]);
});

test('where earlier cases still bring in, their deliveries count too', () => {
  const ended = { ...MONTHLY, to: '2021-03-31' };
  const asked = { from: '2021-05-01', to: '2021-12-31' };
  expect(missingOf([ended], {}, { asked, countedFrom: '2019-05-01' })).toMatchObject([{ due: '2021-04-10' }]);
});

test('quarantine is told of organisations, also of those without a programme', () => {
  const quarantined = new Map([
    ['meerwaarde', 3n],
    ['elders', 1n],
  ]);
  expect(missingOf([MONTHLY], { [REGIX]: '2021-07-02T08:00:00.000000Z' }, { quarantined })).toEqual([
    { kind: 'no-rhythm', organisation: 'elders' },
    { kind: 'quarantine', organisation: 'elders', events: 1 },
    { kind: 'quarantine', organisation: 'meerwaarde', events: 3 },
  ]);
});
