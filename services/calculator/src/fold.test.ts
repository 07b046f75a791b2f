/** Totals are a function of the set of events and the newest settings: no order, repetition or batching matters. */
import {
  type CaseEvent,
  checkPriceList,
  checkProgramme,
  parseCaseEvent,
  partitionOf,
} from '@effectstroom/contracts';
import {
  type CaseGroup,
  EntrySums,
  type LedgerEntry,
  type LineGroup,
  SourceSums,
} from '@effectstroom/database';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CaseInHand, moveCase, type Quarantine } from './case-change.ts';
import { carryOn } from './case-in-hand.ts';
import { pathOfSettings, type Step } from './change-path.ts';
import { contributionOf } from './contribution-of.ts';
import { type Arrival, caseKeyOf, foldEvents, identityOf, type Stored } from './fold.ts';
import type { GroupBook } from './group-book.ts';
import type { Resolution } from './resolve.ts';
import { SettingsBook } from './settings-book.ts';
import { changeOf } from './settings-change.ts';

const ADDRESS = { municipality: 'GM0394', organisation: 'meerwaarde', programme: 'main' };

function programme(themes: string[], factor: string) {
  const checked = checkProgramme(ADDRESS, {
    name: 'Test',
    method: 'preventiecalculator',
    correctionFactors: [{ from: '2021-01-01', factor }],
    priceList: 'prices',
    themes: themes.map((code) => ({ code, name: code, goals: [] })),
    costBearers: [{ code: 'gemeente', name: 'Gemeente', municipal: true }],
  });
  if (checked.settings === undefined) throw new Error(JSON.stringify(checked.faults));
  return { number: 1n, kind: 'programme' as const, key: 'GM0394/meerwaarde/main', body: checked.settings };
}

function prices(price: string) {
  const item = { service: 'hulp', name: 'Hulp', unit: 'uur', price, costBearer: 'gemeente' };
  const checked = checkPriceList('prices', {
    name: 'Prijzen',
    editions: [{ from: '2000-01-01', items: [item] }],
  });
  if (checked.settings === undefined) throw new Error(JSON.stringify(checked.faults));
  return { number: 2n, kind: 'price-list' as const, key: 'prices', body: checked.settings };
}

/** Gives ids at once, the same for the same dimensions. */
function groupBook(): GroupBook {
  const ids = new Map<string, CaseGroup & LineGroup>();
  const group = (key: string) => {
    let known = ids.get(key);
    if (known === undefined) {
      known = { id: ids.size + 1, themeGroup: { id: ids.size + 1 } };
      ids.set(key, known);
    }
    return known;
  };
  const named = (kind: string, organisation: number, dimensions: object, names: string[]) =>
    group(
      JSON.stringify([
        kind,
        organisation,
        ...names.map((name) => (dimensions as Record<string, unknown>)[name]),
      ]),
    );
  return {
    caseGroup: (organisation, dimensions) =>
      named('case', organisation, dimensions, ['municipality', 'programme', 'theme', 'team']),
    lineGroup: (organisation, dimensions) =>
      named('line', organisation, dimensions, ['costBearer', 'municipal', 'recurrence', 'effect']),
  };
}

const GROUPS = groupBook();

/** The path of a case to newer settings, whose programme replaced the one of `BOOK`. */
function pathUnder(newer: SettingsBook, { contribution }: CaseInHand, { counted }: Resolution): Step[] {
  const version = programme(['1', '2'], '0.8');
  const scale = [{ from: '0001-01-01', certain: 100, probable: 60, possible: 20 }];
  const before = { ...programme(['1', '2'], '0.9').body, scale };
  const change = changeOf(version, before, newer, GROUPS);
  const after = counted && contributionOf(1, counted, GROUPS);
  return pathOfSettings(1, contribution, after, counted, change);
}

const anyLine = fc.record(
  {
    service: fc.constantFrom('hulp', 'onbekend'),
    likelihood: fc.constantFrom('certain', 'probable', 50),
    contribution: fc.constantFrom('possible', 100),
    recurrence: fc.constantFrom('one-off', 'yearly'),
  },
  { requiredKeys: ['service', 'likelihood', 'contribution'] },
);

