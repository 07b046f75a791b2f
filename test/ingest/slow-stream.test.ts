import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { LIMITS } from '@effectstroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, IngestStack } from './ingest-stack.ts';
import { registered } from './sent-events.ts';
import { SlowWire } from './slow-wire.ts';

const MEBIBYTE = 2 ** 20;
/**
 * Milliseconds in which a request is answered, whatever nats-server does: five seconds of its own, and this
 * machine.
 */
const ANSWERED_MS = 8_000;
/**
 * Of ingest, while nothing is acknowledged: what may be in hand, and garbage that nobody has collected yet.
 */
const MORE_MEMORY = 128 * MEBIBYTE;

const POLL = { timeout: 20_000, interval: 200 };
const EVENTS = 'application/cloudevents-batch+json';

let stack: IngestStack;

beforeEach(async () => {
  stack = new IngestStack();
  await stack.startNats();
});
afterEach(() => stack.end());

function events(request: number, count: number) {
  return Array.from({ length: count }, (_, i) =>
    registered({ caseId: `c-${request}-${i}` }, { id: `event-${request}-${i}` }),
  );
}

/** Bytes of memory that ingest has in use. */
function memory(): number {
  const pid = /\d+/.exec(readFileSync(`${stack.folder}/ingest/ingest.pid`, 'utf8'))?.[0];
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  return Number(/VmRSS:\s*(\d+) kB/.exec(status)?.[1]) * 1024;
}

describe('a JetStream that takes nearly two seconds for every message', () => {
  it('makes ingest answer in time all the same: what would wait longer is refused', async () => {
    const wire = await SlowWire.to(stack.nats);
    await stack.startIngest({ PARTITIONS: '1', NATS_URL: wire.url });
    wire.delay(1_800);
    const answers = await Promise.all(
      Array.from({ length: 12 }, async (_, request) => {
        const sentAt = performance.now();
        const { status, headers } = await stack.sendEvents(events(request, LIMITS.eventsPerRequest));
        return { status, retryAfter: headers.get('retry-after'), ms: performance.now() - sentAt };
      }),
    );
    wire.close();
    expect(Math.max(...answers.map(({ ms }) => ms))).toBeLessThan(ANSWERED_MS);
    const accepted = answers.filter(({ status }) => status === 202);
    expect(accepted.length).toBeGreaterThan(1);
    const refused = answers.filter(({ status }) => status !== 202);
    expect(new Set(refused.map(({ status, retryAfter }) => `${status} ${retryAfter}`))).toEqual(
      new Set(['503 1']),
    );
  });
});

describe('clients that give up while JetStream does not answer', () => {
  it('leave their requests in hand: no more are taken than may be', async () => {
    await stack.startIngest();
    stack.nats.kill('SIGSTOP');
    const room = 16;
    const body = JSON.stringify(events(0, 1)).padEnd(LIMITS.bodyBytes);
    const headers = { authorization: 'Bearer local-ingest', 'content-type': EVENTS };
    const leaving = Array.from({ length: room }, () =>
      stack.ask('/v1/events', { method: 'POST', headers, body, signal: AbortSignal.timeout(2_500) }),
    );
    const left = await Promise.allSettled(leaving);
    expect(left.map(({ status }) => status)).toEqual(left.map(() => 'rejected'));
    const refused = await stack.sendEvents(events(1, 1));
    expect([refused.status, refused.body.detail]).toEqual([503, expect.stringContaining('too much')]);
    stack.nats.kill('SIGCONT');
    await expect.poll(async () => (await stack.sendEvents(events(2, 1))).status, POLL).toBe(202);
  });
});

describe('what comes in while JetStream stores a message', () => {
  it('goes together in the next one', async () => {
    await stack.startIngest({ PARTITIONS: '1' });
    stack.nats.kill('SIGSTOP');
    const answers = [stack.sendEvents(events(0, 1))];
    await sleep(200);
    for (let request = 1; request <= 40; request++) answers.push(stack.sendEvents(events(request, 1)));
    await sleep(500);
    stack.nats.kill('SIGCONT');
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(answers.map(() => 202));
    const counts = (await stack.messages()).map(({ text }) => text.split('\n').length);
    expect(counts).toEqual([1, 40]);
    expect((await stack.publishedEvents()).size).toBe(41);
  });

  it('goes in messages of as many events as one request may have', async () => {
    await stack.startIngest({ PARTITIONS: '1' });
    stack.nats.kill('SIGSTOP');
    const answers = [stack.sendEvents(events(0, 1))];
    await sleep(200);
    for (let request = 1; request <= 12; request++) answers.push(stack.sendEvents(events(request, 100)));
    await sleep(1_000);
    stack.nats.kill('SIGCONT');
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(answers.map(() => 202));
    const counts = (await stack.messages()).map(({ text }) => text.split('\n').length);
    expect(Math.max(...counts)).toBe(LIMITS.eventsPerRequest);
    expect((await stack.publishedEvents()).size).toBe(1_201);
  });
});

describe('a nats-server that hangs', () => {
  it('makes ingest answer 503 in time, and not grow; what was accepted is there', async () => {
    await stack.startIngest();
    const accepted: string[] = [];
    const refused: Answer[] = [];
    const waits: number[] = [];
    let isDone = false;
    let next = 0;
    const lane = async (): Promise<void> => {
      while (!isDone) {
        const batch = events(next++, 100);
        const sentAt = performance.now();
        const answer = await stack.sendEvents(batch);
        waits.push(performance.now() - sentAt);
        if (answer.status === 202) accepted.push(...batch.map(({ id }) => String(id)));
        else refused.push(answer);
        if (answer.status !== 202) await sleep(100);
      }
    };
    const lanes = Array.from({ length: 60 }, lane);
    await sleep(1_500);
    const before = { memory: memory(), accepted: accepted.length };
    stack.nats.kill('SIGSTOP');
    await sleep(9_000);
    expect(memory() - before.memory).toBeLessThan(MORE_MEMORY);
    stack.nats.kill('SIGCONT');
    await sleep(1_500);
    isDone = true;
    await Promise.all(lanes);
    expect(before.accepted).toBeGreaterThan(0);
    expect(refused.length).toBeGreaterThan(0);
    const answers = refused.map(({ status, headers }) => `${status} ${headers.get('retry-after')}`);
    expect(new Set(answers)).toEqual(new Set(['503 1']));
    expect(Math.max(...waits)).toBeLessThan(ANSWERED_MS);
    expect((await stack.sendEvents(events(next, 1))).status).toBe(202);
    const published = await stack.publishedEvents();
    expect(accepted.filter((id) => !published.has(id))).toEqual([]);
  });
});
