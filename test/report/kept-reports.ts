/** Tests of monthly reports: made once by however many portals, kept, listed, and found on the board. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeptReports, Report } from '@effectstroom/contracts';
import { becomesTrue, chromiumProgram, type Service } from '@effectstroom/infra';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { Part } from '../harness/part.ts';
import { openPage } from '../people/open-page.ts';
import type { PeopleStack } from '../people/people-stack.ts';
import { axeFaults } from '../web/axe.ts';
import { at, getReport, HAARLEMMERMEER, monthBefore, SMALL, XLSX } from './report-stack.ts';

const WAIT_MS = 40_000;

let stack: PeopleStack;
let portals: Part<Service>[];

/** Periods of which a report is due: the last month, and its year so far where that is more. */
function periods(): string[] {
  const month = monthBefore(stack.today);
  const [year, part] = month.split('-');
  if (part === '01') return [month];
  if (part === '12') return [month, String(year)];
  const lastDay = new Date(Date.parse(`${stack.today.slice(0, 7)}-01`) - 86_400_000)
    .toISOString()
    .slice(0, 10);
  return [month, `${year}-01-01--${lastDay}`];
}

async function listOf(portal: { portal: string }, key = 'local-read'): Promise<KeptReports> {
  return JSON.parse((await getReport(portal, '/v1/reports', 'application/json', key)).body.toString());
}

/** How many reports each run made, by what the portals wrote in their logs. */
function runs(): number[] {
  return ['reports-a', 'reports-b']
    .flatMap((label) => readFileSync(join(stack.folder, label, 'portal.log'), 'utf8').split('\n'))
    .filter((line) => line.includes('"msg":"the monthly reports are made"'))
    .map((line) => Number(JSON.parse(line).made));
}

async function startPortals(): Promise<void> {
  // As if everything had been sent long ago: reports are of what was known at the end of a month.
  for (const table of ['settings', 'event', 'ledger'])
    await sql`UPDATE ${sql.table(table)} SET known_at = known_at - interval '130 days'`.execute(
      stack.pipeline.db,
    );
  const folder = join(stack.folder, 'kept');
  const chromium = { CHROMIUM: (await chromiumProgram()) ?? '' };
  portals = ['reports-a', 'reports-b'].map((label) =>
    stack.pipeline.service('portal', { REPORTS_FOLDER: folder, ...chromium }, label),
  );
  await Promise.all(portals.map((portal) => portal.start()));
}

/** What axe finds in a page, wide and on a phone. */
async function violationsOf(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const width of [1100, 360]) {
    await page.setViewportSize({ width, height: 900 });
    found.push(...(await axeFaults(page)));
    if ((await page.evaluate<number>('document.documentElement.scrollWidth')) > width) found.push('scrolls');
  }
  return found;
}

