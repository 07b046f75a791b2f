/**
 * Applies settings to the worker's partitions: the version is recorded, and each case that it touches is resolved
 * again, in pages of one transaction each. A worker that dies resumes at the page it had reached.
 */
import { type QuarantineDecision, SETTINGS_TYPES, type SettingsEvent } from '@effectstroom/contracts';
import {
  eventNumber,
  keepCursor,
  type Micros,
  movePositions,
  type Position,
  type RevaluationCursor,
  readLineGroupsOf,
  recordClosing,
  recordSettings,
  recordSettingsMessage,
  type SettingsVersion,
  settingsApplied,
} from '@effectstroom/database';
import { knownAtOf, movedTo } from './apply.ts';
import { decide } from './decide.ts';
import type { Decoded } from './decode.ts';
import { eraseCase, keepOut } from './erasures/erase-case.ts';
import { preparePage, writePage } from './revalue-page.ts';
import { changedServices, changeOf, DECISION_CHANGE } from './settings-change.ts';
import { settingsVersion } from './settings-version.ts';
import { needsUpgrade } from './upgrade.ts';
import type { WorkerState } from './worker-state.ts';

export type SettingsMessage = Extract<Decoded, { kind: 'settings' }>;

const PROGRESS_MS = 5_000;

/** Applies a settings message of the stream and moves the worker's positions past it. */
export async function applySettings(state: WorkerState, message: SettingsMessage): Promise<void> {
  const { session, epoch, book } = state;
  const { sequence, storedAt } = message;
  const behind = state.positions.filter((position) => position.sequence < sequence);
  if (behind.length === 0) return;
  const number = eventNumber({ epoch, sequence, index: 0 });
  const version = settingsVersion(number, message.event, state.stream.partitions);
  const knownAt = behind.reduce((latest, position) => max(latest, knownAtOf(storedAt, position)), storedAt);
  const { isNew, changes } = await session.db.transaction().execute(async (tx) => {
    // A stream that is read again brings messages back that were applied before: they must not undo newer ones.
    const isNew = await recordSettingsMessage(tx, message.event.id, number);
    // A retry is a wish to look again, also where it was asked before.
    const isIdle = book.holds(version) || book.isOfNothing(version);
    const changes = isNew && (isRetry(message.event) || !isIdle);
    if (!changes) return { isNew, changes };
    await recordSettings(tx, version, knownAt);
    // Until all that it touches is valued, totals are between two states, and readers must know.
    await keepCursor(tx, notBegun(behind, number), startOf(number));
    const { type, data } = message.event;
    if (type === SETTINGS_TYPES.closing) await recordClosing(tx, number, data);
    if (type === SETTINGS_TYPES.erasure) await keepOut(tx, state, data, { number, knownAt });
    return { isNew, changes };
  });
  if (isNew && book.isOfNothing(version))
    state.log.warn({ closing: version.key }, 'no programme of this organisation is known: nothing is closed');
  if (changes) {
    const before = book.bodyInPlaceOf(version);
    book.add(version);
    if (message.event.type === SETTINGS_TYPES.erasure)
      await eraseCase(state, behind, { version, storedAt, caseId: message.event.data.caseId });
    else await revalue(state, behind, version, before, storedAt);
  }
  const target = { sequence, storedAt, knownAt: storedAt };
  await session.db.transaction().execute(async (tx) => {
    if (isNew) await settingsApplied(tx, behind, number);
    await movePositions(tx, behind, target);
  });
  state.positions = state.positions.map((position) => {
    if (position.sequence >= sequence) return position;
    return { ...movedTo(position, target), ...(isNew ? { settings: number, revaluation: undefined } : {}) };
  });
}

/** Applies a version that is recorded but that the stream will not bring (again). */
export async function applyRecorded(
  state: WorkerState,
  version: SettingsVersion & { knownAt: Micros },
): Promise<void> {
  const { number } = version;
  const behind = state.positions.filter(({ settings }) => settings < number);
  const before = state.book.bodyInPlaceOf(version);
  state.book.add(version);
  await revalue(state, behind, version, before, version.knownAt);
  await state.session.db.transaction().execute((tx) => settingsApplied(tx, behind, number));
  state.positions = state.positions.map((position) =>
    position.settings < number ? { ...position, settings: number, revaluation: undefined } : position,
  );
}

