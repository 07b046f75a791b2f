/** Names of themes and goals, from the programmes in force. */
import type { Programme } from '@effectstroom/contracts';
import type { Database } from '@effectstroom/database';
import type { Kysely } from 'kysely';
import { nameIn } from './case-form.ts';
import { type ProgrammeOfCase, programmeKey, readProgramme } from './settings-in-force.ts';

/** Whose theme and goal it is. */
export interface Named extends ProgrammeOfCase {
  theme: string;
  goal: string | null;
}

/** What a theme and goal are called; null where nobody says. */
export interface CaseNames {
  themeName: string | null;
  goalName: string | null;
}

/** Reads the programmes of these cases. @returns the names of any of them */
export async function readCaseNames(
  db: Kysely<Database>,
  cases: readonly Named[],
): Promise<(one: Named) => CaseNames> {
  const programmes = new Map<string, Programme | undefined>();
  for (const one of new Map(cases.map((one) => [programmeKey(one), one])).values())
    programmes.set(programmeKey(one), await readProgramme(db, one));
  return (one) => namesIn(programmes.get(programmeKey(one)), one);
}

/** The names of a theme and goal in a programme. */
export function namesIn(
  programme: Programme | undefined,
  { theme, goal }: Pick<Named, 'theme' | 'goal'>,
): CaseNames {
  const themes = programme?.themes ?? [];
  const goals = themes.flatMap((one) => one.goals);
  return { themeName: nameIn(themes, theme), goalName: nameIn(goals, goal) };
}