/** Its tests, on a stack that nothing else is asked of any more: it makes what is known older than it is. */
export function describeKeptReports(on: () => PeopleStack): void {
  beforeAll(async () => {
    stack = on();
    await startPortals();
  });

  test('two portals make each report once, and both give it', async () => {
    const [a, b] = portals.map(at);
    if (a === undefined || b === undefined) throw new Error('there are two portals');
    const ids = periods().map((period) => `${Object.values(SMALL).join('_')}_${period}`);
    const isMade = async () => (await listOf(a)).rows.length === ids.length;
    expect(await becomesTrue(isMade, WAIT_MS)).toBe(true);
    expect(await becomesTrue(async () => runs().includes(ids.length), 5_000)).toBe(true);
    const { rows } = await listOf(b);
    expect(rows.map(({ id }) => id).sort()).toEqual(ids.sort());
    expect(rows.every(({ files }) => files.join() === 'html,pdf,xlsx,json')).toBe(true);
    const made = rows.map(({ madeAt }) => madeAt);
    await portals[0]?.stop();
    await portals[0]?.start();
    expect(await becomesTrue(async () => runs().includes(0), WAIT_MS)).toBe(true);
    expect(runs().filter((count) => count > 0)).toEqual([ids.length]);
    expect((await listOf(b)).rows.map(({ madeAt }) => madeAt)).toEqual(made);
  });

  test('a kept report is that of who sees no single cases, as known when the month had ended', async () => {
    const [, b] = portals.map(at);
    if (b === undefined) throw new Error('there are two portals');
    const { rows } = await listOf(b);
    const id = rows.find(({ period }) => period === monthBefore(stack.today))?.id ?? '';
    const read = async (kind: string) => getReport(b, `/v1/reports/${id}.${kind}`, '*/*');
    const report = JSON.parse((await read('json')).body.toString()) as Report;
    expect('suppressed' in report.basis).toBe(true);
    expect(report.total.cases?.registered).toBe(11);
    const start = new Date(report.basis.asOf ?? '').toLocaleString('sv-SE', { timeZone: 'Europe/Amsterdam' });
    expect(start).toBe(`${stack.today.slice(0, 7)}-01 00:00:00`);
    expect((await read('pdf')).body.subarray(0, 5).toString()).toBe('%PDF-');
    const page = await read('html');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    for (const wrong of [
      '..%2Fkept%2Fabout.json',
      `${id}.exe`,
      `..%2F${id}.html`,
      'GM0762_kleinwerk_proef_1999.html',
    ])
      expect((await getReport(b, `/v1/reports/${wrong}`, '*/*')).status).toBe(404);
  });

  test('readers see the reports of their organisations', async () => {
    const [, b] = portals.map(at);
    if (b === undefined) throw new Error('there are two portals');
    const key = await stack.makeKey(['read'], ['meerwaarde']);
    const isKnown = async () => (await getReport(b, '/v1/reports', '*/*', key)).status === 200;
    expect(await becomesTrue(isKnown, 5_000)).toBe(true);
    expect((await listOf(b, key)).rows).toEqual([]);
    const { rows } = await listOf(b);
    expect((await getReport(b, `/v1/reports/${rows[0]?.id}.html`, '*/*', key)).status).toBe(403);
    expect((await getReport(b, '/v1/reports?organisation=kleinwerk', '*/*', key)).status).toBe(403);
  });

  test('without a Chromium there is no PDF, and the answer says what to do', async () => {
    const portal = stack.pipeline.service('portal', {}, 'reports-none');
    await portal.start();
    const answer = await getReport(at(portal), HAARLEMMERMEER, 'application/pdf');
    expect(answer.status).toBe(501);
    expect(JSON.parse(answer.body.toString()).detail).toContain('set CHROMIUM');
    expect((await getReport(at(portal), HAARLEMMERMEER, XLSX)).status).toBe(200);
    expect(await listOf(at(portal))).toEqual({ rows: [], makes: ['html', 'xlsx', 'json'] });
  });

  test('the board makes a report and opens a kept one', async () => {
    const [, b] = portals.map(at);
    const { page, complaints, end } = await openPage(`${b?.portal}/rapporten?jaar=2021&gemeente=GM0394`);
    try {
      await page.getByLabel('Als').selectOption({ label: 'Webpagina' });
      await page.getByRole('button', { name: 'Maak rapport' }).click();
      await page.getByRole('heading', { name: 'Effectrapportage 2021' }).waitFor();
      expect(await page.locator('.keys').textContent()).toContain('317%');
      expect(await violationsOf(page)).toEqual([]);
      await page.goto(`${b?.portal}/rapporten?gemeente=GM0762`);
      await page.getByRole('link', { name: 'HTML' }).first().click();
      await page.getByRole('heading', { name: /Effectrapportage/ }).waitFor();
      expect(await page.locator('main').textContent()).toContain('Cijfers over minder dan 5 casussen');
      expect(complaints).toEqual([]);
    } finally {
      await end();
    }
  });
}
