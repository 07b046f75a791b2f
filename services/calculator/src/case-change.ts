/** From a resolution to what must be written: ledger entries, quarantine, the case's new state. */
import { CASE_TYPES, type CaseEvent } from '@effectstroom/contracts';
import {
  type Batch,
  type CaseStateRow,
  type Contribution,
  type ContributionLine,
  type LedgerEntry,
  type Micros,
  type QuarantineRow,
  sameContribution,
} from '@effectstroom/database';
import type { GroupBook } from './group-book.ts';
import { type CaseEventRecord, type CaseEvents, quarantineOf, type Resolution } from './resolve.ts';
import { type Judgement, programmeKey } from './settings-book.ts';

/** A case in the hands of the worker: what is stored of it, with its events parsed. */
export interface CaseInHand {
  organisation: number;
  caseId: string;
  partition: number;
  events: CaseEvents;
  /** Of its events as they are; undefined for a case that nothing was added to. */
  resolution: Resolution | undefined;
  counted: bigint | undefined;
  state: CaseStateRow['state'];
  programme: string | undefined;
  contribution: Contribution | undefined;
  /** The event of the contribution. */
  contributor: CaseEventRecord | undefined;
  /** What stands in quarantine in the database; undefined for a case that is new. */
  stored: Quarantine | undefined;
}

/** By number of the event. */
export type Quarantine = ReadonlyMap<bigint, { reason: string; detail: string }>;

/** Who made a change, and when it became known. */
export interface Cause {
  number: bigint;
  knownAt: Micros;
  revalued: boolean;
}

const NOTHING: Contribution['lines'] = [];

/** What the counted event contributes; undefined for a withdrawn case. */
export function contributionOf(
  organisation: number,
  { record, judgement }: { record: CaseEventRecord; judgement: Judgement },
  groups: GroupBook,
): Contribution | undefined {
  const { event, number } = record;
  if (event.type === CASE_TYPES.withdrawn) return undefined;
  const { valuation, programmeVersion, priceListVersion } = judgement;
  const { data } = event;
  return {
    event: number,
    group: groups.caseGroup(organisation, data),
    date: data.date,
    assessed: valuation !== undefined,
    similarCases: 'similarCases' in data ? data.similarCases : 0,
    cost: valuation?.cost ?? 0n,
    factor: valuation?.factor ?? 10_000,
    programmeVersion,
    priceListVersion,
    lines: valuation === undefined ? NOTHING : mergedLines(organisation, valuation.lines, groups),
  };
}

/** Lines of one group and year are added up: the ledger keeps one amount for them. */
function mergedLines(
  organisation: number,
  lines: NonNullable<Judgement['valuation']>['lines'],
  groups: GroupBook,
): ContributionLine[] {
  const merged: { group: ContributionLine['group']; year: number; amount: bigint }[] = [];
  for (const line of lines) {
    const group = groups.lineGroup(organisation, line);
    line.values.forEach((amount, year) => {
      const same = merged.find((entry) => entry.group === group && entry.year === year);
      if (same === undefined) merged.push({ group, year, amount });
      else same.amount += amount;
    });
  }
  return merged;
}

/**
 * Brings the case in hand to its resolution.
 * @returns the ledger entries for it: none where the contribution stays as it is. Where settings are the cause,
 * the groups of both contributions must have their ids.
 */
export function moveCase(
  inHand: CaseInHand,
  resolution: Resolution,
  contribution: Contribution | undefined,
  cause: Cause,
): LedgerEntry[] {
  const counted = resolution.counted?.record;
  inHand.counted = counted?.number;
  inHand.state = counted && stateOf(counted.event);
  inHand.programme = counted && programmeKey(counted.event.data);
  inHand.resolution = resolution;
  const before = inHand.contribution;
  const contributor = inHand.contributor;
  if (
    before === contribution ||
    (before && contribution && cause.revalued && sameContribution(before, contribution))
  )
    return [];
  inHand.contribution = contribution;
  inHand.contributor = contribution && counted;
  const { number, knownAt, revalued } = cause;
  const entry = { organisation: inHand.organisation, knownAt, cause: number, revalued };
  const entries: LedgerEntry[] = [];
  if (before !== undefined) entries.push(entryOf(entry, -1, before, contributor));
  if (contribution !== undefined) entries.push(entryOf(entry, 1, contribution, counted));
  return entries;
}

function entryOf(
  entry: Pick<LedgerEntry, 'organisation' | 'knownAt' | 'cause' | 'revalued'>,
  sign: LedgerEntry['sign'],
  contribution: Contribution,
  contributor: CaseEventRecord | undefined,
): LedgerEntry {
  if (contributor === undefined) throw new Error('A case contributes without an event that says so');
  const { source, event } = contributor;
  return { ...entry, sign, contribution, source, municipality: event.data.municipality };
}

/**
 * How the quarantine table must change for the case.
 * @param at when the change became known; an event that came later is there since it came
 */
export function quarantineChange(inHand: CaseInHand, at: Micros): Pick<Batch, 'quarantined' | 'released'> {
  const { organisation, caseId, partition, events, resolution } = inHand;
  if (resolution === undefined) return { quarantined: [], released: [] };
  const stored: Quarantine = inHand.stored ?? new Map();
  const now = quarantineOf(resolution);
  const stays = (number: bigint) =>
    now.get(number)?.reason === stored.get(number)?.reason &&
    now.get(number)?.detail === stored.get(number)?.detail;
  const released = [...stored.keys()]
    .filter((number) => !stays(number))
    .map((number) => ({ organisation, number, knownAt: at }));
  const quarantined: QuarantineRow[] = [];
  for (const { number, source, knownAt, event } of now.size === 0 ? [] : events.records) {
    const reason = now.get(number);
    if (reason === undefined || stays(number)) continue;
    const { date } = event.data;
    const programme = programmeKey(event.data);
    quarantined.push({
      ...{ organisation, number, ...reason, caseId, partition, programme, knownAt, source, date },
      since: knownAt > at ? knownAt : at,
    });
  }
  return { quarantined, released };
}

/** The row of the case as it is now. */
export function caseRow(inHand: CaseInHand): CaseStateRow {
  const { organisation, caseId, partition, counted, state, programme, contribution } = inHand;
  const events = inHand.events.records.map(({ number }) => number);
  return { organisation, caseId, partition, events, counted, state, programme, contribution };
}

function stateOf(event: CaseEvent): CaseStateRow['state'] {
  switch (event.type) {
    case CASE_TYPES.registered:
      return 'registered';
    case CASE_TYPES.assessed:
      return 'assessed';
    case CASE_TYPES.withdrawn:
      return 'withdrawn';
  }
}
