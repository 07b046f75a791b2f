/** A real Chromium: the system's, or else the one that npm carries. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import carried from '@sparticuz/chromium';
import { type BrowserContext, chromium } from 'playwright-core';

const SYSTEM = '/usr/bin/chromium';

/** A browser of a person who speaks Dutch; `end` closes it and removes what it kept. */
export async function openBrowser(): Promise<{ context: BrowserContext; end: () => Promise<void> }> {
  const isThere = existsSync(SYSTEM);
  const executablePath = isThere ? SYSTEM : await carried.executablePath();
  const folder = mkdtempSync(join(tmpdir(), 'effectstroom-browser-'));
  const own = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'];
  const context = await chromium.launchPersistentContext(folder, {
    executablePath,
    headless: true,
    args: isThere ? own : [...carried.args, ...own],
    locale: 'nl-NL',
    viewport: { width: 1100, height: 900 },
    acceptDownloads: true,
  });
  return {
    context,
    end: async () => {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
