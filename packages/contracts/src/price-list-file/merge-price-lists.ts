/** A file of prices beside the list that it belongs to. Pure. */
import type { PriceList } from '../settings-event.ts';
import type { PriceListChanges } from './price-list-preview.ts';

/**
 * The list with the editions of a file: each takes the place of the one that starts on the same day, whole, and
 * the others stay. Name and note are those of the file; a file without a note leaves the note.
 */
export function mergedPriceList(before: PriceList, file: PriceList): PriceList {
  const given = new Set(file.editions.map(({ from }) => from));
  const kept = before.editions.filter(({ from }) => !given.has(from));
  const editions = [...kept, ...file.editions].sort((one, other) => (one.from < other.from ? -1 : 1));
  const note = file.note ?? before.note;
  return { ...file, ...(note !== undefined && { note }), editions };
}

/** How many prices are in an edition now and in no edition of that day any more. */
export function disappearingPrices({ editions }: PriceListChanges): number {
  return editions
    .filter(({ state }) => state !== 'added')
    .reduce((sum, { removed }) => sum + removed.length, 0);
}
