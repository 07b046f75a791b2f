/** Why a case contributes something else: each part of a change is told apart, and the last ends where it is now. */
import { type CaseEvent, checkPriceList, checkProgramme, parseCaseEvent } from '@effectstroom/contracts';
import type { CaseGroup, Contribution, LedgerPart, LineGroup } from '@effectstroom/database';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathOfEvent, pathOfSettings, type Side, type Step, stepsThatMove } from './change-path.ts';
import { contributionOf } from './contribution-of.ts';
import type { GroupBook } from './group-book.ts';
import { SettingsBook } from './settings-book.ts';
import { changeOf } from './settings-change.ts';

const ADDRESS = { municipality: 'GM0394', organisation: 'meerwaarde', programme: 'main' };

function programme(changes: object = {}) {
  const checked = checkProgramme(ADDRESS, {
    name: 'Test',
    method: 'preventiecalculator',
    correctionFactors: [
      { from: '2020-01-01', factor: '0.9' },
      { from: '2022-01-01', factor: '0.8' },
    ],
    priceList: 'prices',
    themes: [
      { code: '1', name: 'Een' },
      { code: '2', name: 'Twee' },
    ],
    costBearers: [
      { code: 'gemeente', name: 'Gemeente', municipal: true },
      { code: 'zorg', name: 'Zorg', municipal: false },
    ],
    ...changes,
  });
  if (checked.settings === undefined) throw new Error(JSON.stringify(checked.faults));
  return { number: 1n, kind: 'programme' as const, key: 'GM0394/meerwaarde/main', body: checked.settings };
}

function prices(price: string, code = 'prices') {
  const item = (service: string, price: string) => ({
    ...{ service, name: service, unit: 'uur', price, costBearer: 'gemeente' },
  });
  const editions = [
    { from: '2000-01-01', items: [item('hulp', price), item('dag', '80.00')] },
    { from: '2021-07-01', items: [item('hulp', '77.70'), item('dag', '88.00')] },
  ];
  const checked = checkPriceList(code, { name: 'Prijzen', editions });
  if (checked.settings === undefined) throw new Error(JSON.stringify(checked.faults));
  return { number: 2n, kind: 'price-list' as const, key: code, body: checked.settings };
}

const BOOK = new SettingsBook([programme(), prices('12.50')]);

/** The same group for the same dimensions. */
function groupBook(): GroupBook {
  const ids = new Map<string, CaseGroup & LineGroup>();
  const group = (names: readonly string[], of: object) => {
    const key = JSON.stringify(
      names.map((name) => [name, String((of as Record<string, unknown>)[name] ?? '')]),
    );
    let known = ids.get(key);
    if (known === undefined) {
      known = { id: ids.size + 1, themeGroup: { id: ids.size + 1 } };
      ids.set(key, known);
    }
    return known;
  };
  return {
    caseGroup: (_, of) => group(['municipality', 'programme', 'theme', 'team'], of),
    lineGroup: (_, of) =>
      group(['costBearer', 'municipal', 'recurrence', 'effect', 'cashable', 'service', 'price'], of),
  };
}

const GROUPS = groupBook();
const LINE = { service: 'hulp', quantity: '10', likelihood: 'probable', contribution: 'certain' };

function event(revision: number, changes: object = {}): CaseEvent {
  const data = { ...ADDRESS, caseId: 'c-1', revision, date: '2021-03-17', theme: '1', avoided: [LINE] };
  return parseCaseEvent({
    ...{
      specversion: '1.0',
      id: `e${revision}`,
      source: 'urn:nld:kvknr:41224547',
      time: '2021-03-18T00:00:00Z',
    },
    ...{ type: 'nl.effectstroom.case.assessed', data: { ...data, ...changes } },
  });
}

