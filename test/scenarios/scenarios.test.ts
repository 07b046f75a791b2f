import { describe, expect, test } from 'vitest';
import { audit, euros } from './auditor.ts';
import { tableAuditor } from './expected-figures.ts';
import { generate as generateHaarlemmermeer } from './haarlemmermeer-2021/generate.ts';
import { loadScenario, type ScenarioName, scenarioText } from './load-scenario.ts';
import type { ExpectedTable } from './scenario.ts';
import { generate as generateTwenterand } from './twenterand-gezinswerk/generate.ts';

const haarlemmermeer = loadScenario('haarlemmermeer-2021');
const twenterand = loadScenario('twenterand-gezinswerk');

type Row = Record<string, string | number | boolean>;

interface HaarlemmermeerSource {
  correctionFactor: string;
  followingYearsCounted: number;
  themeBudgetEuros: number;
  goals: Row[];
  themes: Row[];
  totals: Row;
  savingsEuros: Record<
    'oneOff' | 'yearlyRecurring' | 'followingYear1' | 'followingYear2',
    { gross: number; corrected: number }
  > &
    Record<'totalEffect' | 'returnPercent' | 'recurringSharePercentPublished', number>;
  costBearers: Row[];
  costBearerTotalEuros: number;
  municipalSharePercent: number;
  youthAndParentsShareOfCasesPercent: number;
}

interface TwenterandSource {
  caseMixPercent: Record<string, number>;
  notAnalysedPercent: Record<string, number>;
  supportTypes: Row[];
  totals: Row;
  benefitsByEffectApproxEuros: Record<string, number>;
}

const source = <T>(name: ScenarioName): T => JSON.parse(scenarioText(name, 'source.json')) as T;

/**
 * The published figures of one table, by the group they are about ('' where there is none or more than one).
 */
function publishedOf(tables: readonly ExpectedTable[], name: string): [string, string][] {
  const rows = tables.find(({ table }) => table === name)?.rows ?? [];
  return rows.map(({ groups, published }) => [groups?.length === 1 ? (groups[0] ?? '') : '', published]);
}

/** Nine digits that touch no other digit, also written with dots or spaces, and that pass the 11-test. */
function bsnsIn(text: string): string[] {
  const runs = text.match(/(?<!\d)(?<!\d[. ])\d(?:[. ]?\d){8}(?![. ]?\d)/g) ?? [];
  return runs.filter((run) => {
    const digits = run.replace(/\D/g, '').split('').map(Number);
    const weighed = digits.reduce((sum, digit, index) => sum + digit * (index === 8 ? -1 : 9 - index), 0);
    return weighed % 11 === 0 && digits.some((digit) => digit !== 0);
  });
}

describe.each([
  { name: 'haarlemmermeer-2021' as const, scenario: haarlemmermeer, generate: generateHaarlemmermeer },
  { name: 'twenterand-gezinswerk' as const, scenario: twenterand, generate: generateTwenterand },
])('$name', ({ name, scenario, generate }) => {
  test('the generator makes events.json byte for byte', () => {
    expect(generate()).toBe(scenarioText(name, 'events.json'));
  });

  test.each(scenario.expected.tables)('the auditor finds every figure of $table', (table) => {
    const budget = source<Partial<HaarlemmermeerSource>>(name).themeBudgetEuros ?? 0;
    const auditRow = tableAuditor(scenario.events, scenario, table, budget);
    for (const row of table.rows) {
      const { published, exact } = auditRow(row);
      expect([row.label, published, exact]).toEqual([row.label, row.published, row.exact]);
    }
  });

  test('every event is one case of its own', () => {
    const { municipality, organisation, programme } = scenario.expected.query;
    for (const { data } of scenario.events) {
      expect(data).toMatchObject({ municipality, organisation, programme, revision: 1 });
    }
    expect(new Set(scenario.events.map(({ data }) => data.caseId)).size).toBe(scenario.events.length);
    expect(new Set(scenario.events.map(({ id }) => id)).size).toBe(scenario.events.length);
  });

  test('no text holds a number that could be a BSN', () => {
    expect(bsnsIn('123456782')).toHaveLength(1);
    expect(bsnsIn('1234.56.782')).toHaveLength(1);
    for (const file of ['events.json', 'programme.json', 'expected.json']) {
      expect(bsnsIn(scenarioText(name, file))).toEqual([]);
    }
  });
});

