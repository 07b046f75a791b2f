/** A report out of what the API answered. Pure. */
import type { PriceList, Programme, Report } from '@effectstroom/contracts';
import type { Period } from '@effectstroom/database';
import { costBearersOf, groupsOf, themesOf, themesWithoutFigures, youthShareOf } from './model-groups.ts';
import type { ReportQuestion } from './question.ts';
import type { ReportAnswers } from './read-answers.ts';

/** @param madeAt when it is made: it is not of the figures */
export function reportOf(question: ReportQuestion, answers: ReportAnswers, madeAt: Date): Report {
  const { total, tables, programme, texts, walk, municipalityName } = answers;
  const { days } = question;
  return {
    madeAt: madeAt.toISOString(),
    period: question.period,
    municipality: { code: question.municipality, name: municipalityName },
    organisation: question.organisation,
    programme: { code: question.programme, name: programme.name },
    basis: total.basis,
    closing: closingOf(answers),
    introduction: texts?.introduction ?? null,
    total: total.total,
    themes: themesOf(tables.theme, tables.goal, programme, texts),
    themesWithoutFigures: themesWithoutFigures(tables.theme, programme),
    ...costBearersOf(tables.costBearer, programme),
    workTypes: groupsOf(tables.workType, 'workType', programme.workTypes),
    supportTypes: groupsOf(tables.supportType, 'supportType', []),
    targetGroups: groupsOf(tables.targetGroup, 'targetGroup', []),
    youthShare: youthShareOf(tables.targetGroup),
    wellbeing: groupsOf(tables.wellbeing, 'wellbeing', []),
    budgets: programme.budgets.filter(({ year }) => isIn(year, days)),
    method: methodOf(programme, answers.priceList, days),
    annex: {
      exact: walk.exact,
      themes: walk.themes.map(({ value, goals, ...part }) => ({
        ...{ theme: value, ...part },
        goals: goals.map(({ value: goal, ...rest }) => ({ goal, ...rest })),
      })),
    },
  };
}

function closingOf({ closing }: ReportAnswers): Report['closing'] {
  if (closing === undefined) return null;
  const { row, after } = closing;
  return {
    ...{ period: row.period, closedAt: row.closedAt, note: row.note, checksum: row.checksums?.all ?? null },
    afterwards: after && {
      corrected: after.corrected,
      parts: after.parts.map(({ label, corrected }) => ({ label, corrected })),
    },
  };
}

function isIn(year: number, { from, to }: Period): boolean {
  return year >= Number(from.slice(0, 4)) && year <= Number(to.slice(0, 4));
}

function methodOf(programme: Programme, priceList: PriceList | undefined, days: Period): Report['method'] {
  const { method, scale, correctionFactors, followingYears, discountRate, priceUncertainty } = programme;
  return {
    method,
    scale: inForce(scale, days),
    // Those of a theme and the general ones each have their own order of time.
    correctionFactors: [...Map.groupBy(correctionFactors, ({ theme }) => theme).values()].flatMap((list) =>
      inForce(list, days),
    ),
    followingYears: inForce(followingYears, days),
    discountRate: discountRate && inForce(discountRate, days),
    priceUncertainty,
    priceList: priceList ? priceListOf(priceList, days) : null,
  };
}

function priceListOf({ code, name, note, editions }: PriceList, days: Period) {
  return {
    ...{ code, name, note: note ?? null },
    editions: inForce(editions, days).map(({ from, priceLevel, source }) => ({
      ...{ from, priceLevel: priceLevel ?? null, source: source ?? null },
    })),
  };
}

/** The entries of a dated list, in order of `from`, that hold on a day of the period. */
function inForce<Dated extends { from: string }>(list: readonly Dated[], { from, to }: Period): Dated[] {
  return list.filter((entry, place) => {
    const next = list[place + 1]?.from;
    return entry.from <= to && (next === undefined || next > from);
  });
}
