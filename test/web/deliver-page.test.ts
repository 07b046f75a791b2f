/** A person delivers a file: in a real browser, on the page that ingest serves. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { IngestStack } from '../ingest/ingest-stack.ts';
import { axeFaults } from './axe.ts';
import { openBrowser } from './browser.ts';

const EXPORT = join(import.meta.dirname, '..', 'imports', 'exports', 'regix');
const FILE = join(EXPORT, 'hulpvragen.csv');
const SCREENS = join(import.meta.dirname, '..', '..', 'test-results', 'screens');
const LONG = { timeout: 60_000 };

const stack = new IngestStack();
let browser: Awaited<ReturnType<typeof openBrowser>>;
let address = '';

beforeAll(async () => {
  mkdirSync(SCREENS, { recursive: true });
  await stack.startNats();
  await stack.startIngest({ DATA_FOLDER: join(stack.folder, 'data') }, (url) => {
    address = url;
  });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.end();
  await stack.end();
});

/** The page with a key and a file chosen. */
async function choose(key = 'local-admin'): Promise<Page> {
  const page = await browser.context.newPage();
  await page.goto(address);
  await page.getByLabel('Sleutel').fill(key);
  await page.locator('#file').setInputFiles(FILE);
  await page.getByRole('button', { name: 'Verder' }).click();
  return page;
}

test('a wrong key is told in Dutch, and nothing else happens', async () => {
  const page = await choose('nobody-has-this-key');
  await page.getByText('Deze sleutel is niet bekend').waitFor(LONG);
  await page.close();
});

test('a first file without a mapping: a proposal, and its first rows as they would be read', async () => {
  const page = await choose();
  await page.getByRole('heading', { name: 'Voorstel voor een vertaling' }).waitFor(LONG);
  expect(await page.locator('#preview tbody tr').count()).toBe(10);
  expect(await page.locator('#questions li').count()).toBeGreaterThan(0);
  expect(await axeFaults(page)).toEqual([]);
  await page.screenshot({ path: join(SCREENS, 'aanleveren-voorstel.png'), fullPage: true });
  await page.close();
});

test('a file with its mapping: tried first, then delivered; what it says is what ingest says', async () => {
  const mapping = readFileSync(join(EXPORT, 'mapping.json'), 'utf8');
  const headers = { authorization: 'Bearer local-admin', 'content-type': 'application/json' };
  expect((await stack.send('PUT', '/v1/mappings/regix', mapping, headers)).status).toBe(200);
  const page = await choose();
  await page.getByRole('button', { name: 'Probeer het eerst' }).click();
  await page.getByRole('button', { name: 'Lever aan' }).waitFor(LONG);
  expect(await stack.lastSequence()).toBe(0);
  expect(await axeFaults(page)).toEqual([]);
  await page.screenshot({ path: join(SCREENS, 'aanleveren-proef.png'), fullPage: true });
  await page.getByRole('button', { name: 'Lever aan' }).click();
  await page.getByRole('heading', { name: '4. Aanleveren' }).waitFor(LONG);
  await page.getByText(/^klaar:/).waitFor(LONG);
  const { rows } = JSON.parse((await stack.ask('/v1/imports', { headers })).text);
  const [delivered] = rows;
  expect(delivered).toMatchObject({ state: 'done', dryRun: false });
  const nl = new Intl.NumberFormat('nl-NL');
  const said = await page.locator('#counts').textContent();
  expect(said).toContain(`${nl.format(delivered.cases.accepted)} casussen aangenomen`);
  expect(said).toContain(`${nl.format(delivered.rows.refused)} rijen geweigerd`);
  expect((await stack.publishedEvents()).size).toBe(delivered.cases.accepted);
  await page.setViewportSize({ width: 360, height: 740 });
  const width = await page.evaluate('document.documentElement.scrollWidth');
  expect(width).toBeLessThanOrEqual(360);
  await page.screenshot({ path: join(SCREENS, 'aanleveren-telefoon.png'), fullPage: true });
  await page.close();
});
