/** When ingest leaves the nats-server that it is connected to for another one. */
import { existsSync, readFileSync } from 'node:fs';
import { STREAM } from '@effectstroom/contracts';
import { DiscardPolicy, jetstreamManager } from '@nats-io/jetstream';
import { test as base, describe } from 'vitest';
import { IngestStack } from './ingest-stack.ts';
import { registered } from './sent-events.ts';
import { SlowWire } from './slow-wire.ts';

/** Longer than an acknowledgement may take, and not so long that the server counts as gone. */
const LATER_MS = 2_500;

const test = base.extend<{ stack: IngestStack; wire: SlowWire }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern what a fixture needs
  stack: async ({}, use) => {
    const stack = new IngestStack();
    await stack.startNats();
    await use(stack);
    await stack.end();
  },
  wire: async ({ stack }, use) => {
    const wire = await SlowWire.to(stack.nats);
    await use(wire);
    wire.close();
  },
});

/** One server by two names: as far as ingest knows there is another. */
function twice(url: string): string {
  return `${url},nats://localhost:${new URL(url).port}`;
}

function logOf({ folder }: IngestStack): string {
  const file = `${folder}/ingest/ingest.log`;
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function hasLeft(stack: IngestStack): boolean {
  return logOf(stack).includes('lost nats-server');
}

async function send(stack: IngestStack, id: string): Promise<number> {
  return (await stack.sendEvents([registered({ caseId: id }, { id })])).status;
}

describe.concurrent('the nats-server that ingest is connected to', () => {
  test('is kept where it says no: another one would say the same', async ({ stack, expect }) => {
    await stack.startIngest({ NATS_URL: twice(stack.nats.url) });
    await stack.withConnection(async (connection) => {
      const { streams } = await jetstreamManager(connection);
      await streams.update(STREAM, { max_msgs: 1, discard: DiscardPolicy.New });
    });
    expect(await send(stack, 'c-1')).toBe(202);
    expect(await send(stack, 'c-2')).toBe(503);
    expect(hasLeft(stack)).toBe(false);
  });

  test('is kept where there is no other', async ({ stack, wire, expect }) => {
    await stack.startIngest({ NATS_URL: wire.url });
    wire.delay(LATER_MS);
    expect(await send(stack, 'c-1')).toBe(503);
    expect(hasLeft(stack)).toBe(false);
  });

  test('is left where acknowledgements stay away and there is another', async ({ stack, wire, expect }) => {
    await stack.startIngest({ NATS_URL: twice(wire.url) });
    wire.delay(LATER_MS);
    await expect.poll(() => send(stack, 'c-1'), { timeout: 20_000, interval: 100 }).toBe(202);
    await expect.poll(() => hasLeft(stack)).toBe(true);
  });

  test('is left where it is cut off from its cluster, also before anything is sent', async ({
    stack,
    expect,
  }) => {
    await stack.killNats();
    const isolated = await stack.startIsolated();
    const started = stack.startIngest({ NATS_URL: `${isolated.url},${stack.nats.url}` });
    await expect.poll(() => logOf(stack), { timeout: 20_000 }).toContain('connected to nats-server');
    await stack.startNats();
    await started;
    expect(await send(stack, 'c-1')).toBe(202);
    expect(hasLeft(stack)).toBe(true);
  });
});
