/** Ingest's own folder after an erasure: files that were imported, reports, lists of vanished cases. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ImportClient } from '../imports/import-client.ts';
import { exportOf, mappingOf, numbered } from '../imports/simple-export.ts';
import { IngestStack } from '../ingest/ingest-stack.ts';

const stack = new IngestStack();
const folder = join(stack.folder, 'data');
let url = '';
const client = new ImportClient(() => url);
const admin = client.as('local-admin');
const ORGANISATION = 'meerwaarde';

beforeAll(async () => {
  await stack.startNats();
  await stack.startIngest({ DATA_FOLDER: folder }, (address) => {
    url = address;
  });
  await client.putMapping('regix', mappingOf());
});
afterAll(() => stack.end());

function filesThatHold(text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(text))
    .map(({ name }) => name);
}

const erase = (caseId: string) => admin.json('POST', '/v1/erasures', { organisation: ORGANISATION, caseId });

test('no file holds the case any more, while ingest has them open', async () => {
  const all = numbered(70_000, 71_000);
  const first = await client.import('mapping=regix&full=true', exportOf(all));
  const second = await client.import('mapping=regix&full=true', exportOf(all.slice(10)));
  expect(second.vanished).toBe(10);
  expect(filesThatHold('h-70005').length).toBeGreaterThan(2);
  const answer = await erase('h-70005');
  expect([answer.status, answer.body.removed]).toEqual([
    202,
    { delivered: 1, reportRows: 1, vanished: 1, zaken: 0, importsEnded: 0 },
  ]);
  expect(filesThatHold('h-70005')).toEqual([]);
  expect(filesThatHold('h-70006')).not.toEqual([]);
  expect((await client.see(second.id)).vanished).toBe(9);
  const report = await client.report(first.id, 'limit=1000');
  expect([report.length, report.filter(({ caseId }) => caseId === null).length]).toEqual([1_000, 1]);
  // The stream says what is erased; nothing else of ingest does.
  const messages = (await stack.messages()).filter(({ text }) => text.includes('h-70005'));
  expect(messages.map(({ subject }) => subject.split('.')[0]).sort()).toEqual(['cases', 'settings']);
});

test('while an import of the organisation is under way nothing is erased', { timeout: 120_000 }, async () => {
  const id = await client.start('mapping=regix', exportOf(numbered(0, 20_000)));
  await client.until(id, ({ state, rows }) => state === 'running' && rows.done > 0);
  const answer = await erase('h-70006');
  expect([answer.status, answer.body.import]).toEqual([409, id]);
  await client.ask('POST', `/v1/imports/${id}/stop`);
  await client.ended(id);
  const stopped = await erase('h-70006');
  expect([stopped.status, stopped.body.removed.importsEnded]).toEqual([202, 1]);
  expect(await client.see(id)).toMatchObject({ state: 'failed', failure: { code: 'erased' } });
  const left = readdirSync(join(folder, 'imports')).filter((name) => !/\.report(-.*)?$/.test(name));
  expect(left).toEqual([]);
});
