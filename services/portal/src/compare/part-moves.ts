/** How many cases a part of a change started, stopped and changed. Pure. */

/** Entries that one cause made: contributions that start to count, and that stop. */
export interface Entries {
  started: bigint;
  stopped: bigint;
}

/** Cases that started and stopped to count, and those that changed. */
export interface Moves extends Entries {
  changed: bigint;
}

/** A contribution that stops and one that starts in its place are one that changed. */
export function movesOf({ started, stopped }: Entries): Moves {
  const changed = started < stopped ? started : stopped;
  return { started: started - changed, stopped: stopped - changed, changed };
}

/** The moves of every cause together. */
export function movesOfAll(causes: Iterable<Entries>): Moves {
  const all: Moves = { started: 0n, stopped: 0n, changed: 0n };
  for (const cause of causes) {
    const { started, stopped, changed } = movesOf(cause);
    all.started += started;
    all.stopped += stopped;
    all.changed += changed;
  }
  return all;
}

/** How many moves there are. */
export function countOf({ started, stopped, changed }: Moves): bigint {
  return started + stopped + changed;
}

/** As they are answered. */
export function writtenMoves({ started, stopped, changed }: Moves): Record<keyof Moves, number> {
  return { started: Number(started), stopped: Number(stopped), changed: Number(changed) };
}
