/** From a resolution to what must be written: ledger entries, quarantine, the case's new state. */
import { CASE_TYPES, type CaseEvent } from '@effectstroom/contracts';
import {
  type Batch,
  type CaseStateRow,
  type Contribution,
  type LedgerEntry,
  type Micros,
  type QuarantineRow,
  sameContribution,
} from '@effectstroom/database';
import { type Step, stepsThatMove } from './change-path.ts';
import {
  type CaseEventRecord,
  type CaseEvents,
  quarantineOf,
  type Resolution,
  type Weighing,
} from './resolve.ts';
import { programmeKey } from './settings-version.ts';

/** A case in the hands of the worker: what is stored of it, with its events parsed. */
export interface CaseInHand {
  organisation: number;
  caseId: string;
  partition: number;
  events: CaseEvents;
  /** Of its events as they are; undefined for a case that nothing was added to. */
  resolution: Weighing | undefined;
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

/**
 * Brings the case in hand to its resolution, by a path that ends at its contribution now.
 * @returns the ledger entries for it, a pair for each part of the change: none where the contribution stays as it is.
 * Where settings are the cause, the groups of all contributions must have their ids.
 */
export function moveCase(
  inHand: CaseInHand,
  resolution: Resolution,
  path: readonly Step[],
  cause: Cause,
): LedgerEntry[] {
  const counted = resolution.counted?.record;
  const { contribution: before, contributor, organisation, events } = inHand;
  inHand.counted = counted?.number;
  inHand.state = counted && stateOf(counted.event);
  inHand.programme = counted && programmeKey(counted.event.data);
  // Not what the counted event is worth, which takes more memory than the rest of the case.
  const { refused, weighed, dismissed } = resolution;
  inHand.resolution = { refused, weighed, dismissed };
  const steps = cause.revalued ? stepsOf(before, path) : path;
  const last = steps.at(-1);
  if (last === undefined || (before === undefined && last.to === undefined)) return [];
  inHand.contribution = last.to;
  inHand.contributor = last.to && counted;
  const entries: LedgerEntry[] = [];
  const moving = { organisation, cause, events, contributors: [contributor, counted] };
  let from = before;
  for (const { part, to } of steps) {
    if (from !== undefined) entries.push(entryOf(moving, part, -1, from));
    if (to !== undefined) entries.push(entryOf(moving, part, 1, to));
    from = to;
  }
  return entries;
}

/** A page of cases that is done twice, after a crash, changes nothing the second time: not even part by part. */
function stepsOf(before: Contribution | undefined, path: readonly Step[]): readonly Step[] {
  const after = path.at(-1)?.to;
  const isDone =
    before !== undefined &&
    after !== undefined &&
    before.programmeVersion === after.programmeVersion &&
    before.priceListVersion === after.priceListVersion &&
    sameContribution(before, after);
  return isDone ? [] : stepsThatMove(before, path);
}

interface Moving {
  organisation: number;
  cause: Cause;
  events: CaseEvents;
  /** The events of the contributions before and after. */
  contributors: readonly (CaseEventRecord | undefined)[];
}

function entryOf(
  { organisation, cause: { number: cause, knownAt, revalued }, events, contributors }: Moving,
  part: LedgerEntry['part'],
  sign: LedgerEntry['sign'],
  contribution: Contribution,
): LedgerEntry {
  const contributor = contributors.find((one) => one?.number === contribution.event);
  if (contributor === undefined) throw new Error('A case contributes without an event that says so');
  const { municipality, residentKey: resident } = contributor.event.data;
  const source = events.deliveredBy(contributor);
  return { organisation, knownAt, cause, revalued, part, sign, contribution, source, municipality, resident };
}

const NO_CHANGE: Pick<Batch, 'quarantined' | 'released'> = { quarantined: [], released: [] };
const NOTHING_STORED: Quarantine = new Map();

/**
 * How the quarantine table must change for the case.
 * @param at when the change became known; an event that came later is there since it came
 */
export function quarantineChange(inHand: CaseInHand, at: Micros): Pick<Batch, 'quarantined' | 'released'> {
  const { organisation, caseId, partition, events, resolution } = inHand;
  if (resolution === undefined) return NO_CHANGE;
  const stored: Quarantine = inHand.stored ?? NOTHING_STORED;
  const now = quarantineOf(resolution);
  if (stored.size === 0 && now.size === 0) return NO_CHANGE;
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
