import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { carriedChromium, unpackChromium } from '../../infra/src/chromium-carried.ts';

const carried = carriedChromium();
const folder = mkdtempSync(join(tmpdir(), 'effectstroom-chromium-'));
const target = join(folder, 'chromium-of-test');
const never = new AbortController().signal;

beforeAll(async () => {
  if (carried === undefined) return;
  // As two first starts at the same time do.
  await Promise.all([unpackChromium(carried, target, never), unpackChromium(carried, target, never)]);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.runIf(carried)('the carried Chromium is unpacked whole, with nothing left beside it', () => {
  expect(readdirSync(target).sort()).toEqual(['chromium', 'fonts', 'fonts.conf', 'lib', 'program']);
  expect(readdirSync(folder)).toEqual(['chromium-of-test']);
});

test.runIf(carried)(
  'it prints letters, with nothing of ours in the environment, and keeps to its own folder',
  { timeout: 60_000 },
  async () => {
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder };
    const [started, here] = [process.cwd(), mkdtempSync(join(folder, 'here-'))];
    process.chdir(here);
    const browser = await chromium.launch({ executablePath: join(target, 'chromium'), headless: true, env });
    try {
      const page = await browser.newPage();
      await page.setContent('<h1 style="font-family: Open Sans">Leesbaar</h1>');
      expect((await page.pdf()).toString('latin1')).toContain('OpenSans');
    } finally {
      process.chdir(started);
      await browser.close();
    }
    expect(readdirSync(here)).toEqual([]);
    expect(readdirSync(join(target, 'fonts-cache'))).not.toEqual([]);
  },
);

test.runIf(carried)('an unpacking that is broken off leaves nothing', async () => {
  if (carried === undefined) return;
  const interrupt = new AbortController();
  const unpacking = unpackChromium(carried, join(folder, 'broken-off'), interrupt.signal);
  setTimeout(() => interrupt.abort(), 100);
  await expect(unpacking).rejects.toThrow();
  expect(readdirSync(folder).filter((name) => name.startsWith('broken-off'))).toEqual([]);
});
