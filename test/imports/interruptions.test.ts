/** Imports that are stopped, killed or left without a stream: they go on, and every case is sent. */
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { becomesTrue } from '@effectstroom/infra';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IngestStack } from '../ingest/ingest-stack.ts';
import { ImportClient } from './import-client.ts';
import { exportOf, mappingOf, numbered } from './simple-export.ts';

const ROWS = 20_000;
const FILE = exportOf(numbered(0, ROWS));

let stack: IngestStack;
let url = '';
let env: Record<string, string>;
const client = new ImportClient(() => url);

async function startIngest(): Promise<void> {
  await stack.startIngest(env, (address) => {
    url = address;
  });
}

beforeEach(async () => {
  stack = new IngestStack();
  env = { DATA_FOLDER: `${stack.folder}/data` };
  await stack.startNats();
  await startIngest();
  await client.putMapping('regix', mappingOf());
});
afterEach(() => stack.end());

/** Every case stands in the stream, under one identity: what was sent again is the same event. */
async function expectEveryCaseOnce(): Promise<void> {
  await expectEveryCaseAtLeastOnce();
  expect((await stack.publishedEvents()).size).toBe(ROWS);
}

async function expectEveryCaseAtLeastOnce(): Promise<void> {
  const events = [...(await stack.publishedEvents()).values()];
  expect(new Set(events.map(({ data }) => Object(data).caseId)).size).toBe(ROWS);
}

describe('an import', () => {
  it.each([0, 1, 2_000, 9_000, 19_000])('goes on after kill -9 at row %i', async (row) => {
    const id = await client.start('mapping=regix', FILE);
    if (row === 1) await client.until(id, ({ state }) => state !== 'queued');
    else if (row > 1) await client.until(id, ({ rows }) => rows.done >= row);
    await stack.killIngest();
    await startIngest();
    const seen = await client.ended(id);
    expect(seen).toMatchObject({ state: 'done', rows: { total: ROWS, accepted: ROWS, refused: 0 } });
    await expectEveryCaseOnce();
    expect(await reportedRows(id)).toBe(ROWS);
    const left = readdirSync(`${env['DATA_FOLDER']}/imports`);
    expect(left.filter((name) => !name.startsWith(`${id}.report`))).toEqual([]);
  });

  it('goes on after several kills, wherever they fall', { timeout: 120_000 }, async () => {
    const id = await client.start('mapping=regix', FILE);
    for (const row of [500, 4_000, 4_001, 12_000]) {
      await client.until(id, ({ state, rows }) => rows.done >= row || state === 'done');
      await stack.killIngest();
      await startIngest();
    }
    expect((await client.ended(id)).rows.accepted).toBe(ROWS);
    await expectEveryCaseOnce();
  });

  it('goes on after ingest stopped in good order', async () => {
    const id = await client.start('mapping=regix', FILE);
    await client.until(id, ({ rows }) => rows.done >= 2_000);
    await stack.stopIngest();
    await startIngest();
    expect((await client.ended(id)).rows.accepted).toBe(ROWS);
    await expectEveryCaseOnce();
  });

  it('is stopped, and goes on where it was', async () => {
    const id = await client.start('mapping=regix', FILE);
    await client.until(id, ({ rows, rowsPerSecond }) => rows.done >= 1_000 && rowsPerSecond !== null);
    const act = async (what: string) => (await client.ask('POST', `/v1/imports/${id}/${what}`)).status;
    expect(await act('resume')).toBe(409);
    expect(await act('stop')).toBe(202);
    expect(await act('stop')).toBe(202);
    const stopped = await client.ended(id);
    expect(stopped.state).toBe('stopped');
    expect(stopped.rows.done).toBeLessThan(ROWS);
    expect(await act('resume')).toBe(202);
    expect((await client.ended(id)).rows).toMatchObject({ total: ROWS, accepted: ROWS });
    expect(await act('stop')).toBe(409);
    expect(await act('resume')).toBe(409);
    await expectEveryCaseOnce();
  });

  it('that is stopped does not go on over a newer one', async () => {
    const first = await client.start('mapping=regix', FILE);
    await client.ask('POST', `/v1/imports/${first}/stop`);
    await client.import('mapping=regix', exportOf(numbered(0, 10)));
    const { status, body } = await client.ask('POST', `/v1/imports/${first}/resume`);
    expect([status, body.detail]).toEqual([409, expect.stringContaining('newer')]);
  });

  it('waits while the stream is away', async () => {
    const id = await client.start('mapping=regix', FILE);
    await client.until(id, ({ rows }) => rows.done >= 1_000);
    await stack.killNats();
    const { rows } = await client.see(id);
    await stack.startNats();
    expect((await client.ended(id)).rows.accepted).toBe(ROWS);
    expect(rows.done).toBeLessThan(ROWS);
    await expectEveryCaseOnce();
  });

  it('stops when the stream stays away, and can go on later', async () => {
    await stack.stopIngest();
    env['IMPORT_PATIENCE'] = '1';
    await startIngest();
    const id = await client.start('mapping=regix', FILE);
    await client.until(id, ({ rows }) => rows.done >= 1_000);
    await stack.killNats();
    const seen = await client.ended(id);
    expect([seen.state, seen.failure?.code]).toEqual(['stopped', 'stream-away']);
    await stack.startNats();
    await client.ask('POST', `/v1/imports/${id}/resume`);
    expect((await client.ended(id)).rows.accepted).toBe(ROWS);
    await expectEveryCaseOnce();
  });
});

