/** The tables that a question's table can be compared with: those of some of its dimensions. */
import { type Dimension, LINE_DIMENSIONS, TIME_DIMENSIONS, type View } from '@effectstroom/contracts';

/** What a value of a dimension says by itself: a goal belongs to a theme, a month to a quarter. */
const IMPLIED: Partial<Record<Dimension, readonly Dimension[]>> = {
  goal: ['theme'],
  month: ['quarter', 'year'],
  quarter: ['year'],
};

/**
 * The dimensions with all that they imply, in one order whatever the order asked. The municipality stands apart
 * (see `judge.ts`), and an area tells it.
 */
export function closed(dimensions: Iterable<Dimension>): Dimension[] {
  const all = new Set<Dimension>();
  for (const dimension of dimensions)
    for (const one of [dimension, ...(IMPLIED[dimension] ?? [])]) all.add(one);
  all.delete('municipality');
  return [...all].sort();
}

/** Every part of a list, in its order. */
export function subsets<Item>(list: readonly Item[]): Item[][] {
  const found: Item[][] = [[]];
  for (const item of list) found.push(...found.map((part) => [...part, item]));
  return found;
}

/** Every closed part of closed dimensions, itself included: fewer dimensions before more. */
export function partsOf(dimensions: readonly Dimension[]): Dimension[][] {
  return subsets(dimensions)
    .filter((part) => part.every((one) => (IMPLIED[one] ?? []).every((other) => part.includes(other))))
    .sort((one, other) => one.length - other.length || (one.join() < other.join() ? -1 : 1));
}

/**
 * The dimensions in which one case can stand in several groups: those of lines, and in the calendar view the
 * time, because a case saves in several years.
 */
export function dividingDimensions(dimensions: readonly Dimension[], view: View): Dimension[] {
  const dividing: readonly Dimension[] =
    view === 'calendar' ? [...LINE_DIMENSIONS, ...TIME_DIMENSIONS] : LINE_DIMENSIONS;
  return dimensions.filter((dimension) => dividing.includes(dimension));
}

/** Every way in which the parts of closed dimensions divide cases, each once. */
export function divisionsOf(dimensions: readonly Dimension[], view: View): Dimension[][] {
  const all = partsOf(dimensions).map((part) => dividingDimensions(part, view));
  return [...new Map(all.map((division) => [division.join(), division])).values()];
}
