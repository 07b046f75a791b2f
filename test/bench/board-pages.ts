/** How long the portal takes over each page of the board. */
import { visit } from './board-visitor.ts';
import { quantile } from './statistics.ts';

export interface PageTimes {
  path: string;
  /** As it is sent. */
  bytes: number;
  p50: number;
  p99: number;
}

/** Addresses of the navigation, of the board's own pages. */
const LINK = /<a\b[^>]*\bhref="(\/[^"?]*)[^"]*"/g;

/** The pages that the navigation of the first page leads to, and that page itself. */
export async function pagesOf(portal: string, cookie: string): Promise<string[]> {
  const text = await (await fetch(`${portal}/`, { headers: { cookie } })).text();
  const navigation = /<nav\b[\s\S]*?<\/nav>/.exec(text)?.[0] ?? '';
  return [...new Set(['/', ...[...navigation.matchAll(LINK)].map(([, path = '/']) => path)])];
}

/**
 * One request at a time, after one that is not counted.
 * @param query of the address, as 'gemeente=GM0794&jaar=2026'; with several they are asked in turns
 * @throws Error where a page is not there
 */
export async function measurePages(
  portal: string,
  cookie: string,
  queries: readonly string[],
  requests: number,
): Promise<PageTimes[]> {
  const measured: PageTimes[] = [];
  for (const path of await pagesOf(portal, cookie)) {
    const times: number[] = [];
    let bytes = 0;
    for (let number = 0; number <= requests; number++) {
      const query = queries[number % queries.length] ?? '';
      const { status, body, ms } = await visit(`${portal}${path}?${query}`, cookie);
      if (status !== 200) throw new Error(`${path}?${query} answers ${status}: ${body.length} bytes`);
      if (number > 0) times.push(ms);
      bytes = Math.max(bytes, body.length);
    }
    measured.push({ path, bytes, p50: quantile(times, 0.5), p99: quantile(times, 0.99) });
  }
  return measured;
}