describe('expected.json of Haarlemmermeer holds the published figures', () => {
  const published = source<HaarlemmermeerSource>('haarlemmermeer-2021');
  const { tables } = haarlemmermeer.expected;

  test('savings and return', () => {
    const { oneOff, yearlyRecurring, followingYear1, followingYear2, totalEffect, returnPercent } =
      published.savingsEuros;
    const pairs = [oneOff, yearlyRecurring, followingYear1, followingYear2];
    const figures = pairs.flatMap(({ gross, corrected }) => [gross, corrected]);
    expect(publishedOf(tables, 'savings').map(([, figure]) => Number(figure))).toEqual([
      ...figures,
      totalEffect,
    ]);
    expect(publishedOf(tables, 'return')).toEqual([['', `${returnPercent}`]]);
  });

  test('cost bearers, their shares, and the two totals that are 3 euros apart', () => {
    const { costBearers, costBearerTotalEuros, municipalSharePercent, savingsEuros } = published;
    const columns = (name: 'euros' | 'percent') =>
      costBearers.map((one) => [one['costBearer'], `${one[name]}`]);
    const firstYear = savingsEuros.oneOff.gross + savingsEuros.yearlyRecurring.gross;
    expect(costBearerTotalEuros - firstYear).toBe(3);
    expect(publishedOf(tables, 'cost-bearers')).toEqual([
      ...columns('euros'),
      ['', `${costBearerTotalEuros}`],
      ['', `${firstYear}`],
    ]);
    expect(publishedOf(tables, 'shares')).toEqual([
      ...columns('percent'),
      ['', `${municipalSharePercent}`],
      ['', `${savingsEuros.recurringSharePercentPublished}`],
    ]);
  });

  test('cases per theme and goal, and the share of youth and parents', () => {
    const { themes, goals, totals, youthAndParentsShareOfCasesPercent } = published;
    const counts = (list: Row[], key: string) =>
      list.flatMap((one) => [
        [one[key] ?? '', `${one['sampleCases']}`],
        [one[key] ?? '', `${one['casesPerYear']}`],
      ]);
    expect(publishedOf(tables, 'themes')).toEqual(counts([...themes, totals], 'theme'));
    expect(publishedOf(tables, 'goals')).toEqual(counts(goals, 'goal'));
    expect(publishedOf(tables, 'target-groups')).toEqual([['', `${youthAndParentsShareOfCasesPercent}`]]);
  });

  test('the settings are the published ones', () => {
    const { correctionFactor, followingYearsCounted, themeBudgetEuros, costBearers } = published;
    expect(haarlemmermeer.programme).toMatchObject({
      correctionFactors: [{ from: '2021-01-01', factor: correctionFactor }],
      followingYears: followingYearsCounted,
      budgets: [{ year: 2021, amount: `${themeBudgetEuros}.00` }],
    });
    const settings = haarlemmermeer.programme.costBearers.map(({ code, name, municipal }) => [
      code,
      name,
      municipal,
    ]);
    const bearers = costBearers.map((one) => [one['costBearer'], one['name'], one['municipal']]);
    expect(settings).toEqual(bearers);
  });

  test("the sample's own savings, without multipliers, are just over 2.5 million", () => {
    const counted = audit(haarlemmermeer.events, haarlemmermeer).get('')?.counted.gross ?? 0n;
    expect(Number(euros(counted, 0))).toBeGreaterThan(2_500_000);
    expect(Number(euros(counted, 0))).toBeLessThan(2_600_000);
  });
});

describe('expected.json of Twenterand holds the published figures', () => {
  const published = source<TwenterandSource>('twenterand-gezinswerk');
  const { tables } = twenterand.expected;

  test.each([
    ['costs', 'costEuros'],
    ['society', 'benefitSocietyEuros'],
    ['sroi', 'sroi'],
    ['municipality', 'benefitMunicipalityEuros'],
  ])('%s', (table, column) => {
    const rows = published.supportTypes.map((one) => [one['supportType'], `${one[column]}`]);
    expect(publishedOf(tables, table)).toEqual([...rows, ['', `${published.totals[column]}`]]);
  });

  test('effects, by approximation', () => {
    const effects = Object.entries(published.benefitsByEffectApproxEuros);
    expect(publishedOf(tables, 'effects')).toEqual(effects.map(([effect, amount]) => [effect, `${amount}`]));
  });

  test('the case mix is the published one', () => {
    const { 'not-analysed': _, ...analysed } = published.caseMixPercent;
    const mix = new Map<string | undefined, number>();
    for (const { data } of twenterand.events) mix.set(data.supportType, (mix.get(data.supportType) ?? 0) + 1);
    expect(Object.fromEntries(mix)).toEqual({ ...analysed, ...published.notAnalysedPercent });
  });
});
