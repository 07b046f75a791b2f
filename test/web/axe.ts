/** What axe (WCAG 2.1 AA and its best practices) finds on a page as it is. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Runs axe. @returns what it finds, as text */
export async function axeFaults(page: Page): Promise<string[]> {
  // The page allows no script but its own; the tools of the browser may still look at it.
  const found = await page.evaluate(`(async () => {
    const module = undefined;
    if (!globalThis.axe) { ${AXE} }
    const told = ({ target, failureSummary }) => target.join(' ') + ' ' + failureSummary;
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(told).join(' | '));
  })()`);
  return found as string[];
}
