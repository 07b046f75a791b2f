/** Sends further events through ingest, and has a calculator apply them to a filled database. */
import type { CaseEvent } from '@effectstroom/contracts';
import { becomesTrue, type Service } from '@effectstroom/infra';
import type { Client } from 'pg';
import { moment } from '../bench/clock.ts';
import { Follower } from '../bench/follower.ts';
import { connected } from '../bench/fresh-database.ts';
import { type Memory, MemoryWatch } from '../bench/memory-watch.ts';
import { eventsRequest, post } from '../harness/post.ts';

const EVENTS_PER_REQUEST = 100;
const CONNECTIONS = 8;
const ANSWER_MS = 60_000;
const LOOK_EVERY_MS = 5;
const TAKE_UP_MS = 120_000;
/** The first part is not measured: the calculator and PostgreSQL's memory warm up. */
const WARM_UP_SHARE = 0.2;

export interface Applied {
  eventsPerSecond: number;
  /** Of the calculator, at its highest. */
  memoryBytes: number | undefined;
}

/** @throws Error where ingest takes one not. */
export async function sendEvents(ingest: Service, events: readonly CaseEvent[]): Promise<void> {
  let next = 0;
  const lane = async () => {
    for (let at = next; at < events.length; at = next) {
      next = at + EVENTS_PER_REQUEST;
      const status = await post(ingest.url, eventsRequest('local-ingest', events.slice(at, next)), ANSWER_MS);
      if (status !== 202) throw new Error(`Ingest answers ${status}`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, lane));
}

/** Whether a calculator has begun with the new stream. */
async function isTakenUp(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ least: number; newest: number }>(
    'SELECT min(epoch) AS least, (SELECT max(epoch) FROM stream) AS newest FROM partition_position',
  );
  const [{ least, newest } = { least: 0, newest: 0 }] = rows;
  return newest > 0 && least === newest;
}

/** From a cold start on a stream that holds nothing but these events, all messages about as large. */
export async function applyEvents(
  databaseUrl: string,
  events: number,
  lastSequence: bigint,
  startCalculator: () => Promise<Service>,
): Promise<Applied> {
  const client = await connected(databaseUrl);
  try {
    const calculator = await startCalculator();
    const watch = new MemoryWatch(calculator.pid);
    const follower = new Follower(client, LOOK_EVERY_MS);
    let memory: Memory | undefined;
    let notBegunAt = moment();
    const hasBegun = async () => {
      const askedAt = moment();
      const begun = await isTakenUp(client);
      if (!begun) notBegunAt = askedAt;
      return begun;
    };
    try {
      // Before that, the positions are those of the fill: further than this stream reaches.
      if (!(await becomesTrue(hasBegun, TAKE_UP_MS)))
        throw new Error('The calculator does not begin with the stream');
      await follower.start().until(lastSequence);
    } finally {
      memory = watch.stop();
      await follower.stop();
      await calculator.stop();
    }
    const { passed } = follower;
    const to = passed.at(-1);
    if (to === undefined) throw new Error('Nothing was applied');
    const warm = passed.find(({ sequence }) => sequence >= (lastSequence * BigInt(WARM_UP_SHARE * 10)) / 10n);
    // Few events may be taken at once: then all count, from before the calculator began.
    const from = warm === undefined || warm === to ? { at: notBegunAt, sequence: 0n } : warm;
    const share = Number(to.sequence - from.sequence) / Number(lastSequence);
    return {
      eventsPerSecond: (events * share * 1_000) / (to.at - from.at),
      memoryBytes: memory?.highest,
    };
  } finally {
    await client.end();
  }
}