function side(event: CaseEvent, book = BOOK): Side {
  const judgement = book.judge(event);
  if ('reason' in judgement) throw new Error(judgement.detail);
  const number = BigInt(event.data.revision);
  const counted = { record: { number, source: 1, knownAt: number, event, payload: '' }, judgement };
  const contribution = contributionOf(1, counted, GROUPS);
  if (contribution === undefined) throw new Error('A withdrawn case has no side');
  return { contribution, counted };
}

function corrected(contribution: Contribution | undefined): bigint {
  const { lines = [], factor = 0, similarCases = 0 } = contribution ?? {};
  return lines.reduce((sum, { amount }) => sum + amount * BigInt(factor * similarCases), 0n);
}

/** What each part of a path moves. */
function partsOf(before: Contribution | undefined, path: readonly Step[]): [LedgerPart, bigint][] {
  let from = before;
  return path.map(({ part, to }) => {
    const moved = corrected(to) - corrected(from);
    from = to;
    return [part, moved];
  });
}

const names = (path: readonly Step[]) => path.map(({ part }) => part);

describe('what an event changes', () => {
  const first = side(event(1));
  const path = (changes: object) => pathOfEvent(1, first, side(event(2, changes)), GROUPS);

  it.each([
    ['new', undefined, first],
    ['withdrawn', first, undefined],
  ])('of a case that starts or stops to count: %s', (part, before, after) => {
    expect(names(pathOfEvent(1, before, after, GROUPS))).toEqual([part]);
  });

  it.each<[string, LedgerPart[], object]>([
    ['quantity', ['quantity'], { avoided: [{ ...LINE, quantity: '12' }] }],
    ['likelihood', ['percentage'], { avoided: [{ ...LINE, likelihood: 'certain' }] }],
    ['drop-off', ['percentage'], { avoided: [{ ...LINE, dropOff: 5 }] }],
    [
      'quantity and deadweight',
      ['quantity', 'percentage'],
      { avoided: [{ ...LINE, quantity: '1', deadweight: 9 }] },
    ],
    ['another service', ['corrected'], { avoided: [{ ...LINE, service: 'dag' }] }],
    ['one line more', ['corrected'], { avoided: [LINE, LINE] }],
    ['similar cases', ['corrected'], { similarCases: 3 }],
    ['another theme', ['corrected'], { theme: '2' }],
    ['nothing', ['corrected'], {}],
    ['a later day at another price', ['price', 'corrected'], { date: '2021-08-01' }],
    ['a later day at another price and factor', ['price', 'factor', 'corrected'], { date: '2022-02-01' }],
    [
      'everything at once',
      ['price', 'quantity', 'percentage', 'factor', 'corrected'],
      { date: '2022-02-01', theme: '2', avoided: [{ ...LINE, quantity: '3', likelihood: 35 }, LINE] },
    ],
  ])('%s', (_, parts, changes) => {
    expect(names(path(changes))).toEqual(parts);
  });

  it('an assessment of a registered case is new', () => {
    const { municipality, organisation, programme, caseId, revision, date, theme } = event(1).data;
    const registered = parseCaseEvent({
      ...event(1),
      type: 'nl.effectstroom.case.registered',
      data: { municipality, organisation, programme, caseId, revision, date, theme },
    });
    expect(names(pathOfEvent(1, side(registered), first, GROUPS))).toEqual(['new']);
  });

  it('tells in euros what each ingredient does, in the order price, quantity, percentages, factor', () => {
    const avoided = [{ ...LINE, quantity: '12', likelihood: 'certain' }];
    const moved = partsOf(first.contribution, path({ avoided, date: '2021-08-01' }));
    // 12.50 × 10 × 0.7; 77.70 × 10 × 0.7; 77.70 × 12 × 0.7; 77.70 × 12; all × 0.9
    expect(moved).toEqual([
      ['price', 41_076_000_0000n * 10n],
      ['quantity', 9_790_200_0000n * 10n],
      ['percentage', 25_174_800_0000n * 10n],
      ['corrected', 0n],
    ]);
  });

  it('ends where the case is now, whatever changed', () => {
    const line = fc.record({
      service: fc.constantFrom('hulp', 'dag'),
      quantity: fc.constantFrom('1', '2.5', '26'),
      likelihood: fc.constantFrom('certain', 'probable', 'possible', 12),
      contribution: fc.constantFrom('certain', 'possible', 99),
      dropOff: fc.constantFrom(0, 33),
      recurrence: fc.constantFrom('one-off', 'yearly'),
    });
    const anyCase = fc.record({
      date: fc.constantFrom('2021-03-17', '2021-08-01', '2022-02-01'),
      theme: fc.constantFrom('1', '2'),
      similarCases: fc.constantFrom(1, 12),
      avoided: fc.array(line, { minLength: 1, maxLength: 3 }),
    });
    fc.assert(
      fc.property(anyCase, anyCase, (one, other) => {
        const [before, after] = [side(event(1, one)), side(event(2, other))];
        const steps = pathOfEvent(1, before, after, GROUPS);
        expect(steps.at(-1)?.to).toBe(after.contribution);
        for (const { to } of steps.slice(0, -1)) expect(to?.event).toBe(1n);
        expect(new Set(names(steps)).size).toBe(steps.length);
      }),
    );
  });
});

