import { hash } from 'node:crypto';
import {
  CASE_TYPES,
  type CaseEvent,
  type CaseType,
  caseText,
  checkCaseEvent,
  type Fault,
  LIMITS,
} from '@effectstroom/contracts';
import { caseMessages } from '../messages.ts';
import { type AcceptedEvent, isTooLarge } from '../parse.ts';
import type { Publisher } from '../publish.ts';
import type { HashResidentKey } from '../resident-key.ts';
import type { Delivered, DeliveredCase, DeliveredCases } from './delivered-cases.ts';
import { inTransaction } from './store.ts';

/** A case as it now is in the system it comes from. */
export interface CaseToDeliver {
  organisation: string;
  source: string;
  caseId: string;
  type: CaseType;
  /** `data` of the event; organisation, caseId and revision in it count for nothing. */
  data: Record<string, unknown>;
  /** Where the system has revisions of its own. */
  revision?: number;
}

/** What became of a case. The faults point from the event's root and name no value. */
export type Outcome =
  | { status: 'accepted'; event: CaseEvent }
  | { status: 'unchanged'; event: CaseEvent }
  | { status: 'refused'; faults: Fault[] };

/** What cases are delivered with. */
export interface DeliveryContext {
  delivered: DeliveredCases;
  publisher: Pick<Publisher, 'partitions' | 'publish'>;
  hashResidentKey: HashResidentKey;
  /** Milliseconds since 1970; the same when a delivery is tried again: then its events are the same. */
  moment: number;
  /** Civil date in Europe/Amsterdam. */
  today: string;
  /** Nothing is published, nor kept. */
  dryRun: boolean;
  /** Code of the mapping that the cases were read with. */
  mapping?: string;
}

/**
 * Publishes those of at most 500 cases that differ from what was published before, and keeps what it
 * published: a case that did not change is not sent again. First JetStream has them, then they are kept; what
 * is tried again after a crash in between, with the same moment, gives the same events.
 *
 * `alongside` is called in the transaction that keeps them; in a dry run in one of its own. Throws a problem,
 * 503, where JetStream does not acknowledge in time: nothing is kept then.
 */
export async function deliverCases(
  context: DeliveryContext,
  cases: readonly CaseToDeliver[],
  alongside: (outcomes: readonly Outcome[]) => void = () => {},
): Promise<Outcome[]> {
  const { outcomes, accepted, changes } = judgeCases(context, cases);
  await publishAccepted(context, accepted);
  keepChanges(context, changes, () => alongside(outcomes));
  return outcomes;
}

/** What a delivery will publish and keep. */
export interface Judged {
  /** In the order of the cases. */
  outcomes: Outcome[];
  accepted: AcceptedEvent[];
  changes: DeliveredCase[];
}

/** Checks cases and tells which of them changed. Nothing is published or kept yet. */
export function judgeCases(context: DeliveryContext, cases: readonly CaseToDeliver[]): Judged {
  if (cases.length > LIMITS.eventsPerRequest) throw new Error('too many cases in one delivery');
  const judged: Judged = { outcomes: [], accepted: [], changes: [] };
  const { delivered } = context;
  const keys = cases.map(({ organisation, source, caseId }) => {
    return { origin: delivered.originOf(organisation, source), caseId };
  });
  const found = delivered.find(keys);
  const before: Before = new Map();
  for (const [at, one] of cases.entries()) {
    const origin = keys[at]?.origin ?? 0;
    const key = `${origin} ${one.caseId}`;
    const known = before.get(key) ?? found[at] ?? [];
    const { outcome, line, change } = judgeCase(context, one, origin, known);
    judged.outcomes.push(outcome);
    if (outcome.status !== 'accepted' || line === undefined || change === undefined) continue;
    before.set(key, change.given === null ? [change] : [change, ...known]);
    judged.accepted.push({ event: outcome.event, line });
    judged.changes.push(change);
  }
  return judged;
}

/** Publishes what is accepted; a dry run does not. Throws a problem, 503, as `Publisher` does. */
export async function publishAccepted(
  { publisher, dryRun }: DeliveryContext,
  accepted: readonly AcceptedEvent[],
): Promise<void> {
  if (dryRun || accepted.length === 0) return;
  const { partitions } = publisher;
  await publisher.publish(caseMessages(accepted, partitions), partitions);
}

