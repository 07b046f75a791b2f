/** The goals of a programme: what they brought in, and how many of their cases are assessed. */
import type { Programme, PublicSavings, SavingsFigures } from '@effectstroom/contracts';
import type { Html, Piece } from '../html.ts';
import type { BoardContext } from '../page.ts';
import { isHidden, shown } from '../shown.ts';
import { table } from '../table.ts';
import { explainLink } from './explain-link.ts';
import type { ScopeNames } from './programmes-in-scope.ts';

interface Goals {
  goals: PublicSavings['rows'];
  programme: Programme;
  place: number;
  named: ScopeNames;
  /** Of the programme. */
  title: string;
}

export function goalsTable({ goals, programme, place, named, title }: Goals, context: BoardContext): Html {
  const { language } = context;
  const labels = {
    nl: ['Doel', 'Thema', 'Besparing', 'Casussen', 'Beoordeeld', 'Deel beoordeeld'],
    en: ['Goal', 'Theme', 'Savings', 'Cases', 'Assessed', 'Part assessed'],
  }[language];
  return table({
    id: `goals-figures-${place}`,
    caption: `${{ nl: 'Doelen', en: 'Goals' }[language]}: ${title}`,
    columns: labels.map((label, at) => ({ label, isNumber: at > 1 })),
    rows: goals.map((row): Piece[] => {
      const { cents, count, share } = shown(context, isHidden(row));
      const { cases, corrected } = row as Partial<SavingsFigures>;
      const path = [
        ['municipality', programme.municipality],
        ['organisation', programme.organisation],
        ['programme', programme.programme],
        ['theme', row.theme ?? null],
        ['goal', row.goal ?? null],
      ] as const;
      const part = cases == null || cases.registered === 0 ? null : cases.assessed / cases.registered;
      return [
        ...[named.goal(row.goal ?? null), named.theme(row.theme ?? null)],
        explainLink(context, cents(corrected?.total), { path }),
        ...[count(cases?.registered), count(cases?.assessed), share(part)],
      ];
    }),
  });
}
