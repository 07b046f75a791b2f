import { randomUUID } from 'node:crypto';
import {
  civilDateAt,
  parseRefusal,
  REFUSAL_STREAM,
  REFUSAL_SUBJECTS,
  type Refusals,
  refusalSubject,
} from '@effectstroom/contracts';
import { isStreamNotFound, type NatsConnection } from '@effectstroom/runtime';
import { AckPolicy, DeliverPolicy, type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';

/** Milliseconds that nats-server may take to answer. */
const ANSWER = 2000;
/** Records that are looked at for one page. */
const MOST_LOOKED_AT = 5000;
const DAY = 24 * 60 * 60 * 1000;
const NANOSECONDS = 1_000_000;

/** Which refusals are asked for. */
export interface RefusalQuestion {
  key?: string | undefined;
  /** Civil dates, both inclusive. */
  from?: string | undefined;
  to?: string | undefined;
  /** The last one of the page before. */
  after?: string | undefined;
  limit: number;
  isVisible(key: string | null): boolean;
}

/** Reads what the stream of refusals holds. */
export class RefusalReader {
  #manager: JetStreamManager | undefined;

  /** Gives it its connection, once, when nats-server is there. */
  async use(connection: NatsConnection): Promise<void> {
    this.#manager = await jetstreamManager(connection, { checkAPI: false, timeout: ANSWER });
  }

  /** A page of refusals, oldest first. Throws where nats-server does not answer in time. */
  async read(question: RefusalQuestion): Promise<Refusals> {
    if (this.#manager === undefined) throw new Error('nats-server cannot be reached');
    const consumer = await addConsumer(this.#manager, question);
    if (consumer === undefined) return { rows: [], next: null };
    try {
      return await readPage(this.#manager, consumer, question);
    } finally {
      await this.#manager.consumers.delete(REFUSAL_STREAM, consumer.name).catch(() => undefined);
    }
  }
}

interface Consumer {
  name: string;
  pending: number;
}

/** Undefined where there is no stream yet. */
async function addConsumer(
  manager: JetStreamManager,
  { key, from, after }: RefusalQuestion,
): Promise<Consumer | undefined> {
  const start =
    after !== undefined
      ? { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: Number(after) + 1 }
      : from !== undefined
        ? // The day begins earlier here than in UTC; what is too early is left out below.
          {
            deliver_policy: DeliverPolicy.StartTime,
            opt_start_time: new Date(Date.parse(from) - DAY).toISOString(),
          }
        : { deliver_policy: DeliverPolicy.All };
  try {
    const { name, num_pending: pending } = await manager.consumers.add(REFUSAL_STREAM, {
      name: `refusals-${randomUUID()}`,
      filter_subject: key === undefined ? REFUSAL_SUBJECTS : refusalSubject(key),
      ack_policy: AckPolicy.None,
      mem_storage: true,
      num_replicas: 1,
      inactive_threshold: 30_000 * NANOSECONDS,
      ...start,
    });
    return { name, pending };
  } catch (error) {
    if (isStreamNotFound(error)) return undefined;
    throw error;
  }
}

async function readPage(
  manager: JetStreamManager,
  { name, pending }: Consumer,
  { from = '', to = '9999', limit, isVisible }: RefusalQuestion,
): Promise<Refusals> {
  const rows: Refusals['rows'] = [];
  if (pending === 0) return { rows, next: null };
  const consumer = await manager.jetstream().consumers.get(REFUSAL_STREAM, name);
  const most = Math.min(pending, MOST_LOOKED_AT);
  const messages = await consumer.fetch({ max_messages: most, expires: ANSWER });
  let looked = 0;
  for await (const message of messages) {
    looked++;
    const isLast = message.info.pending === 0;
    const refusal = parseRefusal(message.string());
    const day = refusal === undefined ? '' : civilDateAt(new Date(refusal.time));
    if (day > to) return { rows, next: null };
    if (refusal !== undefined && day >= from && isVisible(refusal.key)) rows.push(refusal);
    if (rows.length >= limit || looked >= most) return { rows, next: isLast ? null : String(message.seq) };
  }
  throw new Error('the refusals were not all read in time');
}
