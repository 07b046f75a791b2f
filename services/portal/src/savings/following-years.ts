import type { Programme } from '@effectstroom/contracts';

/** Where no programme says it (design §5). */
const DEFAULT = 2;

/**
 * The programmes' following years: the largest that is in force on some day of the period, in any of the
 * programmes.
 */
export function followingYearsOf(
  programmes: readonly Programme[],
  { from, to }: { from: string; to: string },
): number {
  const years = programmes.flatMap(({ followingYears }) => {
    const atStart = followingYears.filter((entry) => entry.from <= from).map((entry) => entry.from);
    const start = atStart.sort().at(-1) ?? from;
    return followingYears
      .filter((entry) => entry.from >= start && entry.from <= to)
      .map((entry) => entry.years);
  });
  return years.length === 0 ? DEFAULT : Math.max(...years);
}
