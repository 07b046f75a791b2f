/** One batch of events applied to the cases they are about. Pure: all that is stored was read before. */
import { parseCaseEvent } from '@effectstroom/contracts';
import type {
  Batch,
  CaseStateRow,
  EventRow,
  LedgerEntry,
  Micros,
  QuarantineRow,
} from '@effectstroom/database';
import { type CaseInHand, caseRow, moveCase, quarantineChange } from './case-change.ts';
import { newCase } from './case-in-hand.ts';
import { pathOfEvent, type Side, type Step } from './change-path.ts';
import { contributionOf } from './contribution-of.ts';
import type { GroupBook } from './group-book.ts';
import type { CaseEventRecord, Resolution } from './resolve.ts';
import type { SettingsBook } from './settings-book.ts';
import { programmeKey } from './settings-version.ts';

/** An event as it came, with the numbers of its organisation and source. */
export interface Arrival extends CaseEventRecord {
  organisation: number;
  source: number;
  partition: number;
  /** By {@link identityOf} and {@link caseKeyOf}, made once. */
  identity: string;
  caseKey: string;
}

/** What is stored of the cases and identities that a batch names. */
export interface Stored {
  cases: Map<string, CaseInHand>;
  /** Content by identity. */
  identities: Map<string, string>;
}

export interface Folded {
  events: EventRow[];
  entries: LedgerEntry[];
  newCases: CaseStateRow[];
  changedCases: CaseStateRow[];
  quarantined: QuarantineRow[];
  released: Batch['released'][number][];
  /** Events that were recorded before with the same content: they change nothing. */
  repetitions: number;
}

/** Why content under a recorded identity stands in quarantine. */
export const IDENTITY_CONFLICT = {
  reason: 'identity-conflict',
  detail:
    'An event of this source and id was sent before with other content; send the change under an id of its own',
} as const;

/** Key of a case in {@link Stored}. */
export function caseKeyOf(organisation: number, caseId: string): string {
  return `${organisation} ${caseId}`;
}

/** Key of an identity in {@link Stored}. */
export function identityOf(organisation: number, source: number, id: string): string {
  return `${organisation} ${source} ${id}`;
}

/** Applies arrivals in their order. Changes `stored` as it goes. */
export function foldEvents(
  arrivals: readonly Arrival[],
  stored: Stored,
  book: SettingsBook,
  groups: GroupBook,
): Folded {
  const folded: Folded = {
    ...{
      events: [],
      entries: [],
      newCases: [],
      changedCases: [],
      quarantined: [],
      released: [],
      repetitions: 0,
    },
  };
  /** When what came first for the case became known. */
  const touched = new Map<CaseInHand, Micros>();
  for (const arrival of arrivals) {
    const { identity } = arrival;
    const content = stored.identities.get(identity);
    if (content !== undefined && saysTheSame(content, arrival.payload)) folded.repetitions++;
    else if (content !== undefined) folded.quarantined.push(identityConflict(arrival));
    else {
      stored.identities.set(identity, arrival.payload);
      folded.events.push(eventRow(arrival));
      const inHand = caseOf(arrival, stored);
      if (!touched.has(inHand)) touched.set(inHand, arrival.knownAt);
      folded.entries.push(...addEvent(arrival, inHand, book, groups));
    }
  }
  for (const [inHand, knownAt] of touched) {
    const { quarantined, released } = quarantineChange(inHand, knownAt);
    folded.quarantined.push(...quarantined);
    folded.released.push(...released);
    (inHand.stored === undefined ? folded.newCases : folded.changedCases).push(caseRow(inHand));
  }
  return folded;
}

/** Texts that an older version of ingest wrote otherwise still say the same once they are brought to one form. */
function saysTheSame(one: string, other: string): boolean {
  return one === other || oneForm(one) === oneForm(other);
}

function oneForm(payload: string): string {
  try {
    return JSON.stringify(parseCaseEvent(JSON.parse(payload)));
  } catch {
    return payload; // recorded under other rules than today's: it can only be compared as it is
  }
}

function caseOf({ organisation, partition, event, caseKey }: Arrival, { cases }: Stored): CaseInHand {
  let inHand = cases.get(caseKey);
  if (inHand === undefined) {
    inHand = newCase(organisation, event.data.caseId, partition);
    cases.set(caseKey, inHand);
  }
  return inHand;
}

function addEvent(
  arrival: Arrival,
  inHand: CaseInHand,
  book: SettingsBook,
  groups: GroupBook,
): LedgerEntry[] {
  const { number, knownAt } = arrival;
  inHand.events.add(arrival);
  const resolution = inHand.events.resolve(book);
  const path = pathTo(inHand, resolution, book, groups);
  return moveCase(inHand, resolution, path, { number, knownAt, revalued: false });
}

function pathTo(
  inHand: CaseInHand,
  { counted }: Resolution,
  book: SettingsBook,
  groups: GroupBook,
): readonly Step[] {
  // The same event under the same settings contributes the same.
  if (counted?.record.number === inHand.counted) return STAYS;
  const { organisation } = inHand;
  const contribution = counted && contributionOf(organisation, counted, groups);
  const after = contribution && counted && { contribution, counted };
  return pathOfEvent(organisation, before(inHand, book), after, groups);
}

const STAYS: readonly Step[] = [];

function before({ contribution, contributor }: CaseInHand, book: SettingsBook): Side | undefined {
  if (contribution === undefined || contributor === undefined) return undefined;
  const judgement = book.judge(contributor.event);
  if (!('reason' in judgement)) return { contribution, counted: { record: contributor, judgement } };
  const { programmeVersion, priceListVersion } = contribution;
  return {
    contribution,
    counted: { record: contributor, judgement: { valuation: undefined, programmeVersion, priceListVersion } },
  };
}

function eventRow({ organisation, number, source, event, knownAt, payload }: Arrival): EventRow {
  return { organisation, number, source, id: event.id, caseId: event.data.caseId, knownAt, payload };
}

function identityConflict({
  organisation,
  number,
  source,
  partition,
  event,
  knownAt,
  payload,
}: Arrival): QuarantineRow {
  const { caseId, date } = event.data;
  return {
    ...{ organisation, number, source, partition, knownAt, since: knownAt, payload, caseId, date },
    programme: programmeKey(event.data),
    ...IDENTITY_CONFLICT,
  };
}
