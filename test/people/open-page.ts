/** A page of the board in a real browser, opened by somebody who has signed in. */
import type { Page } from 'playwright-core';
import { type BrowserOptions, openBrowser } from '../web/browser.ts';

export interface OpenedPage {
  page: Page;
  /** What the page's scripts and the browser complained about. */
  complaints: string[];
  /** Closes the browser. */
  end(): Promise<void>;
}

/** How somebody looks, and with which key they signed in. */
export interface PageOptions extends BrowserOptions {
  /** By default one that reads everything; null where nobody signs in. */
  key?: string | null;
}

/**
 * Opens an address of the board, as `${stack.portal}/themas`, in a browser of its own.
 * @throws Error where signing in fails
 */
export async function openPage(url: string, options: PageOptions = {}): Promise<OpenedPage> {
  const { context, end } = await openBrowser(options);
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    if (options.key !== null) await signIn(page, new URL(url).origin, options.key ?? 'local-read');
    await page.goto(url);
    return { page, complaints, end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Signs in with a key through the form, as a person does. */
export async function signIn(page: Page, origin: string, key: string): Promise<void> {
  await page.goto(`${origin}/inloggen`);
  const field = page.locator('input[name="sleutel"]');
  await field.fill(key);
  await field.press('Enter');
  await page.waitForURL((address) => address.pathname !== '/inloggen');
}
