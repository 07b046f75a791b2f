/** A real Chromium: the system's, or else the one that npm carries. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumProgram } from '@effectstroom/infra';
import { type BrowserContext, chromium } from 'playwright-core';

/** How the person looks; a laptop in daylight where nothing is said. */
export interface BrowserOptions {
  /** Pixels. */
  width?: number;
  height?: number;
  dark?: boolean;
  /** Without JavaScript. */
  isPlain?: boolean;
}

/** A browser of a person who speaks Dutch; `end` closes it and removes what it kept. */
export async function openBrowser(
  options: BrowserOptions = {},
): Promise<{ context: BrowserContext; end: () => Promise<void> }> {
  const executablePath = await chromiumProgram();
  if (executablePath === undefined) throw new Error('There is no Chromium on this machine: set CHROMIUM');
  const folder = mkdtempSync(join(tmpdir(), 'effectstroom-browser-'));
  const context = await chromium.launchPersistentContext(folder, {
    ...{ executablePath, headless: true, acceptDownloads: true },
    args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
    locale: 'nl-NL',
    timezoneId: 'Europe/Amsterdam',
    viewport: { width: options.width ?? 1100, height: options.height ?? 900 },
    colorScheme: options.dark ? 'dark' : 'light',
    javaScriptEnabled: !options.isPlain,
  });
  return {
    context,
    end: async () => {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
