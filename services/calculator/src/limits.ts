/** The worker's bounds, together, so that their relations can be seen. */

/** Events of one transaction at most: larger batches are slower and hold more memory (background: limits). */
export const BATCH_EVENTS_MAX = 5_000;

/** Events that wait for the worker at most; then the stream waits. Two batches: one is applied, one is ready. */
export const WAITING_EVENTS_MAX = 2 * BATCH_EVENTS_MAX;

/** Bytes that the broker sends ahead. */
export const AHEAD_BYTES_MAX = 8 * 1024 * 1024;

/** Cases that settings touch, of one transaction. */
export const REVALUATION_CASES_MAX = 1_000;

/** How long the stream is idle before the worker says that everything up to now is in. */
export const IDLE_MS = 1_000;

/** How often a worker looks for partitions that came free. */
export const OWNERSHIP_MS = 3_000;

/** Waits between starts of a worker that failed: doubled each time up to the second figure. */
export const RESTART_MS_MIN = 100;
export const RESTART_MS_MAX = 2_000;

/** Where the stream is never idle, a page of cases of an older version is valued once more as often as this. */
export const UPGRADE_MS = 1_000;
