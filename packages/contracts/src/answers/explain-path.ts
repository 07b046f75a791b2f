/** The way from the whole figure down to one amount, as `path` writes it. */
import { z } from 'zod';
import type { Fault } from '../fault.ts';
import { nameForDetail } from '../fault.ts';
import { caseId, slug } from '../fields.ts';
import { DIMENSIONS, type Dimension, isDimension, LINE_DIMENSIONS } from './dimensions.ts';
import { savingsQuerySchema } from './savings-query.ts';

/** What lies under a group of cases: one case, a line of it, and a year of the line. */
const INSIDE = ['case', 'line', 'lineYear'] as const;

/** Everything that a step of a path can choose. */
export const EXPLAIN_LEVELS = [...DIMENSIONS, ...INSIDE] as const;

export type ExplainLevel = (typeof EXPLAIN_LEVELS)[number];

/** One step down; null chooses what has no value in the dimension. */
export interface ExplainStep {
  level: ExplainLevel;
  value: string | null;
}

/** Dimensions in which every case or line has a value. */
const ALWAYS_GIVEN: ReadonlySet<ExplainLevel> = new Set<ExplainLevel>([
  ...(['municipality', 'organisation', 'programme', 'theme', 'costBearer', 'recurrence'] as const),
  ...(['month', 'quarter', 'year'] as const),
]);

const LINE_LEVELS: ReadonlySet<ExplainLevel> = new Set<ExplainLevel>([
  ...LINE_DIMENSIONS,
  'line',
  'lineYear',
]);

const caseAddress = z.string().refine((text) => {
  const [organisation, id, ...more] = text.split('/');
  return slug.safeParse(organisation).success && caseId.safeParse(id).success && more.length === 0;
});

const INSIDE_VALUES = {
  case: { schema: caseAddress, says: 'must be organisation/caseId' },
  line: { schema: z.string().regex(/^(?:[1-9]|[1-4]\d|50)$/), says: 'must be a line, 1 to 50' },
  lineYear: { schema: z.string().regex(/^(?:\d|[1-3]\d)$/), says: 'must be a year of the line, 0 to 39' },
} as const;

/** Whether the level tells apart lines, not cases. */
export function isLineLevel(level: ExplainLevel): boolean {
  return LINE_LEVELS.has(level);
}

/** Whether the step lies inside a case, or is one. */
export function isInsideCase(level: ExplainLevel): level is (typeof INSIDE)[number] {
  return (INSIDE as readonly string[]).includes(level);
}

/** A path as it is written: `theme:3,goal:,case:meerwaarde/c-1`; nothing behind the colon is null. */
export function writePath(steps: readonly ExplainStep[]): string {
  return steps.map(({ level, value }) => `${level}:${value ?? ''}`).join(',');
}

/**
 * Reads a path as {@link writePath} writes it.
 * @param filtered dimensions that the question filters on: a step cannot choose them again
 */
export function readPath(
  path: string,
  filtered: readonly Dimension[],
): { steps: ExplainStep[]; faults: Fault[] } {
  const steps: ExplainStep[] = [];
  const faults: Fault[] = [];
  const chosen = new Set<string>(filtered);
  for (const part of path === '' ? [] : path.split(',')) {
    const [name = ''] = part.split(':', 1);
    const value = part.slice(name.length + 1);
    const fault = stepFault(name, value, steps.at(-1)?.level, chosen);
    if (fault === undefined) steps.push({ level: name as ExplainLevel, value: value === '' ? null : value });
    else faults.push({ pointer: '/path', ...fault });
    chosen.add(name);
  }
  return { steps, faults };
}

function stepFault(
  name: string,
  value: string,
  before: ExplainLevel | undefined,
  chosen: ReadonlySet<string>,
): Omit<Fault, 'pointer'> | undefined {
  const level = EXPLAIN_LEVELS.find((one) => one === name);
  if (level === undefined) {
    const detail = `no level ${nameForDetail(name)}: choose out of ${EXPLAIN_LEVELS.join(', ')}`;
    return { code: 'enum', detail };
  }
  if (chosen.has(level)) return { code: 'duplicate', detail: `${level} is chosen already` };
  if (isDimension(level) && before !== undefined && isInsideCase(before))
    return { code: 'not-allowed', detail: `${level} cannot come behind ${before}` };
  if (level === 'line' && before !== 'case') return { code: 'not-allowed', detail: 'line comes behind case' };
  if (level === 'lineYear' && before !== 'line')
    return { code: 'not-allowed', detail: 'lineYear comes behind line' };
  return valueFault(level, value);
}

function valueFault(level: ExplainLevel, value: string): Omit<Fault, 'pointer'> | undefined {
  if (isInsideCase(level)) {
    const { schema, says } = INSIDE_VALUES[level];
    return schema.safeParse(value).success ? undefined : { code: 'format', detail: `${level} ${says}` };
  }
  if (value === '')
    return ALWAYS_GIVEN.has(level) ? { code: 'required', detail: `${level} must have a value` } : undefined;
  const result = savingsQuerySchema.shape[level].safeParse(value);
  if (result.success) return undefined;
  return { code: 'format', detail: `${level} ${result.error.issues[0]?.message ?? 'has another form'}` };
}