/** Keeps what was published, in one transaction with `alongside`; a dry run keeps nothing of it. */
export function keepChanges(
  { delivered, dryRun }: DeliveryContext,
  changes: readonly DeliveredCase[],
  alongside: () => void,
): void {
  inTransaction(delivered.db, () => {
    if (!dryRun) for (const change of changes) delivered.keep(change);
    alongside();
  });
}

/** What was published of cases that stand in this delivery several times, this delivery included. */
type Before = Map<string, Delivered[]>;

/** One case; `line` and `change` where it is accepted. */
interface JudgedCase {
  outcome: Outcome;
  line?: string;
  change?: DeliveredCase;
}

function judgeCase(
  context: DeliveryContext,
  one: CaseToDeliver,
  origin: number,
  known: readonly Delivered[],
): JudgedCase {
  const { organisation, source, caseId, type, revision } = one;
  const data = { ...one.data, organisation, caseId, revision: revision ?? 0 };
  const time = new Date(context.moment).toISOString();
  const sent = { specversion: '1.0', id: 'not-known-yet', source, type, time, data };
  const { event, faults } = checkCaseEvent(sent, { today: context.today, lookForBsn: true });
  if (faults !== undefined) return { outcome: { status: 'refused', faults } };
  if (event.data.residentKey !== undefined) {
    event.data.residentKey = context.hashResidentKey(event.data.residentKey);
  }
  const content = hash('sha256', `${type}\n${JSON.stringify(event.data)}`, 'buffer').subarray(0, 16);
  const same = unchanged(known, content, revision);
  event.data.revision = same?.revision ?? revisionOf(known, revision, context);
  if (same !== undefined) return { outcome: { status: 'unchanged', event } };
  event.id = eventId([organisation, source, caseId, event.data.revision, content.toString('hex')], context);
  const line = caseText(event);
  if (isTooLarge(line)) {
    const detail = `must be at most ${LIMITS.eventBytes} bytes`;
    return { outcome: { status: 'refused', faults: [{ pointer: '', code: 'length', detail }] } };
  }
  const change: DeliveredCase = {
    ...{ origin, caseId, revision: event.data.revision, given: revision ?? null, hash: content },
    place: context.delivered.placeOf(event.data.municipality, event.data.programme),
    isWithdrawn: type === CASE_TYPES.withdrawn,
    ...(context.mapping !== undefined && { mapping: context.mapping }),
  };
  return { outcome: { status: 'accepted', event }, line, change };
}

/** What was published already with this content; undefined where it is to be published. */
function unchanged(
  known: readonly Delivered[],
  content: Buffer,
  given: number | undefined,
): Delivered | undefined {
  const last = given === undefined ? known[0] : known.find((one) => one.given === given);
  if (last === undefined || !content.equals(last.hash)) return undefined;
  // We withdrew the case ourselves, and now the system has it again.
  if (known.some((one) => one.given === null && one.revision > last.revision)) return undefined;
  return last;
}

/**
 * The revision of an event: the one that the system gave; without one the moment, above all that was
 * published.
 * Where a revision of our own stands above the given one, those that follow go above it too.
 */
function revisionOf(
  known: readonly Delivered[],
  given: number | undefined,
  { moment }: DeliveryContext,
): number {
  const above = (known[0]?.revision ?? -1) + 1;
  if (given === undefined) return Math.max(moment, above);
  const isPassed = known.some((one) => one.revision >= given && (one.given === null || one.given < given));
  return isPassed ? above : given;
}

/** Letters instead of digits: no run of digits in an id can ever be taken for a number of a person. */
const LETTERS = 'ghijklmnop';

/** The same case, content and moment give the same id. */
function eventId(parts: readonly (string | number)[], { moment }: DeliveryContext): string {
  const digest = hash('sha256', [...parts, moment].join('\n'), 'base64url');
  return digest.replace(/\d/g, (digit) => LETTERS.charAt(Number(digit)));
}
