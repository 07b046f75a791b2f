/** The parts of a group: groups of another dimension, or cases. */
import { isDimension } from '@effectstroom/contracts';
import {
  type CasePlace,
  type ChosenGroup,
  type Database,
  readCasePage,
  readGroupSums,
} from '@effectstroom/database';
import type { Kysely } from 'kysely';
import { cursorOf, readCursor } from '../cursor.ts';
import { questionOf } from '../savings/question.ts';
import { groupLabel, namesOf } from './labels.ts';
import { chosenBy, partsBy } from './levels.ts';
import { byText, type Part, type PartsPage, pageOf } from './pages.ts';
import type { Below, Walk } from './walk.ts';

/** Dimensions have few values; areas and months some thousands. */
const GROUPS_MAX = 100_000;

/** @throws TooManyCellsError where there are too many groups; FaultsError where `cursor` is none */
export async function groupParts(
  db: Kysely<Database>,
  walk: Walk,
  groups: readonly ChosenGroup[],
): Promise<Below> {
  const { query, organisations, moment, programmes } = walk;
  const { figure } = query;
  const by = partsBy(query);
  const { filters, without } = chosenBy(query, groups);
  const question = { ...questionOf({ ...query.question, filters }, organisations), asOf: moment };
  if (by === undefined || !isDimension(by)) {
    const after = query.cursor === undefined ? undefined : placeOf(query.cursor);
    const cases = await readCasePage(db, { question, figure, without, after, limit: query.limit });
    return { steps: [], page: casesPage(cases) };
  }
  const sums = await readGroupSums(db, { question, figure, by, without, groupsMax: GROUPS_MAX });
  const parts = sums.map(({ value, exact }): Part => {
    const names = namesOf(programmes, [...groups, { level: by, value }]);
    return { value, label: groupLabel(by, value, names), exact, isOpen: true };
  });
  return { steps: [], page: pageOf(parts, byText, query) };
}

function casesPage({ cases, before, page, after }: Awaited<ReturnType<typeof readCasePage>>): PartsPage {
  const last = cases.at(-1);
  const isLast = last === undefined || after === 0n;
  return {
    parts: cases.map(({ name, exact }): Part => {
      if (name === undefined) return { value: null, label: 'Gewist', exact, isOpen: false };
      const { organisation, caseId } = name;
      return { value: `${organisation}/${caseId}`, label: `Casus ${caseId}`, exact, isOpen: true };
    }),
    ...{ before, page, after },
    next: isLast ? null : cursorOf(last.exact, last.organisation, last.event),
  };
}

function placeOf(cursor: string): CasePlace {
  const parts = readCursor(cursor, [/^\d{1,60}$/, /^\d{1,9}$/, /^\d{1,19}$/]);
  const [exact = '', organisation = '', event = ''] = parts;
  return { exact: BigInt(exact), organisation: Number(organisation), event: BigInt(event) };
}
