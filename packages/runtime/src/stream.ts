import {
  DEFAULT_PARTITIONS,
  LIMITS,
  MAX_PARTITIONS,
  partitionOfSubject,
  SETTINGS_SUBJECT,
  STREAM,
  streamSubjects,
} from '@effectstroom/contracts';
import {
  DiscardPolicy,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamInfo,
} from '@nats-io/jetstream';
import { isStreamNameInUse, isStreamNotFound } from './jetstream-errors.ts';

/** What a new stream gets; an existing one is left as it is. */
export interface StreamOptions {
  partitions: number;
  /** 1, or 3 in a cluster. */
  replicas: number;
}

/** The stream as it is. */
export interface CaseStream {
  partitions: number;
  /** When it was made, as an ISO time: another one means that the stream started anew, from sequence 1. */
  created: string;
}

const SECOND = 1_000_000_000;
const DAY = 24 * 60 * 60 * SECOND;

/**
 * Makes the stream where it is not there yet and tells what it is. Safe to run from several services at once.
 * Throws where the existing stream has other subjects than cases and settings.
 */
export async function ensureStream(
  manager: JetStreamManager,
  options: StreamOptions = { partitions: DEFAULT_PARTITIONS, replicas: 1 },
): Promise<CaseStream> {
  const existing = await findStream(manager);
  if (existing !== undefined) return existing;
  try {
    return asCaseStream(await manager.streams.add(streamConfig(options)));
  } catch (error) {
    // Another service was first: what it made counts.
    if (!isStreamNameInUse(error)) throw error;
    return asCaseStream(await manager.streams.info(STREAM));
  }
}

/** The stream where it exists. Throws where nats-server does not answer in time. */
async function findStream(manager: JetStreamManager): Promise<CaseStream | undefined> {
  try {
    return asCaseStream(await manager.streams.info(STREAM));
  } catch (error) {
    if (isStreamNotFound(error)) return undefined;
    throw error;
  }
}

function streamConfig({ partitions, replicas }: StreamOptions) {
  return {
    name: STREAM,
    subjects: streamSubjects(partitions),
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.New,
    num_replicas: replicas,
    max_age: 30 * DAY,
    duplicate_window: 120 * SECOND,
    max_msgs: -1,
    max_msgs_per_subject: -1,
    max_bytes: -1,
    max_msg_size: LIMITS.streamMessageBytes,
    max_consumers: -1,
    allow_rollup_hdrs: false,
  };
}

/** @throws Error where it has other subjects than ours */
export function asCaseStream(info: StreamInfo): CaseStream {
  const { subjects } = info.config;
  const partitions = subjects.filter((subject) => partitionOfSubject(subject) !== undefined).length;
  const expected = new Set(streamSubjects(partitions));
  const isOurs = subjects.every((subject) => expected.has(subject)) && subjects.includes(SETTINGS_SUBJECT);
  if (!isOurs || subjects.length !== expected.size || partitions < 1 || partitions > MAX_PARTITIONS) {
    throw new Error(
      `the stream ${STREAM} exists with other subjects than ours: give this installation its own`,
    );
  }
  return { partitions, created: info.created };
}
