/** Walks the corrected total of a report down to themes and goals, as `GET /v1/explain` adds it up. */
import type { Explanation, PublicExplanation } from '@effectstroom/contracts';
import type { ApiQuery, BoardApi } from '../board/api.ts';

/** A part of a sum; `exact` is null where it is not shown. */
export interface WalkPart {
  /** Code; null where the cases have none. */
  value: string | null;
  label: string;
  exact: string | null;
  href: string | null;
}

/** The total and its parts. */
export interface Walk {
  sum: string | null;
  exact: string | null;
  themes: (WalkPart & { goals: WalkPart[] })[];
}

type Answer = Explanation | PublicExplanation;

/** Parts of one level that are read: more than a programme has. */
const PARTS_MAX = '1000';

/** @param query municipality, organisation, programme, from, to and asOf */
export async function walkDown(api: BoardApi, query: ApiQuery): Promise<Walk> {
  const ask = (path: string, by: string) =>
    api.get<Answer>('/v1/explain', { ...query, path, by, limit: PARTS_MAX });
  const root = await ask('', 'theme');
  const themes: Walk['themes'] = [];
  for (const part of root.parts) {
    const below = await ask(`theme:${part.value ?? ''}`, 'goal');
    themes.push({ ...partOf(part), goals: below.parts.map(partOf) });
  }
  return { sum: root.sum, exact: root.exact, themes };
}

function partOf({ value, label, exact, href }: Answer['parts'][number]): WalkPart {
  return { value, label, exact, href };
}
