/** The tables of a report out of answers of `GET /v1/savings`. Pure. */
import type {
  Named,
  Programme,
  Report,
  ReportCostBearer,
  ReportFigures,
  ReportGroup,
  ReportTexts,
  ReportTheme,
} from '@effectstroom/contracts';
import type { SavingsAnswer } from './read-answers.ts';
import { centsOf, eurosOf, shareOf, sumOf } from './shares.ts';

type Row = SavingsAnswer['rows'][number];

/** Target groups that are children, parents or youth, in the words that registrations use. */
const YOUTH: ReadonlySet<string> = new Set([
  ...['kind', 'kinderen', 'jeugd', 'jongere', 'jongeren', 'tieners', 'ouder', 'ouders', 'opvoeders'],
  ...['gezin', 'gezinnen', 'children', 'youth', 'young-people', 'parents', 'families'],
]);

/** An age group, as 15-25, that ends here or before is of youth. */
const YOUTH_UNTIL = 27;

/** The figures of a row, without what it groups by. */
function figuresOf(row: Row): ReportFigures {
  const { theme: _t, goal: _g, costBearer: _c, workType: _w, ...others } = row;
  const { supportType: _s, targetGroup: _a, wellbeing: _h, ...figures } = others;
  return figures as ReportFigures;
}

/** Themes with their goals and the organisation's own words. */
export function themesOf(
  themes: SavingsAnswer,
  goals: SavingsAnswer,
  programme: Programme,
  texts: ReportTexts | undefined,
): ReportTheme[] {
  return themes.rows.map((row) => {
    const code = row.theme ?? null;
    const known = programme.themes.find((one) => one.code === code);
    return {
      theme: code,
      name: known?.name ?? null,
      text: texts?.themes.find(({ theme }) => theme === code)?.text ?? null,
      figures: figuresOf(row),
      goals: goals.rows
        .filter(({ theme }) => (theme ?? null) === code)
        .map((goal) => ({
          goal: goal.goal ?? null,
          name: nameIn(known?.goals ?? [], goal.goal),
          figures: figuresOf(goal),
        })),
    };
  });
}

/** Themes of the programme that have no row. */
export function themesWithoutFigures(themes: SavingsAnswer, programme: Programme): Named[] {
  const shown = new Set(themes.rows.map(({ theme }) => theme));
  return programme.themes.filter(({ code }) => !shown.has(code)).map(({ code, name }) => ({ code, name }));
}

/** Cost bearers with their share of the gross first year, the largest first; those not shown last. */
export function costBearersOf(
  { rows, total }: SavingsAnswer,
  programme: Programme,
): Pick<Report, 'costBearers' | 'municipalShare'> {
  const whole = firstYearOf(total);
  const known = rows.map((row) => {
    const code = row.costBearer ?? '';
    const bearer = programme.costBearers.find((one) => one.code === code);
    return { row, code, bearer, first: firstYearOf(row) };
  });
  const costBearers = known
    .toSorted((one, other) => byAmount(other.first, one.first) || (one.code < other.code ? -1 : 1))
    .map(
      ({ row, code, bearer, first }): ReportCostBearer => ({
        costBearer: code,
        name: bearer?.name ?? code,
        municipal: bearer?.municipal ?? false,
        firstYear: first === null ? null : eurosOf(first),
        share: shareOf(first, whole),
        figures: figuresOf(row),
      }),
    );
  const municipal = known.filter(({ bearer }) => bearer?.municipal === true).map(({ first }) => first);
  const isAll = !known.some(({ first }) => first === null);
  return { costBearers, municipalShare: isAll ? shareOf(sumOf(municipal), whole) : null };
}

/** Groups of cases with their share of the represented cases, in the order of the answer. */
export function groupsOf(
  { rows, total }: SavingsAnswer,
  dimension: 'workType' | 'supportType' | 'targetGroup' | 'wellbeing',
  names: readonly Named[],
): ReportGroup[] {
  const whole = representedIn(total);
  return rows.map((row) => {
    const code = row[dimension] ?? null;
    const represented = representedIn(row);
    return {
      code,
      name: nameIn(names, code),
      represented: represented === null ? null : Number(represented),
      share: shareOf(represented, whole),
      figures: figuresOf(row),
    };
  });
}

/**
 * The share of children, parents and youth in the represented cases; null where no case has a target
 * group, or a group is not shown.
 */
export function youthShareOf({ rows, total, basis }: SavingsAnswer): string | null {
  const isUnlisted = 'suppressed' in basis && basis.suppressed.unlisted;
  if (isUnlisted || !rows.some(({ targetGroup }) => (targetGroup ?? null) !== null)) return null;
  const young = rows.filter(({ targetGroup }) => isYoung(targetGroup ?? ''));
  return shareOf(sumOf(young.map(representedIn)), representedIn(total));
}

function isYoung(targetGroup: string): boolean {
  const [, until] = /^\d{1,2}-(\d{1,2})$/.exec(targetGroup) ?? [];
  return until === undefined ? YOUTH.has(targetGroup) : Number(until) <= YOUTH_UNTIL;
}

/** Cents of the gross first year; null where not shown. */
function firstYearOf({ gross }: Row | ReportFigures): bigint | null {
  return gross === null ? null : centsOf(gross.oneOff) + centsOf(gross.yearlyFirstYear);
}

function representedIn({ cases }: Row | ReportFigures): bigint | null {
  return cases === null ? null : BigInt(cases.represented);
}

function byAmount(one: bigint | null, other: bigint | null): number {
  if (one === other) return 0;
  return (one ?? -1n) < (other ?? -1n) ? -1 : 1;
}

function nameIn(names: readonly Named[], code: string | null | undefined): string | null {
  return names.find((one) => one.code === code)?.name ?? null;
}
