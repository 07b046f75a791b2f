import { becomesTrue } from '@effectstroom/infra';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IngestStack } from './ingest-stack.ts';
import { registered } from './sent-events.ts';

const stack = new IngestStack();

beforeAll(() => stack.startNats());
afterAll(() => stack.end());

describe('without nats-server', () => {
  it('ingest starts, says that it is not ready, answers 503, and gets ready by itself', async () => {
    await stack.killNats();
    const listening = Promise.withResolvers<void>();
    const started = stack.startIngest({}, () => listening.resolve());
    await listening.promise;
    await becomesTrue(async () => (await live()) === 200, 20_000);
    expect((await stack.ask('/health/ready', { method: 'GET' })).status).toBe(503);
    const refused = await stack.sendEvents(registered());
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    await stack.startNats();
    await started;
    expect((await stack.sendEvents(registered())).status).toBe(202);
  });

  it('ingest that lost it answers 503, and takes up again what is sent again', async () => {
    const last = await stack.lastSequence();
    await stack.killNats();
    const event = registered({ caseId: 'c-2' }, { id: 'event-2' });
    const refused = await stack.sendEvents(event);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
    expect((await stack.ask('/health/live', { method: 'GET' })).status).toBe(200);
    await stack.startNats();
    expect(await stack.lastSequence()).toBe(last);
    expect(await becomesTrue(async () => (await stack.sendEvents(event)).status === 202, 20_000)).toBe(true);
    expect((await stack.publishedEvents()).has('event-2')).toBe(true);
  });

  it('a short outage only makes the answer late', async () => {
    await stack.killNats();
    const answer = stack.sendEvents(registered({ caseId: 'c-3' }, { id: 'event-3' }));
    await stack.startNats();
    expect((await answer).status).toBe(202);
  });

  async function live(): Promise<number> {
    return stack.ask('/health/live', { method: 'GET' }).then(
      ({ status }) => status,
      () => 0,
    );
  }
});
