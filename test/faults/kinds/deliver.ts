/** Events that come again, and in another order: from the clients, and from the stream itself. */
import { setTimeout as sleep } from 'node:timers/promises';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { STREAM } from '../../harness/pipeline.ts';
import type { Fault } from '../fault.ts';

const REDELIVERED = 60;
/** So far back in the stream are messages taken from. */
const BACK = 2_000;

export const repeat: Fault = {
  kind: 'repeat',
  strike: async (world, random, signal) => {
    const events = await world.load.repeat(random, signal);
    return events === 0 ? undefined : `${events} events sent again`;
  },
};

export const jumble: Fault = {
  kind: 'jumble',
  strike: async (world, random, signal) => {
    const lasting = world.lasting(random, 1_500, 10_000);
    world.load.jumble(true);
    try {
      await sleep(lasting, undefined, { signal });
    } finally {
      world.load.jumble(false);
    }
    return `in another order for ${(lasting / 1_000).toFixed(1)} s`;
  },
};

/** Messages come into the stream once more, behind others, without the id by which JetStream knows them. */
export const redeliver: Fault = {
  kind: 'redeliver',
  strike: async (world, random, signal) => {
    await world.part('nats').untilUp(signal);
    const { host, username, password } = new URL(world.natsUrl);
    const connection = await connect({ servers: host, user: username, pass: password, timeout: 5_000 });
    try {
      const manager = await jetstreamManager(connection, { checkAPI: false });
      const { first_seq: first, last_seq: last } = (await manager.streams.info(STREAM)).state;
      const from = Math.max(first, last - BACK);
      let count = 0;
      for (; count < Math.min(REDELIVERED, last - from); count++) {
        const message = await manager.streams.getMessage(STREAM, { seq: from + random.below(last - from) });
        if (message !== null) await jetstream(connection).publish(message.subject, message.data);
        signal.throwIfAborted();
      }
      return count === 0 ? undefined : `${count} messages of the stream`;
    } finally {
      await connection.close();
    }
  },
};
