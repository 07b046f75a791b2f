/** The worker's bounds, together, so that their relations can be seen. */

/**
 * Events of one transaction at most. In a larger one more events move the same totals, which then are written once; it
 * also holds more memory, and other workers wait longer for the totals that it moves.
 */
export const BATCH_EVENTS_MAX = 10_000;

/** Bytes of the messages of one transaction at most, unless one alone is larger. */
export const BATCH_BYTES_MAX = 32 * 1024 * 1024;

/** Events that wait for the worker at most; then the stream waits. Two batches: one is applied, one is ready. */
export const WAITING_EVENTS_MAX = 2 * BATCH_EVENTS_MAX;
export const WAITING_BYTES_MAX = 2 * BATCH_BYTES_MAX;

/** Events of which the cases are read at once while a batch is prepared: of these the parsed form is in memory. */
export const SLICE_EVENTS = 500;

/** Events after which answers of PostgreSQL and messages of the broker are heard: some milliseconds. */
export const BREATH_EVENTS = 250;

/** Bytes that the broker sends ahead. */
export const AHEAD_BYTES_MAX = 8 * 1024 * 1024;

/** Cases that settings touch, of one transaction: the more, the fewer times a total is written. */
export const REVALUATION_CASES_MAX = 5_000;

/** Of these, cases that are read at once; and events of which the parsed form is in memory, three times at most. */
export const REVALUATION_READ_CASES = 1_000;
export const REVALUATION_SLICE_EVENTS = 250;

/** Of these, cases after which answers of PostgreSQL are heard: many statements make a page. */
export const REVALUATION_BREATH_CASES = 100;

/** Cases of an older version that are valued once more in one transaction, while messages wait. */
export const UPGRADE_CASES_MAX = 1_000;

/** How long the stream is idle before the worker says that everything up to now is in. */
export const IDLE_MS = 1_000;

/**
 * A worker of which PostgreSQL hears nothing for so long has lost its partitions: longer than it ever is silent while
 * it works, and than nats-server may take to answer it.
 */
export const LEASE_MS = 8_000;

/** How often a worker looks for partitions that came free, and for workers that have none. */
export const OWNERSHIP_MS = 2_000;

/**
 * How often on end the stream must look like another one than was applied before it counts as one: where a server keeps
 * it alone, and where several do, of which the one that leads may have to catch up first. Looked at this often; where it
 * cannot be told for so long, the worker starts again. Looks and not time: a machine that stood still saw nothing.
 */
export const OTHER_LOOKS = 12;
export const OTHER_LOOKS_OF_SEVERAL = 40;
export const LOOK_AGAIN_MS = 250;
export const UNSURE_MS = 180_000;

/**
 * How long messages may wait in the stream and not arrive, before it is read again from the position: where the server
 * that sent them was lost, JetStream may take half a minute to notice.
 */
export const STALLED_MS = 3_000;

/** How often a worker without partitions looks for one. */
export const WAITING_MS = 500;

/** Waits between starts of a worker that failed: doubled each time up to the second figure. */
export const RESTART_MS_MIN = 100;
export const RESTART_MS_MAX = 2_000;

/** Where the stream is never idle, a page of cases of an older version is valued once more as often as this. */
export const UPGRADE_MS = 1_000;
