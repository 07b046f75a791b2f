import { readFileSync } from 'node:fs';
import { partitionOf, STREAM } from '@effectstroom/contracts';
import { ensureStream } from '@effectstroom/runtime';
import { jetstreamManager } from '@nats-io/jetstream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IngestStack } from './ingest-stack.ts';
import { assessed, PRICE_LIST, PROGRAMME, registered } from './sent-events.ts';

const PARTITIONS = 4;
let stack: IngestStack;

beforeEach(async () => {
  stack = new IngestStack();
  await stack.startNats();
});
afterEach(() => stack.end());

function events(from: number, to: number) {
  return Array.from({ length: to - from }, (_, i) =>
    registered({ caseId: `c-${from + i}` }, { id: `event-${from + i}` }),
  );
}

describe('an event that was accepted', () => {
  it('is there after a crash of nats-server right after the answer', async () => {
    await stack.startIngest();
    const accepted: string[] = [];
    for (let round = 0; round < 3; round++) {
      const requests = [0, 1, 2, 3].map(async (lane) => {
        for (let i = 0; i < 5; i++) {
          const from = (round * 4 + lane) * 500 + i * 100;
          const batch = events(from, from + 100);
          if ((await stack.sendEvents(batch)).status === 202)
            accepted.push(...batch.map(({ id }) => String(id)));
        }
      });
      await Promise.race(requests);
      await stack.killNats();
      await stack.startNats();
      await Promise.all(requests);
    }
    expect(accepted.length).toBeGreaterThan(1000);
    const published = await stack.publishedEvents();
    expect(accepted.filter((id) => !published.has(id))).toEqual([]);
  });

  it('stands in the partition of its case, and only there', async () => {
    await stack.startIngest();
    expect((await stack.sendEvents(events(0, 500))).body).toEqual({ accepted: 500 });
    const messages = await stack.messages();
    expect(messages.length).toBe(PARTITIONS);
    for (const { subject, text } of messages) {
      for (const line of text.split('\n')) {
        const { organisation, caseId } = JSON.parse(line).data;
        expect(subject).toBe(`cases.${partitionOf(organisation, caseId, PARTITIONS)}`);
      }
    }
  });

  it('counts again in the answer when it is sent again, and is stored once for a while', async () => {
    await stack.startIngest();
    const batch = [...events(0, 10), ...events(0, 10)];
    expect((await stack.sendEvents(batch)).body).toEqual({ accepted: 20 });
    const last = await stack.lastSequence();
    expect((await stack.sendEvents(batch)).body).toEqual({ accepted: 20 });
    expect(await stack.lastSequence()).toBe(last);
  });

  it('fits in messages, however large the request', async () => {
    await stack.startIngest({ PARTITIONS: '1' });
    const large = Array.from({ length: 60 }, (_, i) => {
      const extensions = Object.fromEntries([...Array(30).keys()].map((x) => [`x${x}`, 'x'.repeat(1000)]));
      return registered({ caseId: `c-${i}` }, { id: `event-${i}`, ...extensions });
    });
    expect((await stack.sendEvents(large)).body).toEqual({ accepted: 60 });
    expect((await stack.messages()).length).toBeGreaterThan(1);
    expect((await stack.publishedEvents()).size).toBe(60);
  });
});

describe('the stream', () => {
  it('is made once by services that start at the same time', async () => {
    const made = await stack.withConnection(async (connection) => {
      const manager = await jetstreamManager(connection);
      return Promise.all([3, 5, 7].map((partitions) => ensureStream(manager, { partitions, replicas: 1 })));
    });
    expect(new Set(made.map(({ partitions, created }) => `${partitions} ${created}`)).size).toBe(1);
  });

  it('is not touched where it is not ours', async () => {
    const opened = stack.withConnection(async (connection) => {
      const manager = await jetstreamManager(connection);
      await manager.streams.add({ name: STREAM, subjects: ['cases.*', 'settings'] });
      return ensureStream(manager);
    });
    await expect(opened).rejects.toThrow('exists with other subjects than ours');
  });

  it('keeps its partitions, whatever a later start asks', async () => {
    await stack.startIngest({ PARTITIONS: '2' });
    await stack.sendEvents(events(0, 100));
    const again = new IngestStack();
    try {
      await again.startIngest({ NATS_URL: stack.nats.url, PARTITIONS: '7' });
      await again.sendEvents(events(100, 200));
    } finally {
      await again.end();
    }
    const subjects = (await stack.messages()).map(({ subject }) => subject);
    expect(new Set(subjects)).toEqual(new Set(['cases.0', 'cases.1']));
    expect((await stack.publishedEvents()).size).toBe(200);
  });
});

describe('settings', () => {
  it('are published as events', async () => {
    await stack.startIngest();
    const headers = { authorization: 'Bearer local-admin', 'content-type': 'application/json' };
    const address = '/v1/programmes/GM0394/meerwaarde/main';
    expect((await stack.send('PUT', address, PROGRAMME, headers)).status).toBe(202);
    expect((await stack.send('PUT', '/v1/price-lists/lijst', PRICE_LIST, headers)).status).toBe(202);
    const found = (await stack.messages()).map(({ subject, text }) => ({ subject, event: JSON.parse(text) }));
    expect(found).toMatchObject([
      {
        subject: 'settings',
        event: {
          type: 'nl.effectstroom.settings.programme',
          data: { municipality: 'GM0394', correctionFactors: [{ from: '2021-01-01', factor: '0.9000' }] },
        },
      },
      {
        subject: 'settings',
        event: { type: 'nl.effectstroom.settings.price-list', data: { code: 'lijst' } },
      },
    ]);
  });
});

describe('a resident key', () => {
  it('is published only as a keyed hash', async () => {
    await stack.startIngest();
    await stack.sendEvents(assessed({ residentKey: 'a-key-of-one-resident' }));
    const [{ text } = { text: '' }] = await stack.messages();
    expect(text).not.toContain('a-key-of-one-resident');
    expect(JSON.parse(text).data.residentKey).toMatch(/^rk1:[\w-]{43}$/);
    const log = readFileSync(`${stack.folder}/ingest/ingest.log`, 'utf8');
    expect(log).not.toContain('resident-');
  });
});
