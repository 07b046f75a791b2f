/**
 * Applies a settings message to the worker's partitions: the version is recorded, and each case that it touches
 * is resolved again, in pages of one transaction each. A worker that dies resumes at the page it had reached.
 */
import {
  eventNumber,
  keepCursor,
  movePositions,
  type Position,
  type RevaluationCursor,
  readProgrammeCases,
  recordSettings,
  recordSettingsMessage,
  writeBatch,
} from '@effectstroom/database';
import { knownAtOf, movedTo } from './apply.ts';
import { type CaseInHand, caseRow, contributionOf, moveCase, quarantineChange } from './case-change.ts';
import { takeUp } from './case-in-hand.ts';
import type { Decoded } from './decode.ts';
import { REVALUATION_CASES_MAX } from './limits.ts';
import { resolveCase } from './resolve.ts';
import { settingsVersion } from './settings-book.ts';
import type { WorkerState } from './worker-state.ts';

export type SettingsMessage = Extract<Decoded, { kind: 'settings' }>;

const PROGRESS_MS = 5_000;

/** Applies the message and moves the worker's positions past it. */
export async function applySettings(state: WorkerState, message: SettingsMessage): Promise<void> {
  const { session, epoch, book } = state;
  const { sequence, storedAt } = message;
  const own = state.positions.filter((position) => position.sequence < sequence);
  const number = eventNumber({ epoch, sequence, index: 0 });
  const version = settingsVersion(number, message.event);
  const knownAt = own.reduce((latest, position) => max(latest, knownAtOf(storedAt, position)), storedAt);
  const changes = await session.db.transaction().execute(async (tx) => {
    const isNew = await recordSettingsMessage(tx, message.event.id, number);
    if (!isNew || book.holds(version)) return false;
    await recordSettings(tx, version, knownAt);
    return true;
  });
  if (changes) {
    book.add(version);
    await revalueProgrammes(state, own, book.touchedBy(version), { number, sequence, storedAt });
  }
  const target = { sequence, storedAt, knownAt: storedAt };
  await session.db.transaction().execute((tx) => movePositions(tx, own, target));
  state.positions = state.positions.map((position) => movedTo(position, target));
}

interface SettingsCause {
  number: bigint;
  sequence: bigint;
  storedAt: bigint;
}

async function revalueProgrammes(
  state: WorkerState,
  own: readonly Position[],
  programmes: readonly string[],
  cause: SettingsCause,
): Promise<void> {
  const { log, organisations, session } = state;
  let cursor = resumeAt(own, cause.sequence);
  let shownAt = Date.now();
  for (const programme of programmes) {
    if (programme < cursor.programme) continue;
    const organisation = organisationOf(programme);
    await organisations.ensure(session.db, [organisation]);
    let afterCaseId = programme === cursor.programme ? cursor.caseId : '';
    for (;;) {
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
  log.info({ settings: cause.number.toString(), cases: cursor.done }, 'settings applied');
}

/** Where a worker that took this message up before had come. Pages done twice change nothing. */
function resumeAt(own: readonly Position[], sequence: bigint): RevaluationCursor {
  const start = { sequence: sequence.toString(), programme: '', caseId: '', done: 0 };
  const cursors = own.map(({ revaluation }) =>
    revaluation?.sequence === start.sequence ? revaluation : start,
  );
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
  const { session, groups, book } = state;
  const partitions = own.map(({ partition }) => partition);
  const recorded = await readProgrammeCases(session.db, {
    ...page,
    partitions,
    limit: REVALUATION_CASES_MAX,
  });
  const last = recorded.at(-1);
  if (last === undefined) return undefined;
  const cases = recorded.map(takeUp).map((inHand) => {
    const resolution = resolveCase(inHand.records, book);
    const { counted } = resolution;
    return {
      inHand,
      resolution,
      contribution: counted && contributionOf(inHand.organisation, counted, groups),
    };
  });
  await groups.assign(session.db);
  const changed: CaseInHand[] = [];
  const entries = cases.flatMap(({ inHand, resolution, contribution }) => {
    const before = { counted: inHand.counted, programme: inHand.programme };
    const position = own.find(({ partition }) => partition === inHand.partition);
    if (position === undefined) throw new Error('A case was read of a partition that is not the worker’s');
    const knownAt = knownAtOf(cause.storedAt, position);
    const moved = moveCase(inHand, resolution, contribution, {
      number: cause.number,
      knownAt,
      revalued: true,
    });
    if (moved.length > 0 || before.counted !== inHand.counted || before.programme !== inHand.programme)
      changed.push(inHand);
    return moved;
  });
  const quarantine = cases.map(({ inHand }) => ({
    organisation: inHand.organisation,
    ...quarantineChange(inHand),
  }));
  const cursor = {
    ...{ sequence: cause.sequence.toString(), programme: page.programme },
    ...{ caseId: last.caseId, done: done + recorded.length },
  };
  await session.db.transaction().execute(async (tx) => {
    await writeBatch(tx, session.client, {
      ...{ events: [], newCases: [], unreadable: [], entries, changedCases: changed.map(caseRow) },
      quarantined: quarantine.flatMap(({ quarantined }) => quarantined),
      released: quarantine.flatMap(({ organisation, released }) =>
        released.map((number) => ({ organisation, number })),
      ),
    });
    await keepCursor(tx, own, cursor);
  });
  return cursor;
}

function organisationOf(programme: string): string {
  return programme.split('/')[1] ?? '';
}

function max(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}