describe('what settings change', () => {
  const before = side(event(1));

  function path(version: ReturnType<typeof programme | typeof prices>): Step[] {
    const versions = [programme(), prices('12.50'), prices('13.00', 'other'), prices('12.50', 'same')];
    const newer = new SettingsBook([...versions, version]);
    const replaced = new SettingsBook(versions).bodyInPlaceOf(version);
    const after = side(event(1), newer);
    const change = changeOf(version, replaced, newer, GROUPS);
    const whole = pathOfSettings(1, before.contribution, after.contribution, after.counted, change);
    const steps = stepsThatMove(before.contribution, whole);
    if (steps.length > 0) expect(steps.at(-1)?.to).toBe(after.contribution);
    return steps;
  }

  it('values a case again only for parts that the settings change', () => {
    const { priceList: _, ...plain } = programme().body;
    const before = { ...plain, correctionFactors: [{ from: '2020-01-01', factor: '0.5000' }] };
    const version = { ...programme(), body: plain };
    const change = changeOf(version, before, new SettingsBook([version]), GROUPS);
    expect(change).toMatchObject({ between: [], last: 'factor' });
  });

  it.each<[string, LedgerPart[], ReturnType<typeof programme | typeof prices>]>([
    ['a price', ['price'], prices('12.60')],
    ['another price list', ['price'], programme({ priceList: 'other' })],
    ['a factor', ['factor'], programme({ correctionFactors: [{ from: '2020-01-01', factor: '0.5' }] })],
    ['a scale', ['percentage'], programme({ scale: { certain: 100, probable: 60, possible: 30 } })],
    [
      'whose purse',
      ['settings'],
      programme({ costBearers: [{ code: 'gemeente', name: 'G', municipal: false }] }),
    ],
    [
      'a factor, and a price list with the same price',
      ['factor'],
      programme({ correctionFactors: [{ from: '2020-01-01', factor: '0.5' }], priceList: 'same' }),
    ],
    ['a name', [], programme({ name: 'Anders' })],
    ['a ceiling', [], programme({ ceilings: [{ service: 'hulp', year: 2021, amount: '1.00' }] })],
    [
      'all at once',
      ['factor', 'percentage', 'price', 'settings'],
      programme({
        ...{ correctionFactors: [{ from: '2020-01-01', factor: '0.5' }], priceList: 'other' },
        ...{ scale: { certain: 100, probable: 60, possible: 30 }, priceUncertainty: 20, name: 'Anders' },
      }),
    ],
  ])('%s', (_, parts, version) => {
    expect(names(path(version))).toEqual(parts);
  });
});