/** Resolves the cases again that the version touches, in these partitions; `before` is the body that it replaces. */
async function revalue(
  state: WorkerState,
  own: readonly Position[],
  version: SettingsVersion,
  before: unknown,
  storedAt: Micros,
): Promise<void> {
  const { log, organisations, session, book, groups, stop } = state;
  const { number } = version;
  // The record does not name the case.
  if (version.kind === 'erasure') return eraseCase(state, own, { version, storedAt, caseId: undefined });
  if (version.kind === 'quarantine') {
    const cause = { number, storedAt, change: DECISION_CHANGE };
    return decide(state, own, version.body as QuarantineDecision, cause);
  }
  const cause = { number, storedAt, change: changeOf(version, before, book, groups) };
  const services = version.kind === 'price-list' ? changedServices(before, version.body) : undefined;
  let cursor = resumeAt(own, version.number);
  let shownAt = Date.now();
  for (const programme of book.touchedBy(version)) {
    if (programme < cursor.programme) continue;
    const organisation = organisationOf(programme);
    await organisations.ensure(session.db, [organisation]);
    const afterCaseId = programme === cursor.programme ? cursor.caseId : '';
    const id = organisations.id(organisation);
    const page = { organisation: id, programme, lineGroups: await touchedLineGroups(state, id, services) };
    // While PostgreSQL writes a page, the next one is read and worked out.
    let preparing = preparePage(state, own, { ...page, afterCaseId }, cause);
    for (;;) {
      stop.throwIfAborted();
      const prepared = await preparing;
      if (prepared === undefined) break;
      const { lastCaseId, cases } = prepared;
      preparing = preparePage(state, own, { ...page, afterCaseId: lastCaseId }, cause);
      preparing.catch(() => undefined); // it fails where it is awaited, or not at all
      cursor = { ...startOf(number), programme, caseId: lastCaseId, done: cursor.done + cases };
      await writePage(state, own, prepared, cursor);
      if (Date.now() - shownAt > PROGRESS_MS) {
        shownAt = Date.now();
        log.info({ programme, casesDone: cursor.done }, 'valuing cases again');
      }
    }
  }
  log.info({ kind: version.kind, key: version.key, cases: cursor.done }, 'settings applied');
}

/** The groups of lines of these services: cases without such a line stay as they are. Undefined where any case may change. */
async function touchedLineGroups(
  state: WorkerState,
  organisation: number,
  services: readonly string[] | undefined,
): Promise<number[] | undefined> {
  // Lines that an older version of the program valued do not tell their service.
  if (services === undefined || needsUpgrade(state)) return undefined;
  return readLineGroupsOf(state.reads, organisation, services);
}

/** Where a worker that took this up before had come. Pages done twice change nothing. */
function resumeAt(own: readonly Position[], number: bigint): RevaluationCursor {
  const start = startOf(number);
  const cursors = own.map(({ revaluation }) => (revaluation?.number === start.number ? revaluation : start));
  return cursors.reduce(
    (least, cursor) => (comesBefore(cursor, least) ? cursor : least),
    cursors[0] ?? start,
  );
}

function startOf(number: bigint): RevaluationCursor {
  return { number: number.toString(), programme: '', caseId: '', done: 0 };
}

function notBegun(positions: readonly Position[], number: bigint): Position[] {
  return positions.filter(({ revaluation }) => revaluation?.number !== number.toString());
}

function comesBefore(one: RevaluationCursor, other: RevaluationCursor): boolean {
  return one.programme < other.programme || (one.programme === other.programme && one.caseId < other.caseId);
}

function isRetry({ type, data }: SettingsEvent): boolean {
  return type === SETTINGS_TYPES.quarantine && data.decision === 'retry';
}

function organisationOf(programme: string): string {
  return programme.split('/')[1] ?? '';
}

function max(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}
