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
import { addEvent } from './add-event.ts';
import { type CaseInHand, caseRow, quarantineChange } from './case-change.ts';
import { newCase } from './case-in-hand.ts';
import type { GroupBook } from './group-book.ts';
import type { CaseEventRecord } from './resolve.ts';
import type { SettingsBook } from './settings-book.ts';
import { programmeKey } from './settings-version.ts';

/** An event as it came, with the numbers of its organisation and source. */
export interface Arrival extends CaseEventRecord {
  organisation: number;
  partition: number;
  /** By {@link identityOf} and {@link caseKeyOf}, made once. */
  identity: string;
  caseKey: string;
  /** The payload as it came, where that is at hand. */
  readonly bytes?: Buffer;
  /** Lets go of what can be made again. A case with one event is seldom asked for again in its batch. */
  forget?(): void;
}

/** What is stored of the cases and identities that a batch names. */
export interface Stored {
  cases: Map<string, CaseInHand>;
  /** Content by identity. */
  identities: Map<string, { readonly payload: string }>;
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
  const fold = new Fold(stored, book, groups);
  const added = fold.add(arrivals);
  const newCases: CaseStateRow[] = [];
  const changedCases: CaseStateRow[] = [];
  for (const { row, isNew } of fold.cases()) (isNew ? newCases : changedCases).push(row);
  return { ...added, newCases, changedCases, ...fold.rest() };
}

/** A batch that is folded part by part. It changes `stored` as it goes. */
export class Fold {
  readonly #stored: Stored;
  readonly #book: SettingsBook;
  readonly #groups: GroupBook;
  /** When what came first for the case became known. */
  readonly #touched = new Map<CaseInHand, Micros>();
  readonly #rest: Pick<Folded, 'quarantined' | 'released' | 'repetitions'> = {
    ...{ quarantined: [], released: [], repetitions: 0 },
  };

  constructor(stored: Stored, book: SettingsBook, groups: GroupBook) {
    this.#stored = stored;
    this.#book = book;
    this.#groups = groups;
  }

  /** Applies the next arrivals in their order. */
  add(arrivals: readonly Arrival[]): Pick<Folded, 'events' | 'entries'> {
    const { identities } = this.#stored;
    const events: EventRow[] = [];
    const entries: LedgerEntry[] = [];
    for (const arrival of arrivals) {
      const { identity } = arrival;
      const recorded = identities.get(identity);
      if (recorded !== undefined) {
        if (saysTheSame(recorded.payload, arrival.payload)) this.#rest.repetitions++;
        else this.#rest.quarantined.push(identityConflict(arrival));
        continue;
      }
      identities.set(identity, arrival);
      events.push(eventRow(arrival));
      const inHand = caseOf(arrival, this.#stored);
      if (!this.#touched.has(inHand)) this.#touched.set(inHand, arrival.knownAt);
      for (const entry of addEvent(arrival, inHand, this.#book, this.#groups)) entries.push(entry);
      if (inHand.events.records.length === 1) arrival.forget?.();
    }
    return { events, entries };
  }

  /** The cases as they are after all that was added. */
  *cases(): Generator<{ row: CaseStateRow; isNew: boolean }> {
    for (const [inHand, knownAt] of this.#touched) {
      const { quarantined, released } = quarantineChange(inHand, knownAt);
      this.#rest.quarantined.push(...quarantined);
      this.#rest.released.push(...released);
      yield { row: caseRow(inHand), isNew: inHand.stored === undefined };
    }
  }

  /** What is left to write when {@link cases} came to its end. */
  rest(): Pick<Folded, 'quarantined' | 'released' | 'repetitions'> {
    return this.#rest;
  }
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

function eventRow(arrival: Arrival): EventRow {
  const { organisation, number, source, event, knownAt } = arrival;
  const payload = arrival.bytes ?? arrival.payload;
  return { organisation, number, source, id: event.id, caseId: event.data.caseId, knownAt, payload };
}

/** The row of content that stands in quarantine for {@link IDENTITY_CONFLICT}. */
export function identityConflict({
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
