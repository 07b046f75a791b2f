import type { Group } from '@effectstroom/database';

interface Grouped {
  group: Group;
}

/** Groups in the order of answers: ascending, null last. */
export function byGroup({ group: one }: Grouped, { group: other }: Grouped): number {
  for (const [place, value] of one.entries()) {
    const against = other[place] ?? null;
    if (value === against) continue;
    if (value === null || against === null) return value === null ? 1 : -1;
    return value < against ? -1 : 1;
  }
  return 0;
}
