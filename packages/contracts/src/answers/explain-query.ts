import { z } from 'zod';
import { type Fault, FaultsError } from '../fault.ts';
import { oneOf } from '../fields.ts';
import { DIMENSIONS, type Dimension, isDimension } from './dimensions.ts';
import { type ExplainLevel, type ExplainStep, isInsideCase, isLineLevel, readPath } from './explain-path.ts';
import { PAGE_ROWS, pageParameters } from './page.ts';
import { queryFaults, withoutEmpty } from './query-faults.ts';
import { checkSavingsQuery, type SavingsQuery, savingsQuerySchema } from './savings-query.ts';

/** The figures that can be walked down. */
export const EXPLAIN_FIGURES = ['corrected', 'gross', 'municipal', 'cost'] as const;

export type ExplainFigure = (typeof EXPLAIN_FIGURES)[number];

/** A case, 18 dimensions and what lies inside a case, each with a value. */
const PATH_LENGTH_MAX = 2000;
const PATH_SAYS = 'must be one comma list of level:value';

const walk = z.strictObject({
  figure: oneOf(EXPLAIN_FIGURES)
    .meta({
      description:
        'corrected or gross: the total; municipal: the corrected total of municipal cost bearers; cost',
      default: 'corrected',
    })
    .exactOptional(),
  path: z
    .string({ error: PATH_SAYS })
    .max(PATH_LENGTH_MAX, { error: `must be at most ${PATH_LENGTH_MAX} characters` })
    .meta({
      description:
        'The way down: comma list of level:value. Levels are the dimensions (no value is none: `goal:`), ' +
        'case (organisation/caseId), line (its number) and lineYear (years after the date)',
      example: 'municipality:GM0394,organisation:meerwaarde,theme:3',
    })
    .exactOptional(),
  by: oneOf([...DIMENSIONS, 'case'])
    .meta({ description: 'What to take apart by; the next of the usual levels where left out' })
    .exactOptional(),
  ...pageParameters,
});

const { groupBy: _, prices: __, ...question } = savingsQuerySchema.shape;

/** The parameters of `GET /v1/explain`, as they are sent. */
export const explainQuerySchema = z.strictObject({ ...question, ...walk.shape });

/** A checked question that walks a figure down. */
export interface ExplainQuery {
  /** The whole figure; groups nothing. */
  question: SavingsQuery;
  figure: ExplainFigure;
  path: ExplainStep[];
  /** What the parts are; undefined leaves it to the usual order. */
  by: Dimension | 'case' | undefined;
  /** Cursor of the page before. */
  cursor: string | undefined;
  limit: number;
}

/**
 * Reads the query parameters of `GET /v1/explain`; an empty parameter counts as not given.
 * @throws FaultsError naming every fault; pointers are from the query's root, as `/path`.
 */
export function parseExplainQuery(query: unknown): ExplainQuery {
  const given = withoutEmpty(query);
  const { groupBy, prices, figure, path, by, cursor, limit, ...rest } = given;
  const own = Object.fromEntries(
    Object.entries({ figure, path, by, cursor, limit }).filter(([, value]) => value !== undefined),
  );
  const asked = checkSavingsQuery(rest);
  const result = walk.safeParse(own);
  const filtered = Object.keys(rest).filter(isDimension);
  const { steps, faults: pathFaults } = readPath(typeof path === 'string' ? path : '', filtered);
  const levels = [...filtered, ...steps.map(({ level }) => level)];
  const faults = [
    ...asked.faults,
    ...notHere('groupBy', groupBy, '"by" says what to take apart by'),
    ...notHere('prices', prices, 'only recorded figures are explained'),
    ...(result.success ? [] : queryFaults(result.error.issues, own)),
    ...pathFaults,
    ...byFaults(by, levels),
    ...(figure === 'cost' ? costFaults(by, levels) : []),
  ];
  if (asked.query === undefined || !result.success || faults.length > 0) throw new FaultsError(faults);
  return {
    question: asked.query,
    figure: result.data.figure ?? 'corrected',
    path: steps,
    by: result.data.by,
    cursor: result.data.cursor,
    limit: result.data.limit === undefined ? PAGE_ROWS : Number(result.data.limit),
  };
}

/** Parameters of /v1/savings that have no meaning here. */
function notHere(name: string, value: unknown, why: string): Fault[] {
  return value === undefined
    ? []
    : [{ pointer: `/${name}`, code: 'not-allowed', detail: `cannot stand here: ${why}` }];
}

function byFaults(by: unknown, levels: readonly ExplainLevel[]): Fault[] {
  if (by === undefined) return [];
  const pointer = '/by';
  const inside = levels.find(isInsideCase);
  if (inside !== undefined)
    return [{ pointer, code: 'not-allowed', detail: `must be left out behind ${inside}` }];
  return levels.some((level) => level === by)
    ? [{ pointer, code: 'duplicate', detail: 'is chosen already' }]
    : [];
}

function costFaults(by: unknown, levels: readonly ExplainLevel[]): Fault[] {
  return [...levels, by].some((level) => isLineLevel(level as ExplainLevel))
    ? [{ pointer: '/figure', code: 'not-allowed', detail: 'cost belongs to cases: lines cannot be chosen' }]
    : [];
}