const anyEvent = fc
  .record({
    kind: fc.constantFrom('registered', 'assessed', 'assessed', 'assessed', 'withdrawn'),
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'),
    source: fc.constantFrom('urn:nld:kvknr:1', 'urn:nld:kvknr:2'),
    time: fc.constantFrom('2021-03-18T09:00:00Z', '2021-03-18T09:00:00.5Z', '2021-03-18T10:00:00Z'),
    caseId: fc.constantFrom('c-1', 'c-2', 'c-3'),
    revision: fc.nat({ max: 3 }),
    date: fc.constantFrom('2021-01-15', '2021-02-15', '2020-12-31'),
    theme: fc.constantFrom('1', '2'),
    similarCases: fc.constantFrom(1, 7),
    avoided: fc.array(anyLine, { minLength: 1, maxLength: 2 }),
  })
  .map(({ kind, id, source, time, caseId, revision, date, theme, similarCases, avoided }) => {
    const { municipality, organisation } = ADDRESS;
    const head = { municipality, organisation, caseId, revision };
    const data =
      kind === 'withdrawn'
        ? head
        : { ...head, date, theme, ...(kind === 'assessed' ? { similarCases, avoided } : {}) };
    return parseCaseEvent({
      specversion: '1.0',
      id,
      source,
      time,
      type: `nl.effectstroom.case.${kind}`,
      data,
    });
  });

/** Events of one identity each: which content of an identity counts is decided by who comes first. */
const anyEvents = fc.uniqueArray(anyEvent, {
  selector: ({ source, id }) => `${source} ${id}`,
  maxLength: 14,
});

const SOURCES = ['urn:nld:kvknr:1', 'urn:nld:kvknr:2'];

function arrivals(events: readonly CaseEvent[]): Arrival[] {
  return events.map((event, index) => ({
    ...{ number: BigInt(index + 1), knownAt: BigInt(index), event, payload: JSON.stringify(event) },
    ...{ organisation: 1, source: SOURCES.indexOf(event.source), partition: 0 },
    identity: identityOf(1, SOURCES.indexOf(event.source), event.id),
    caseKey: caseKeyOf(1, event.data.caseId),
  }));
}

function quarantineOf(inHand: CaseInHand): Quarantine {
  return carryOn(inHand).stored ?? new Map();
}

interface Outcome {
  totals: unknown;
  counted: unknown;
  quarantine: unknown;
}

/** What stands after the events, in batches of the given sizes, with what was stored carried over. */
function apply(
  events: readonly CaseEvent[],
  sizes: readonly number[],
  book: SettingsBook,
): Outcome & { stored: Stored; entries: LedgerEntry[] } {
  const stored: Stored = { cases: new Map(), identities: new Map() };
  const entries: LedgerEntry[] = [];
  const waiting = arrivals(events);
  for (let turn = 0; waiting.length > 0; turn++) {
    const batch = waiting.splice(0, sizes[turn % sizes.length] ?? 1);
    entries.push(...foldEvents(batch, stored, book, GROUPS).entries);
    for (const [key, inHand] of stored.cases) stored.cases.set(key, carryOn(inHand));
  }
  return { ...outcome(stored, entries), stored, entries };
}

function outcome(stored: Stored, entries: readonly LedgerEntry[]): Outcome {
  const sums = new EntrySums();
  for (const entry of entries) sums.add(entry);
  const cases = [...stored.cases.values()].sort((one, other) => (one.caseId < other.caseId ? -1 : 1));
  const nameOf = (inHand: CaseInHand, number: bigint | undefined) => {
    const event = inHand.events.records.find((record) => record.number === number)?.event;
    return event && [event.type, event.data];
  };
  return {
    totals: [sums.cases(), sums.savings()],
    counted: cases.map((inHand) => [inHand.caseId, nameOf(inHand, inHand.counted)]),
    quarantine: cases.map((inHand) => [
      inHand.caseId,
      ...[...quarantineOf(inHand)]
        .map(([number, { reason }]) => JSON.stringify([nameOf(inHand, number), reason]))
        .sort(),
    ]),
  };
}

const BOOK = new SettingsBook([programme(['1'], '0.9'), prices('10.00')]);