describe('an import whose thread breaks', () => {
  it('fails, and leaves its place to the next', async () => {
    const id = await client.start('mapping=regix', FILE);
    await client.until(id, ({ rows }) => rows.done >= 1_000);
    await stack.killIngest();
    writeFileSync(`${env['DATA_FOLDER']}/imports/${id}.staged`, 'no database '.repeat(1_000));
    await startIngest();
    expect((await client.ended(id)).failure?.code).toBe('internal');
    expect(existsSync(`${env['DATA_FOLDER']}/imports/${id}.staged`)).toBe(false);
    expect((await client.import('mapping=regix', FILE)).rows.done).toBe(ROWS);
    await expectEveryCaseAtLeastOnce();
  });
});

describe('the queue', () => {
  it('does imports one after the other, and takes only so many', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 21; i++)
      ids.push(await client.start('mapping=regix', i === 0 ? FILE : exportOf([{ number: i }])));
    const refused = await client.upload('mapping=regix', exportOf([{ number: 1 }]));
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
    const list = await client.ask('GET', '/v1/imports?limit=5');
    expect(list.body.rows.map(({ id }: { id: string }) => id)).toEqual(ids.slice(-5).reverse());
    const second = await client.ask('GET', `/v1/imports?limit=5&cursor=${list.body.next}`);
    expect(second.body.rows[0].id).toBe(ids.at(-6));
    for (const id of ids) expect((await client.ended(id)).state).toBe('done');
    expect((await client.ask('GET', `/v1/imports/${randomUUID()}`)).status).toBe(404);
  });

  it('keeps nothing of a file for which there is no place to propose a mapping', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => client.upload('', FILE)));
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].sort()).toEqual([200, 503]);
    expect(readdirSync(`${env['DATA_FOLDER']}/imports`)).toEqual([]);
  });

  it('lets ingest answer while an import runs', async () => {
    const id = await client.start('mapping=regix', FILE);
    await client.until(id, ({ state }) => state === 'running');
    const times: number[] = [];
    await becomesTrue(async () => {
      const start = performance.now();
      const { state } = await client.see(id);
      times.push(performance.now() - start);
      return state === 'done';
    }, 60_000);
    times.sort((a, b) => a - b);
    expect(times[Math.floor(times.length * 0.9)]).toBeLessThan(100);
  });
});

async function reportedRows(id: string): Promise<number> {
  const { text } = await client.ask('GET', `/v1/imports/${id}/report`, { headers: { accept: 'text/csv' } });
  return new Set(text.trimEnd().split('\r\n').slice(1)).size;
}
