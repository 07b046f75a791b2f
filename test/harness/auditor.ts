/**
 * The contract's rules about events (design §5), written afresh from its text to check the product with: from
 * the set of accepted events and the newest settings to what must count and what must stand in quarantine.
 * Nothing of the product is imported.
 */
import { scaled } from '../scenarios/auditor.ts';
import { type AuditedCase, auditedCase, reasonsAgainst } from './audited-case.ts';
import { type Book, type SentEvent, TYPES } from './sent.ts';

/** An event that must stand in quarantine. */
export interface Quarantined {
  /** Its identity; of several events that say the same, one stands there for all. */
  oneOf: string[];
  /** It may have several faults, and the contract does not say which is named. */
  reasons: Set<string>;
}

export interface Audit {
  cases: AuditedCase[];
  /** Distinct identities. */
  events: number;
  quarantine: Quarantined[];
  /** Other contents that came after the first of their identity, each once, by identity. */
  identityConflicts: Map<string, number>;
}

export function identityOf({ source, id, data }: SentEvent): string {
  return `${data.organisation} ${source} ${id}`;
}

/** @param accepted in an order in which the first of each identity comes first; else the order is free */
export function audit(accepted: readonly SentEvent[], book: Book): Audit {
  const recorded = new Map<string, SentEvent>();
  const others = new Map<string, Set<string>>();
  for (const event of accepted) {
    const identity = identityOf(event);
    const first = recorded.get(identity);
    if (first === undefined) recorded.set(identity, event);
    else if (contentOf(first) !== contentOf(event)) {
      const contents = others.get(identity) ?? new Set();
      others.set(identity, contents.add(contentOf(event)));
    }
  }
  const quarantine: Quarantined[] = [];
  const open = [...recorded].filter(([identity]) => !book.dismissed.has(identity)).map(([, event]) => event);
  for (const identity of recorded.keys())
    if (book.dismissed.has(identity)) quarantine.push({ oneOf: [identity], reasons: new Set(['dismissed']) });
  const ofCase = Map.groupBy(open, ({ data }) => `${data.organisation} ${data.caseId}`);
  const cases = [...ofCase.values()].flatMap((events) => settle(events, book, quarantine));
  const identityConflicts = new Map([...others].map(([identity, contents]) => [identity, contents.size]));
  return { cases, events: recorded.size, quarantine, identityConflicts };
}

/** The highest revision that can be valued is the case; nothing where that is withdrawn or there is none. */
function settle(events: SentEvent[], book: Book, quarantine: Quarantined[]): AuditedCase[] {
  const revisions = Map.groupBy(events, ({ data }) => data.revision);
  let counted: SentEvent | undefined;
  for (const revision of [...revisions.keys()].sort((one, other) => other - one)) {
    const same = revisions.get(revision) ?? [];
    const winner = same.reduce((best, event) => (isLater(event, best) ? event : best));
    const [alike, others] = [true, false].map((wanted) =>
      same.filter((event) => (saidBy(event) === saidBy(winner)) === wanted).map(identityOf),
    );
    for (const identity of others ?? [])
      quarantine.push({ oneOf: [identity], reasons: new Set(['revision-conflict']) });
    if (counted !== undefined) continue;
    const reasons = reasonsAgainst(winner, book);
    if (reasons.size === 0) counted = winner;
    else quarantine.push({ oneOf: alike ?? [], reasons });
  }
  return counted === undefined || counted.type === TYPES.withdrawn ? [] : [auditedCase(counted, book)];
}

/** The latest time, then the greatest source, then id, by bytes. */
function isLater(one: SentEvent, other: SentEvent): boolean {
  const byTime = Date.parse(one.time) - Date.parse(other.time);
  const bytes = (left: string, right: string) => Buffer.compare(Buffer.from(left), Buffer.from(right));
  return (byTime || bytes(one.source, other.source) || bytes(one.id, other.id)) > 0;
}

/** The whole event in one form, defaults filled. */
function contentOf(event: SentEvent): string {
  return JSON.stringify([identityOf(event), Date.parse(event.time), saidBy(event)]);
}

/** Type and data in one form, defaults filled. */
function saidBy({ type, data }: SentEvent): string {
  const { avoided, cost, ...rest } = data;
  const filled = { programme: 'main', ...rest };
  if (type !== TYPES.assessed) return ordered({ type, ...filled });
  const lines = (avoided ?? []).map(({ amount, quantity, ...line }) => ({
    ...{ recurrence: 'one-off', deadweight: 0, displacement: 0, dropOff: 0 },
    ...line,
    price: amount === undefined ? scaled(quantity ?? '1', 4).toString() : scaled(amount, 2).toString(),
  }));
  const all = { type, similarCases: 1, ...filled, cost: scaled(cost ?? '0', 2).toString() };
  return ordered({ ...all, avoided: lines.map(ordered) });
}

function ordered(members: object): string {
  return JSON.stringify(Object.entries(members).sort(([one], [other]) => (one < other ? -1 : 1)));
}
