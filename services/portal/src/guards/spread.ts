import type { SpreadAnswer } from '@effectstroom/contracts';
import { type CaseMeans, type PercentageCount, readSpread } from '@effectstroom/database';
import { byGroup } from '../savings/group-order.ts';
import { guardBasis, type Reading } from './guard-reading.ts';
import { differenceFrom, linesSpread, sumOfMeans, without } from './team-spread.ts';

/** Percentages of teams: at most 102 values of both for each. */
const CELLS_MAX = 100_000;

type TeamSpread = SpreadAnswer['total'];
type Which = PercentageCount['which'];

/** A team, in one theme where themes are told apart, and those that it is compared with. */
interface Team {
  own: CaseMeans;
  lines: PercentageCount[];
  /** Of the same theme, where themes are told apart. */
  all: readonly CaseMeans[];
}

/** How the likelihoods and contributions that teams claim are spread. */
export async function answerSpread(reading: Reading, byTheme: boolean): Promise<SpreadAnswer> {
  const spread = await readSpread(reading.tx, reading.question, { byTheme, cellsMax: CELLS_MAX });
  const linesOf = Map.groupBy(spread.percentages, keyOf);
  const ofTheme = Map.groupBy(spread.means, ({ theme }) => theme);
  const teams = spread.means
    .toSorted(byTeam)
    .map((own): Team => ({ own, lines: linesOf.get(keyOf(own)) ?? [], all: ofTheme.get(own.theme) ?? [] }));
  return {
    basis: { ...guardBasis(reading), groupBy: byTheme ? ['team', 'theme'] : ['team'] },
    rows: teams.map(({ own, ...team }) => ({
      ...{ organisation: own.organisation, team: own.team },
      ...(own.theme !== undefined && { theme: own.theme }),
      ...figuresOf({ own, ...team }),
    })),
    total: totalOf(spread.percentages, spread.means),
  };
}

function figuresOf({ own, lines, all }: Team): TeamSpread {
  const spreadOf = (which: Which) => {
    const spread = linesSpread(lines.filter((one) => one.which === which));
    if (spread === null) return null;
    const mine = sumOfMeans([own], which);
    return { ...spread, ...differenceFrom(mine, without(sumOfMeans(all, which), mine)) };
  };
  return {
    ...countsOf(lines, own.cases),
    likelihood: spreadOf('likelihood'),
    contribution: spreadOf('contribution'),
  };
}

function totalOf(lines: readonly PercentageCount[], means: readonly CaseMeans[]): TeamSpread {
  const spreadOf = (which: Which) => {
    const spread = linesSpread(lines.filter((one) => one.which === which));
    return spread && { ...spread, difference: null, standardError: null, stands: null };
  };
  // A case has one theme and team: it stands in one group.
  const cases = means.reduce((sum, one) => sum + one.cases, 0);
  return {
    ...countsOf(lines, cases),
    likelihood: spreadOf('likelihood'),
    contribution: spreadOf('contribution'),
  };
}

function countsOf(lines: readonly PercentageCount[], cases: number): { cases: number; lines: number } {
  const ofOne = lines.filter(({ which }) => which === 'likelihood');
  return { cases, lines: ofOne.reduce((sum, one) => sum + one.lines, 0) };
}

function keyOf({ organisation, team, theme }: Pick<CaseMeans, 'organisation' | 'team' | 'theme'>): string {
  return JSON.stringify([organisation, team, theme]);
}

/** By organisation, team (none last) and theme. */
function byTeam(one: CaseMeans, other: CaseMeans): number {
  const groupOf = ({ organisation, team, theme }: CaseMeans) => [organisation, team, theme ?? null];
  return byGroup({ group: groupOf(one) }, { group: groupOf(other) });
}
