/**
 * Values cases once more that an older version of the program valued, so that the ledger tells their services, prices
 * and ranges. It moves no amount: the entries say `software`. It works in pages, between the messages of the stream.
 */
import {
  encodeBatch,
  keepUpgradeCursor,
  type Position,
  readNewestValuing,
  readPartitionCases,
  VALUATION_VERSION,
  valuationUpgraded,
  writeBatch,
} from '@effectstroom/database';
import { UPGRADE_CASES_MAX } from './limits.ts';
import { resolveAgain } from './resolve-again.ts';
import { SOFTWARE_CHANGE } from './settings-change.ts';
import type { WorkerState } from './worker-state.ts';

const START = { until: { organisation: 0, caseId: '' }, cases: 0 };

/** Whether cases of the worker wait to be valued once more. */
export function needsUpgrade({ positions }: WorkerState): boolean {
  return positions.some(({ valuation }) => valuation < VALUATION_VERSION);
}

/**
 * Values the next page. Run it while nothing is being written. A worker that starts anew begins again: cases that were
 * done stay as they are.
 * @returns whether it can go on at once
 */
export async function upgradePage(state: WorkerState): Promise<boolean> {
  const { session, log, positions } = state;
  // Of partitions that stand at different settings, some would be valued with settings of the past.
  if (positions.some(({ sequence }) => sequence !== positions[0]?.sequence)) return false;
  const own = positions.filter(({ valuation }) => valuation < VALUATION_VERSION);
  const partitions = own.map(({ partition }) => partition);
  const number = await readNewestValuing(session.db);
  const { until, cases } = state.upgraded ?? START;
  const limit = UPGRADE_CASES_MAX;
  const page = number === undefined ? [] : await readPartitionCases(session.db, partitions, until, limit);
  const last = page.at(-1);
  if (number === undefined || last === undefined) {
    await session.db.transaction().execute((tx) => valuationUpgraded(tx, own));
    moveOn(state, own, { valuation: VALUATION_VERSION });
    log.info({ cases }, 'cases are valued by this version');
    return false;
  }
  const cause = { number, storedAt: 0n, change: SOFTWARE_CHANGE };
  const batch = encodeBatch(await resolveAgain(state, own, page, cause));
  const upgraded = { until: last, cases: cases + page.length };
  await session.db.transaction().execute(async (tx) => {
    await writeBatch(tx, session.client, batch);
    await keepUpgradeCursor(tx, own, { number, done: upgraded.cases });
  });
  moveOn(state, own, {});
  state.upgraded = upgraded;
  return true;
}

/** What the page wrote became known a moment after all that was known before. */
function moveOn(state: WorkerState, own: readonly Position[], change: Partial<Position>): void {
  state.positions = state.positions.map((position) =>
    own.includes(position) ? { ...position, knownAt: position.knownAt + 1n, ...change } : position,
  );
}
