import { REFUSAL_LIMITS, REFUSAL_STREAM, REFUSAL_SUBJECTS } from '@effectstroom/contracts';
import { DiscardPolicy, type JetStreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream';

const SECOND = 1_000_000_000;
const DAY = 24 * 60 * 60 * SECOND;

/** Makes the stream of refusals where it is not there yet. Throws where nats-server does not answer in time. */
export async function ensureRefusals(manager: JetStreamManager, replicas: number): Promise<void> {
  await manager.streams.add({
    name: REFUSAL_STREAM,
    subjects: [REFUSAL_SUBJECTS],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    num_replicas: replicas,
    max_age: REFUSAL_LIMITS.days * DAY,
    max_bytes: REFUSAL_LIMITS.bytes,
    max_msgs: -1,
    max_msgs_per_subject: REFUSAL_LIMITS.recordsPerKey,
    max_msg_size: 64 * 1024,
    max_consumers: -1,
    duplicate_window: SECOND,
  });
}
