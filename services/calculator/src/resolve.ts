/**
 * Which event of a case counts. Pure: the answer depends on the set of events and the settings alone, never on
 * the order of arrival (design, section 5).
 */
import { ASSESSMENT_SOURCE, type CaseEvent } from '@effectstroom/contracts';
import type { Micros } from '@effectstroom/database';
import type { Reason, Refusal } from '@effectstroom/valuation';
import type { Judgement, SettingsBook } from './settings-book.ts';

export interface CaseEventRecord {
  number: bigint;
  /** Number of the event's source. */
  source: number;
  knownAt: Micros;
  event: CaseEvent;
  payload: string;
}

/** Why an event of a case stands in quarantine. */
export interface QuarantineReason {
  reason: Reason | 'revision-conflict' | 'dismissed';
  detail: string;
}

export interface Resolution {
  /** The event that is the case now, and what it is worth; absent while none can count. */
  counted: { record: CaseEventRecord; judgement: Judgement } | undefined;
  /** Events of higher revisions that cannot be valued. */
  refused: { record: CaseEventRecord; refusal: Refusal }[];
  /** The events that were weighed: all but the dismissed ones. */
  weighed: CaseEvents;
  /** Events that a decision keeps out, and its reason. */
  dismissed: { record: CaseEventRecord; because: string }[];
}

/** The events of one case, by revision. */
export class CaseEvents {
  /** In the order in which they became known. */
  readonly records: CaseEventRecord[] = [];
  /** Highest first. */
  readonly #revisions: Revision[] = [];

  constructor(records: readonly CaseEventRecord[]) {
    for (const record of records) this.add(record);
  }

  /** Adds an event; takes no longer when the case has many. */
  add(record: CaseEventRecord): void {
    this.records.push(record);
    const { revision } = record.event.data;
    const place = this.#placeOf(revision);
    const same = this.#revisions[place];
    if (same?.revision === revision) same.add(record);
    else this.#revisions.splice(place, 0, new Revision(revision, record));
  }

  /**
   * The highest revision that can be valued is the case; higher ones that cannot, stand in quarantine. Dismissed events
   * are left out as if they had not come.
   */
  resolve(book: SettingsBook): Resolution {
    const dismissed = this.#dismissed(book);
    if (dismissed.length === 0) return this.#weigh(book, dismissed);
    const out = new Set(dismissed.map(({ record }) => record));
    return new CaseEvents(this.records.filter((record) => !out.has(record))).#weigh(book, dismissed);
  }

  #dismissed(book: SettingsBook): Resolution['dismissed'] {
    if (!book.dismisses) return [];
    return this.records.flatMap((record) => {
      const because = book.dismissal(record.event);
      return because === undefined ? [] : [{ record, because }];
    });
  }

  #weigh(book: SettingsBook, dismissed: Resolution['dismissed']): Resolution {
    const rest = { refused: [] as Resolution['refused'], weighed: this, dismissed };
    for (const { standing } of this.#revisions) {
      const judgement = book.judge(standing.event);
      if (!('reason' in judgement)) return { counted: { record: standing, judgement }, ...rest };
      rest.refused.push({ record: standing, refusal: judgement });
    }
    return { counted: undefined, ...rest };
  }

  /**
   * The source that delivered the case: that of the event, but one that was made on the board is of the source that the
   * case first came from. Which that is never changes, so that what was counted for it can be taken back.
   */
  deliveredBy({ event, source }: CaseEventRecord): number {
    return event.source === ASSESSMENT_SOURCE ? (this.records[0]?.source ?? source) : source;
  }

  /** By number: the events whose revision says something else too, and that lost. */
  conflicts(): [number: bigint, reason: QuarantineReason][] {
    return this.#revisions.flatMap((revision) =>
      revision
        .conflicts()
        .map(({ number }): [bigint, QuarantineReason] => [number, conflictOf(revision.revision)]),
    );
  }

  /** Where the revision stands, or would. */
  #placeOf(revision: number): number {
    let low = 0;
    let high = this.#revisions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#revisions[middle]?.revision ?? 0) > revision) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * By number: the events that stand in quarantine under a resolution. Events that neither count nor stand here are
 * superseded or duplicates.
 */
export function quarantineOf({ weighed, refused, dismissed }: Resolution): Map<bigint, QuarantineReason> {
  const quarantine = new Map(weighed.conflicts());
  for (const { record, refusal } of refused) quarantine.set(record.number, refusal);
  for (const { record, because } of dismissed)
    quarantine.set(record.number, { reason: 'dismissed', detail: because });
  return quarantine;
}

const NONE: readonly CaseEventRecord[] = [];

/**
 * The events of one revision. The one with the latest time wins (then the greatest source, then id, by bytes);
 * others that say the same are duplicates, others that say something else are conflicts.
 */
class Revision {
  readonly revision: number;
  /** The first event that says what the winner says: it keeps counting when others repeat it. */
  standing: CaseEventRecord;
  #winner: CaseEvent;
  /** By what they say; only where there are several events. */
  #saying: Map<string, CaseEventRecord[]> | undefined;

  constructor(revision: number, record: CaseEventRecord) {
    this.revision = revision;
    this.standing = record;
    this.#winner = record.event;
  }

  add(record: CaseEventRecord): void {
    this.#saying ??= new Map([[contentOf(this.standing.event), [this.standing]]]);
    const content = contentOf(record.event);
    const same = this.#saying.get(content);
    if (same === undefined) this.#saying.set(content, [record]);
    else same.push(record);
    if (!comesAfter(record.event, this.#winner)) return;
    this.#winner = record.event;
    this.standing = same?.[0] ?? record;
  }

  conflicts(): readonly CaseEventRecord[] {
    if (this.#saying === undefined) return NONE;
    return [...this.#saying.values()].filter(([first]) => first !== this.standing).flat();
  }
}

function conflictOf(revision: number): QuarantineReason {
  const detail = `Revision ${revision} was also sent with another type or data, logged later: send a higher revision`;
  return { reason: 'revision-conflict', detail };
}

function contentOf(event: CaseEvent): string {
  return `${event.type}\n${JSON.stringify(event.data)}`;
}

function comesAfter(one: CaseEvent, other: CaseEvent): boolean {
  const byTime = compareBytes(one.time.slice(0, -1), other.time.slice(0, -1)); // without Z a fraction sorts after
  return (byTime || compareBytes(one.source, other.source) || compareBytes(one.id, other.id)) > 0;
}

function compareBytes(one: string, other: string): number {
  return one === other ? 0 : Buffer.compare(Buffer.from(one), Buffer.from(other));
}
