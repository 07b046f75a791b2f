/** Dimensions of a case: who, where and for what. */
const CASE_DIMENSIONS = [
  'theme',
  'goal',
  'workType',
  'targetGroup',
  'supportType',
  'team',
  'area',
  'wellbeing',
  'municipality',
  'organisation',
  'programme',
] as const;

/** Dimensions of an avoided line: one case can stand in several groups. */
export const LINE_DIMENSIONS = ['costBearer', 'effect', 'recurrence', 'cashable'] as const;

/** Periods: of the case's date in the cohort view, of the realised date in the calendar view. */
export const TIME_DIMENSIONS = ['month', 'quarter', 'year'] as const;

/** What figures can be grouped by and filtered on (design §7). */
export const DIMENSIONS = [...CASE_DIMENSIONS, ...LINE_DIMENSIONS, ...TIME_DIMENSIONS] as const;

export type Dimension = (typeof DIMENSIONS)[number];

/** Whether a text names a dimension. */
export function isDimension(name: string): name is Dimension {
  return (DIMENSIONS as readonly string[]).includes(name);
}
