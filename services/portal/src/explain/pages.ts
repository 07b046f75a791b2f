/** The parts of a sum, page by page. */
import { cursorOf, readCursor } from '../cursor.ts';
import { sumOf } from './amounts.ts';

/** A part before it is written. */
export interface Part {
  /** The value of the step that chooses it; null where it has none. */
  value: string | null;
  label: string;
  exact: bigint;
  /** False where there is nothing more to tell. */
  isOpen: boolean;
}

export interface PartsPage {
  parts: Part[];
  before: bigint;
  page: bigint;
  after: bigint;
  /** Cursor of the next page; null on the last. */
  next: string | null;
}

/** How values ascend; null comes last. */
export type Order = (one: string, other: string) => number;
export const byText: Order = (one, other) => (one < other ? -1 : one === other ? 0 : 1);
export const byNumber: Order = (one, other) => Number(one) - Number(other);

/**
 * The parts in order, and of these the page behind a cursor, which also tells its place where its own part has gone.
 * @throws FaultsError where it is no cursor
 */
export function pageOf(
  parts: readonly Part[],
  order: Order,
  { cursor, limit }: { cursor: string | undefined; limit: number },
): PartsPage {
  const sorted = parts.toSorted(({ value: one }, { value: other }) =>
    one === null || other === null ? Number(one === null) - Number(other === null) : order(one, other),
  );
  const start = cursor === undefined ? 0 : startBehind(sorted, order, cursor);
  const end = Math.min(start + limit, sorted.length);
  const sum = (from: number, to: number) => sumOf(sorted.slice(from, to).map(({ exact }) => exact));
  return {
    parts: sorted.slice(start, end),
    before: sum(0, start),
    page: sum(start, end),
    after: sum(end, sorted.length),
    next: end < sorted.length ? cursorOf(sorted[end - 1]?.value ?? '') : null,
  };
}

function startBehind(sorted: readonly Part[], order: Order, cursor: string): number {
  const [last = ''] = readCursor(cursor, [/^.{1,64}$/]);
  const start = sorted.findIndex(({ value }) => value === null || order(value, last) > 0);
  return start === -1 ? sorted.length : start;
}
