import { JetStreamApiError } from '@nats-io/jetstream';

const STREAM_NOT_FOUND = 10059;
const STREAM_NAME_IN_USE = 10058;
/** As of HTTP. */
const UNAVAILABLE = 503;
const WRONG_LAST_SEQUENCE = [10071, 10164];

/** Whether JetStream says that there is no such stream. */
export function isStreamNotFound(error: unknown): boolean {
  return hasCode(error, STREAM_NOT_FOUND);
}

/** Whether JetStream says that a stream of this name exists already. */
export function isStreamNameInUse(error: unknown): boolean {
  return hasCode(error, STREAM_NAME_IN_USE);
}

/** Whether JetStream says that another write came first. */
export function isWrongLastSequence(error: unknown): boolean {
  return hasCode(error, ...WRONG_LAST_SEQUENCE);
}

/**
 * Whether JetStream answered, as it would elsewhere. A server that is cut off from the others of its cluster may say
 * of anything that it is unavailable.
 */
export function isAnswer(error: unknown): boolean {
  return error instanceof JetStreamApiError && error.status !== UNAVAILABLE;
}

function hasCode(error: unknown, ...codes: readonly number[]): boolean {
  return error instanceof JetStreamApiError && codes.includes(error.code);
}
