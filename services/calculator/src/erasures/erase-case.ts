/** Erases one case: its contribution is reversed, and everything that names it goes, in one transaction. */
import type { Erasure, ErasureRecord } from '@effectstroom/contracts';
import {
  type Batch,
  completeErasure,
  type Database,
  type ErasedIdentity,
  type ErasureCorrection,
  encodeBatch,
  findErasedCase,
  type LedgerEntry,
  type Micros,
  type Position,
  readCaseQuarantine,
  readCases,
  recordErasure,
  removeTraces,
  type SettingsVersion,
  writeBatch,
} from '@effectstroom/database';
import type { Transaction } from 'kysely';
import { knownAtOf } from '../apply.ts';
import { type CaseInHand, moveCase } from '../case-change.ts';
import { takeUpCase } from '../case-in-hand.ts';
import { keepClosingLines } from '../closings/keep-closing-lines.ts';
import { CaseEvents, type Resolution } from '../resolve.ts';
import type { WorkerState } from '../worker-state.ts';
import { KEPT_OUT } from './erased-cases.ts';

/** Records that a case is erased, in the transaction that records the version: it is kept out from here on. */
export async function keepOut(
  tx: Transaction<Database>,
  { organisations, erased }: WorkerState,
  { organisation, caseId, erasure }: Erasure,
  { number, knownAt }: { number: bigint; knownAt: Micros },
): Promise<void> {
  await organisations.ensure(tx, [organisation]);
  const hash = erased.hashOf(organisation, caseId);
  const id = organisations.id(organisation);
  if (await recordErasure(tx, { id: erasure, organisation: id, number, knownAt, hash }))
    erased.add({ organisation, hash, erasure, number, until: knownAt + KEPT_OUT });
}

/** What of an erasure the worker needs. */
export interface ErasureToDo {
  version: SettingsVersion;
  storedAt: Micros;
  /** From the message; undefined where only the record is left, which does not name it. */
  caseId: string | undefined;
}

/** Erases the case where it lies in one of the worker's partitions `own`. A second time it changes nothing. */
export async function eraseCase(
  state: WorkerState,
  own: readonly Position[],
  { version: { number, body }, storedAt, caseId: named }: ErasureToDo,
): Promise<void> {
  const { session, organisations, erased, log } = state;
  const { organisation: organisationCode, erasure: id, partition } = body as ErasureRecord;
  const position = own.find((one) => one.partition === partition);
  if (position === undefined) return;
  await organisations.ensure(session.db, [organisationCode]);
  const organisation = organisations.id(organisationCode);
  const caseId = named ?? (await findErasedCase(session.db, { organisation, organisationCode, id }));
  const knownAt = knownAtOf(storedAt, position);
  const isLetGo =
    caseId === undefined
      ? await session.db
          .transaction()
          .execute((tx) => completeErasure(tx, id, NOTHING_REMOVED, correctionOf([])))
      : await erase(state, { organisation, organisationCode, caseId, id, number, knownAt });
  if (isLetGo) erased.letGo({ organisation: organisationCode, erasure: id });
  log.info({ erasure: id }, 'case erased');
}

interface Target {
  organisation: number;
  organisationCode: string;
  caseId: string;
  /** Of the erasure. */
  id: string;
  number: bigint;
  knownAt: Micros;
}

/** @returns whether nothing was found, and nothing is kept out */
async function erase({ session }: WorkerState, target: Target): Promise<boolean> {
  const { organisation, organisationCode, caseId, id, number, knownAt } = target;
  const key = { organisation, caseId };
  const [recorded] = await readCases(session.db, [key]);
  const quarantine = await readCaseQuarantine(session.db, key);
  const inHand = recorded && takeUpCase(recorded);
  const records = inHand?.events.records ?? [];
  const events = records.map((record) => record.number);
  const entries = inHand === undefined ? [] : reversal(inHand, { number, knownAt });
  const batch: Batch = {
    ...{ events: [], newCases: [], changedCases: [], quarantined: [], unreadable: [], entries },
    released: quarantine.map(({ number }) => ({ organisation, number, knownAt })),
  };
  const identities: ErasedIdentity[] = [
    ...records.map(({ event: { source, id } }) => ({ source, id, isConflict: false })),
    ...quarantine.flatMap(({ payload }) => (payload === null ? [] : [identityOfConflict(payload)])),
  ];
  const dates = [...new Set(records.flatMap(({ event }) => event.data.date ?? []))];
  const encoded = encodeBatch(batch);
  return session.db.transaction().execute(async (tx) => {
    await writeBatch(tx, session.client, encoded);
    const closingLines = await keepClosingLines(tx, organisation, events);
    const traces = { organisation, organisationCode, caseId, events, dates, identities };
    const removed = await removeTraces(tx, traces);
    const counts = { events: events.length, quarantined: quarantine.length, closingLines, later: 0 };
    return completeErasure(tx, id, { ...removed, ...counts }, correctionOf(entries));
  });
}

const NOTHING_LEFT: Resolution = {
  counted: undefined,
  refused: [],
  weighed: new CaseEvents([]),
  dismissed: [],
};

const NOTHING_REMOVED = {
  ...{ events: 0, quarantined: 0, decisions: 0, unreadable: 0, residents: 0, ledgerEntries: 0 },
  ...{ closingLines: 0, later: 0 },
};

/** The entries that end what the case contributes; they name no resident any more. */
function reversal(inHand: CaseInHand, cause: { number: bigint; knownAt: Micros }): LedgerEntry[] {
  const path = [{ part: 'erasure', to: undefined }] as const;
  const entries = moveCase(inHand, NOTHING_LEFT, path, { ...cause, revalued: true });
  return entries.map((entry) => ({ ...entry, resident: undefined }));
}

function correctionOf(entries: readonly LedgerEntry[]): ErasureCorrection {
  const correction = { registered: 0, assessed: 0, represented: 0 };
  let gross = 0n;
  let corrected = 0n;
  for (const { sign, contribution } of entries) {
    const { assessed, similarCases, factor, lines } = contribution;
    correction.registered += sign;
    if (assessed) correction.assessed += sign;
    correction.represented += sign * similarCases;
    const value = lines.reduce((sum, { amount }) => sum + amount, 0n) * BigInt(sign * similarCases);
    gross += value;
    corrected += value * BigInt(factor);
  }
  return { ...correction, gross: gross.toString(), corrected: corrected.toString() };
}

function identityOfConflict(payload: string): ErasedIdentity {
  const { source, id } = JSON.parse(payload) as { source: string; id: string };
  return { source, id, isConflict: true };
}