describe('a batch of events', () => {
  it('gives the same totals in any order and any batching', () => {
    fc.assert(
      fc.property(
        anyEvents.chain((events) =>
          fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
        ),
        fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 }),
        ([events, shuffled], sizes) => {
          const { totals, counted } = apply(events, [events.length || 1], BOOK);
          const other = apply(shuffled, sizes, BOOK);
          expect(other.totals).toEqual(totals);
          expect(other.counted).toEqual(counted);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('gives the same quarantine in any order, as to what stands there and why', () => {
    fc.assert(
      fc.property(
        anyEvents.chain((events) =>
          fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })),
        ),
        ([events, shuffled]) => {
          const conflictsOnce = ({ quarantine }: Outcome) => JSON.stringify(quarantine);
          expect(conflictsOnce(apply(shuffled, [3], BOOK))).toEqual(conflictsOnce(apply(events, [5], BOOK)));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('changes nothing when events are repeated, and counts the repetitions', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const once = apply(events, [4], BOOK);
        const again = foldEvents(
          arrivals(events).map((arrival) => ({ ...arrival, number: arrival.number + 1_000n })),
          once.stored,
          BOOK,
          GROUPS,
        );
        expect(again).toMatchObject({ events: [], entries: [], quarantined: [], repetitions: events.length });
      }),
    );
  });

  it('split over two calculators by case gives the same totals', () => {
    fc.assert(
      fc.property(anyEvents, (events) => {
        const mine = (partition: number) =>
          events.filter(({ data }) => partitionOf(data.organisation, data.caseId, 2) === partition);
        const sums = new EntrySums();
        for (const partition of [0, 1])
          for (const entry of apply(mine(partition), [2], BOOK).entries) sums.add(entry);
        expect([sums.cases(), sums.savings()]).toEqual(apply(events, [3], BOOK).totals);
      }),
    );
  });

  it('counts each case under the source of the event that counts for it', () => {
    const newer = new SettingsBook([programme(['2'], '0.8'), prices('12.34')]);
    fc.assert(
      fc.property(anyEvents, fc.boolean(), (events, isRevalued) => {
        const { stored, entries } = apply(events, [2, 3], BOOK);
        const cases = [...stored.cases.values()];
        if (isRevalued)
          for (const inHand of cases) {
            const resolution = inHand.events.resolve(newer);
            const cause = { number: 99n, knownAt: 99n, revalued: true };
            entries.push(...moveCase(inHand, resolution, pathUnder(newer, inHand, resolution), cause));
          }
        const sums = new SourceSums();
        for (const entry of entries) sums.add(entry);
        const counts = new Map<string, [number, number]>();
        for (const { events, counted } of cases) {
          const record = events.records.find(({ number }) => number === counted);
          if (record === undefined || record.event.type.endsWith('withdrawn')) continue;
          const key = `${record.source} ${record.event.data.date?.slice(0, 7)}-01`;
          const [registered, assessed] = counts.get(key) ?? [0, 0];
          counts.set(key, [registered + 1, assessed + (record.event.type.endsWith('assessed') ? 1 : 0)]);
        }
        expect(
          sums
            .changes()
            .map(({ source, month, ...row }) => [
              ...[`${source} ${month}`, [Number(row.registered), Number(row.assessed)]],
            ]),
        ).toEqual([...counts].sort());
      }),
      { numRuns: 1_000 },
    );
  });

  it('under newer settings gives what the same events give when the settings were there first', () => {
    const newer = new SettingsBook([programme(['1', '2'], '0.8'), prices('12.34')]);
    fc.assert(
      fc.property(anyEvents, (events) => {
        const { stored, entries } = apply(events, [3], BOOK);
        const cause = { number: 99n, knownAt: 99n, revalued: true };
        for (const inHand of stored.cases.values()) {
          const resolution = inHand.events.resolve(newer);
          entries.push(...moveCase(inHand, resolution, pathUnder(newer, inHand, resolution), cause));
          // A page that is done twice, after a crash, changes nothing, not even part by part.
          const again = moveCase(inHand, resolution, pathUnder(newer, inHand, resolution), cause);
          expect(again).toEqual([]);
        }
        const { totals, counted, quarantine } = apply(events, [3], newer);
        expect(outcome(stored, entries)).toEqual({ totals, counted, quarantine });
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('identity', () => {
  it('keeps the first content and sets other content apart', () => {
    const [event] = fc.sample(anyEvent, { numRuns: 1, seed: 7 });
    if (event === undefined) throw new Error('no sample');
    const other = { ...event, time: '2021-03-19T00:00:00Z' } as CaseEvent;
    const stored: Stored = { cases: new Map(), identities: new Map() };
    const folded = foldEvents(arrivals([event, other]), stored, BOOK, GROUPS);
    expect(folded.events).toHaveLength(1);
    expect(folded.quarantined.map(({ reason }) => reason)).toContain('identity-conflict');
  });
});
