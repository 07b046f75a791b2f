/**
 * Applies settings to the worker's partitions: the version is recorded, and each case that it touches is resolved
 * again, in pages of one transaction each. A worker that dies resumes at the page it had reached.
 */
import { type QuarantineDecision, SETTINGS_TYPES, type SettingsEvent } from '@effectstroom/contracts';
import {
  encodeBatch,
  eventNumber,
  keepCursor,
  type Micros,
  movePositions,
  type Position,
  type RevaluationCursor,
  readProgrammeCases,
  recordSettings,
  recordSettingsMessage,
  type SettingsVersion,
  settingsApplied,
  writeBatch,
} from '@effectstroom/database';
import { knownAtOf, movedTo } from './apply.ts';
import { decide } from './decide.ts';
import type { Decoded } from './decode.ts';
import { REVALUATION_CASES_MAX } from './limits.ts';
import { resolveAgain, type SettingsCause } from './resolve-again.ts';
import { settingsVersion } from './settings-book.ts';
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
  const version = settingsVersion(number, message.event);
  const knownAt = behind.reduce((latest, position) => max(latest, knownAtOf(storedAt, position)), storedAt);
  const { isNew, changes } = await session.db.transaction().execute(async (tx) => {
    // A stream that is read again brings messages back that were applied before: they must not undo newer ones.
    const isNew = await recordSettingsMessage(tx, message.event.id, number);
    // A retry is a wish to look again, also where it was asked before.
    const changes = isNew && (isRetry(message.event) || !book.holds(version));
    if (changes) await recordSettings(tx, version, knownAt);
    return { isNew, changes };
  });
  if (changes) {
    book.add(version);
    await revalue(state, behind, version, storedAt);
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
  state.book.add(version);
  await revalue(state, behind, version, version.knownAt);
  await state.session.db.transaction().execute((tx) => settingsApplied(tx, behind, number));
  state.positions = state.positions.map((position) =>
    position.settings < number ? { ...position, settings: number, revaluation: undefined } : position,
  );
}

/** Resolves the cases again that the version touches, in these partitions. */
async function revalue(
  state: WorkerState,
  own: readonly Position[],
  version: SettingsVersion,
  storedAt: Micros,
): Promise<void> {
  const { log, organisations, session, book, stop } = state;
  const cause = { number: version.number, storedAt };
  if (version.kind === 'quarantine') return decide(state, own, version.body as QuarantineDecision, cause);
  let cursor = resumeAt(own, version.number);
  let shownAt = Date.now();
  for (const programme of book.touchedBy(version)) {
    if (programme < cursor.programme) continue;
    const organisation = organisationOf(programme);
    await organisations.ensure(session.db, [organisation]);
    let afterCaseId = programme === cursor.programme ? cursor.caseId : '';
    for (;;) {
      stop.throwIfAborted();
      const page = { organisation: organisations.id(organisation), programme, afterCaseId };
      const next = await revaluePage(state, own, page, cause, cursor.done);
      if (next === undefined) break;
      afterCaseId = next.caseId;
      cursor = next;
      if (Date.now() - shownAt > PROGRESS_MS) {
        shownAt = Date.now();
        log.info({ programme, casesDone: cursor.done }, 'valuing cases again');
      }
    }
  }
  log.info({ kind: version.kind, key: version.key, cases: cursor.done }, 'settings applied');
}

/** Where a worker that took this up before had come. Pages done twice change nothing. */
function resumeAt(own: readonly Position[], number: bigint): RevaluationCursor {
  const start = { number: number.toString(), programme: '', caseId: '', done: 0 };
  const cursors = own.map(({ revaluation }) => (revaluation?.number === start.number ? revaluation : start));
  return cursors.reduce(
    (least, cursor) => (comesBefore(cursor, least) ? cursor : least),
    cursors[0] ?? start,
  );
}

function comesBefore(one: RevaluationCursor, other: RevaluationCursor): boolean {
  return one.programme < other.programme || (one.programme === other.programme && one.caseId < other.caseId);
}

interface Page {
  organisation: number;
  programme: string;
  afterCaseId: string;
}

async function revaluePage(
  state: WorkerState,
  own: readonly Position[],
  page: Page,
  cause: SettingsCause,
  done: number,
): Promise<RevaluationCursor | undefined> {
  const { session } = state;
  const partitions = own.map(({ partition }) => partition);
  const limit = REVALUATION_CASES_MAX;
  const recorded = await readProgrammeCases(session.db, { ...page, partitions, limit });
  const last = recorded.at(-1);
  if (last === undefined) return undefined;
  const batch = encodeBatch(await resolveAgain(state, own, recorded, cause));
  const cursor = {
    ...{ number: cause.number.toString(), programme: page.programme },
    ...{ caseId: last.caseId, done: done + recorded.length },
  };
  await session.db.transaction().execute(async (tx) => {
    await writeBatch(tx, session.client, batch);
    await keepCursor(tx, own, cursor);
  });
  return cursor;
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
