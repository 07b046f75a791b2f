/** Reads lists of the API that come in pages. */
import type { ApiQuery, BoardApi } from './api.ts';

const PAGE = '1000';

interface Page<Row> {
  rows: Row[];
  next: string | null;
}

/**
 * All rows of a list. Throws `ProblemError` where the API does not answer.
 * @param max no more pages are asked once there are so many rows
 */
export async function allRows<Row>(
  api: BoardApi,
  path: string,
  query: ApiQuery = {},
  max = Number.POSITIVE_INFINITY,
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<Row> = await api.get(path, { ...query, limit: PAGE, cursor });
    rows.push(...page.rows);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined && rows.length < max);
  return rows;
}
