/**
 * Which event of a case counts. Pure: the answer depends on the set of events and the settings alone, never on
 * the order of arrival (design, section 5).
 */
import type { CaseEvent } from '@effectstroom/contracts';
import type { Micros } from '@effectstroom/database';
import type { Reason, Refusal } from '@effectstroom/valuation';
import type { Judgement, SettingsBook } from './settings-book.ts';

export interface CaseEventRecord {
  number: bigint;
  knownAt: Micros;
  event: CaseEvent;
  payload: string;
}

/** Why an event stands in quarantine. */
export interface QuarantineReason {
  reason: Reason | 'revision-conflict' | 'identity-conflict';
  detail: string;
}

export interface Resolution {
  /** The event that is the case now, and what it is worth; absent while none can count. */
  counted: { record: CaseEventRecord; judgement: Judgement } | undefined;
  /** By number of the event. Events that neither count nor stand here are superseded or duplicates. */
  quarantine: Map<bigint, QuarantineReason>;
}

/**
 * The highest revision that can be valued is the case; higher ones that cannot, stand in quarantine. Within a
 * revision the event with the latest time counts (then the greatest source, then id, by bytes); others with the
 * same data are duplicates, others with other data stand in quarantine as conflicts.
 */
export function resolveCase(records: readonly CaseEventRecord[], book: SettingsBook): Resolution {
  const quarantine = new Map<bigint, QuarantineReason>();
  let counted: Resolution['counted'];
  for (const revision of byRevisionDescending(records)) {
    const standing = settleRevision(revision, quarantine);
    if (counted !== undefined) continue;
    const judgement = book.judge(standing.event);
    if (isRefusal(judgement)) quarantine.set(standing.number, judgement);
    else counted = { record: standing, judgement };
  }
  return { counted, quarantine };
}

function isRefusal(judged: Judgement | Refusal): judged is Refusal {
  return 'reason' in judged;
}

function byRevisionDescending(records: readonly CaseEventRecord[]): CaseEventRecord[][] {
  const [only] = records;
  if (records.length === 1 && only !== undefined) return [[only]];
  const revisions = new Map<number, CaseEventRecord[]>();
  for (const record of records) {
    const { revision } = record.event.data;
    const same = revisions.get(revision);
    if (same === undefined) revisions.set(revision, [record]);
    else same.push(record);
  }
  return [...revisions].sort(([one], [other]) => other - one).map(([, same]) => same);
}

/** The event that stands for a revision; the conflicts go into quarantine. */
function settleRevision(
  records: readonly CaseEventRecord[],
  quarantine: Map<bigint, QuarantineReason>,
): CaseEventRecord {
  const [first, ...others] = records;
  if (first === undefined) throw new Error('A revision has at least one event');
  if (others.length === 0) return first;
  const winner = others.reduce(
    (best, record) => (comesAfter(record.event, best.event) ? record : best),
    first,
  );
  const said = contentOf(winner.event);
  let standing = winner;
  for (const record of records) {
    if (contentOf(record.event) !== said) {
      quarantine.set(record.number, {
        reason: 'revision-conflict',
        detail: `Revision ${record.event.data.revision} was sent with other data, logged later; send a higher revision`,
      });
    } else if (record.number < standing.number) standing = record; // the first that said so keeps counting
  }
  return standing;
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
