/** Which of the events of one revision stands for it. Pure. */
import type { CaseEvent } from '@effectstroom/contracts';
import type { CaseEventRecord } from './resolve.ts';

const NONE: readonly CaseEventRecord[] = [];

/**
 * The events of one revision. The one with the latest time wins (then the greatest source, then id, by bytes);
 * others that say the same are duplicates, others that say something else are conflicts.
 */
export class Revision {
  readonly revision: number;
  /** The first event that says what the winner says: it keeps counting when others repeat it. */
  standing: CaseEventRecord;
  #winner: CaseEventRecord;
  /** By what they say; only where there are several events. */
  #saying: Map<string, CaseEventRecord[]> | undefined;

  constructor(revision: number, record: CaseEventRecord) {
    this.revision = revision;
    this.standing = record;
    this.#winner = record;
  }

  add(record: CaseEventRecord): void {
    this.#saying ??= new Map([[contentOf(this.standing.event), [this.standing]]]);
    const content = contentOf(record.event);
    const same = this.#saying.get(content);
    if (same === undefined) this.#saying.set(content, [record]);
    else same.push(record);
    if (!comesAfter(record.event, this.#winner.event)) return;
    this.#winner = record;
    this.standing = same?.[0] ?? record;
  }

  conflicts(): readonly CaseEventRecord[] {
    if (this.#saying === undefined) return NONE;
    return [...this.#saying.values()].filter(([first]) => first !== this.standing).flat();
  }
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
