/** Which cases a work list has, as its address says it. */
import { z } from 'zod';
import type { ApiQuery } from '../../board/api.ts';
import type { BoardContext } from '../../board/page.ts';

const code = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/)
  .optional()
  .catch(undefined);

const chosenSchema = z.object({
  thema: code,
  doel: code,
  team: code,
  steekproef: z
    .string()
    .regex(/^[1-9]\d?$/)
    .optional()
    .catch(undefined),
  trekking: code,
});

/** Own parameters of a work list. */
export type ListChoice = z.infer<typeof chosenSchema>;

/** Names of these parameters: they stay when a filter of the board changes. */
export const LIST_PARAMETERS = Object.keys(chosenSchema.shape);

/** What is chosen. What cannot be read is left out. */
export function listChoice({ request }: BoardContext): ListChoice {
  return chosenSchema.parse(request.query ?? {});
}

/** The question that the list asks the API. A sample is of one organisation: without one there is none. */
export function listQuestion({ filters }: BoardContext, choice: ListChoice): ApiQuery {
  const { thema: theme, doel: goal, team, steekproef, trekking: seed } = choice;
  const isSampled = steekproef !== undefined && filters.organisation !== undefined;
  return {
    ...filters.query,
    ...{ theme, goal, team },
    ...(isSampled ? { sample: steekproef, seed } : {}),
  };
}
