/** The programmes that a page is about, with the names of their themes, goals and cost bearers. */
import type { Programme } from '@effectstroom/contracts';
import { inScope } from '../in-scope.ts';
import type { BoardContext } from '../page.ts';

/** More programmes than this are not told apart on one page. */
export const PROGRAMMES_MAX = 12;

/** Names of codes: the code itself where programmes do not agree. */
export interface ScopeNames {
  theme(code: string | null): string;
  goal(code: string | null): string;
  costBearer(code: string | null): string;
}

export interface Scope {
  /** Empty where there are too many. */
  programmes: readonly Programme[];
  isTooMany: boolean;
}

/** The programmes of the filters, as in force. */
export async function programmesInScope({ api, filters, programmes: all }: BoardContext): Promise<Scope> {
  const there = inScope(all, filters);
  if (there.length > PROGRAMMES_MAX) return { programmes: [], isTooMany: true };
  const addresses = there.map((row) => [row.municipality, row.organisation, row.programme].join('/'));
  const programmes = await Promise.all(
    addresses.map((address) => api.get<Programme>(`/v1/programmes/${address}`)),
  );
  return { programmes, isTooMany: false };
}

/** What the codes of these programmes are called. */
export function scopeNames(programmes: readonly Programme[], without: string): ScopeNames {
  const nameOf = (lists: readonly { code: string; name: string }[][]) => (code: string | null) => {
    if (code === null) return without;
    const names = new Set(lists.flat().flatMap((one) => (one.code === code ? [one.name] : [])));
    const [name] = names;
    return names.size === 1 && name !== undefined ? name : code;
  };
  return {
    theme: nameOf(programmes.map(({ themes }) => themes)),
    goal: nameOf(programmes.map(({ themes }) => themes.flatMap(({ goals }) => goals))),
    costBearer: nameOf(programmes.map(({ costBearers }) => costBearers)),
  };
}
