/** Every query of every dashboard, asked as Grafana asks it; headline figures beside those of the API. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AskedQuery } from '@effectstroom/dashboards';
import { REPORTING_ROLE } from '@effectstroom/database';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Compared, type Figures, PLACES, periodOf, savingsOf, yearsOf } from './asked-figures.ts';
import { interpolatePromql } from './interpolate.ts';
import { type LookedAt, startLookedAt } from './looked-at.ts';
import { askSql, opened, panelRows, QUERIES, type Row } from './opened-board.ts';

const folder = mkdtempSync(join(tmpdir(), 'dashboards-'));
let at: LookedAt;
beforeAll(async () => {
  at = await startLookedAt(folder);
}, 240_000);
afterAll(async () => {
  await at?.end();
  rmSync(folder, { recursive: true, force: true });
});

const ofKind = (kind: AskedQuery['kind']) =>
  QUERIES.filter((query) => query.kind === kind).map((query): [string, AskedQuery] => [
    `${query.dashboard} ${query.of} ${query.refId}`,
    query,
  ]);

describe('as the read-only role', () => {
  test('which is that of Grafana', async () => {
    const { rows } = await at.reader.query('SELECT current_user AS name');
    expect(rows).toEqual([{ name: REPORTING_ROLE }]);
  });

  test.each(ofKind('sql'))('%s has rows', async (_, { dashboard, text }) => {
    const rows = await askSql(at.reader, text, await opened(at.reader, dashboard));
    expect(rows.length).toBeGreaterThan(0);
    // A row without any figure would show as an empty panel.
    expect(rows.flatMap(Object.values).some((value) => value !== null)).toBe(true);
  });

  test('nothing chosen is no fault', async () => {
    for (const { dashboard, text } of QUERIES.filter(({ kind }) => kind === 'sql')) {
      const chosen = await opened(at.reader, dashboard);
      const none = { organisatie: [], programma: [], thema: [], werksoort: [], gemeente: [] };
      await askSql(at.reader, text, { ...chosen, ...none });
    }
  });
});

test.each(ofKind('promql'))('Prometheus answers %s', async (_, { dashboard, text }) => {
  const chosen = dashboard.endsWith('pijplijn') ? {} : await opened(at.reader, dashboard);
  const samples = await at.prometheus.query(interpolatePromql(text, chosen, '30s'));
  expect(samples.length).toBeGreaterThan(0);
  for (const { value } of samples) expect(Number.isFinite(value)).toBe(true);
});

describe("figures equal the API's", () => {
  test.each(PLACES)('headline %s', async (_, changes, asked) => {
    const { stack, reader } = at;
    for (const year of yearsOf(stack.today)) {
      const { total } = (await stack.ask(`/v1/savings?${periodOf(year, stack.today)}${asked}`)) as {
        total: Figures;
      };
      const figure = async (panel: string) => {
        const rows = await panelRows(reader, 'effectstroom-overzicht', panel, { ...changes, jaar: [year] });
        return Object.values(rows[0] ?? {})[0];
      };
      expect(await figure('Besparing na correctie')).toBe(total.corrected.total);
      expect(await figure('Waarvan voor de gemeente')).toBe(total.municipal.corrected);
      expect(await figure('Rendement, maatschappij')).toBe(total.return);
      expect(await figure('Rendement, gemeente')).toBe(total.municipal.return);
      expect(Number(await figure('Casussen'))).toBe(total.cases.registered);
      if (total.cases.registered > 0)
        expect(Number(await figure('Beoordeeld'))).toBeCloseTo(
          total.cases.assessed / total.cases.registered,
          3,
        );
    }
  });

  test.each([
    ['Gemeenten', 'Code', 'municipality'],
    ['Organisaties', 'Organisatie', 'organisation'],
  ])('table %s', async (panel, column, dimension) => {
    const { stack, reader } = at;
    for (const [, changes, asked] of PLACES) {
      const [year = ''] = yearsOf(stack.today);
      const question = `/v1/savings?${periodOf(year, stack.today)}${asked}&groupBy=${dimension}`;
      const { rows } = (await stack.ask(question)) as { rows: (Figures & Record<string, string>)[] };
      const shown = await panelRows(reader, 'effectstroom-overzicht', panel, { ...changes, jaar: [year] });
      const named = new Map(shown.map((row) => [row[column], row]));
      expect(rows.length).toBeGreaterThan(0);
      for (const { [dimension]: name, cases, corrected, municipal, return: returned } of rows) {
        const row = named.get(name);
        expect(Number(row?.['Casussen'])).toBe(cases.registered);
        expect(
          [row?.['Besparing'], row?.['Voor de gemeente'], row?.['Rendement']],
          `${asked} ${name}`,
        ).toEqual([...[corrected.total, municipal.corrected, returned]]);
      }
    }
  });

  test('what was there the year before only has a row too', async () => {
    const after = { gemeente: ['GM0394'], jaar: ['2022'] };
    const [place] = await panelRows(at.reader, 'effectstroom-overzicht', 'Gemeenten', after);
    expect(place).toMatchObject({ Casussen: '0', Besparing: '0.00', Beoordeeld: null });
    expect(Number(place?.['Heel jaar ervoor'])).toBeGreaterThan(1_000_000);
    const title = "Thema's, dit jaar en het jaar ervoor";
    const themes = await panelRows(at.reader, 'effectstroom-gemeente', title, after);
    expect(themes.length).toBeGreaterThan(2);
    for (const row of themes) expect(Number(row['Verschil'])).toBe(-Number(row['Jaar ervoor']));
  });

  test('Haarlemmermeer 2021, to the euro as published', async () => {
    const year = { gemeente: ['GM0394'], jaar: ['2021'] };
    const [row] = await panelRows(at.reader, 'effectstroom-gemeente', 'Besparing na correctie', year);
    const { total } = (await at.stack.ask(
      '/v1/savings?municipality=GM0394&from=2021-01-01&to=2021-12-31',
    )) as {
      total: Figures;
    };
    expect(row).toEqual({ 'Besparing na correctie': total.corrected.total });
  });

  test('goals', async () => {
    const chosen = { gemeente: ['GM0762'] };
    const shown = await panelRows(at.reader, 'effectstroom-themas', 'Doelen', chosen);
    const year = yearsOf(at.stack.today)[0] ?? '';
    const { rows } = (await at.stack.ask(
      `/v1/savings?${periodOf(year, at.stack.today)}&municipality=GM0762&groupBy=goal`,
    )) as { rows: (Figures & { goal: string })[] };
    expect(rows.length).toBeGreaterThan(5);
    expect(shown.map((row) => [row['Doel'], row['Besparing'], Number(row['Casussen'])])).toEqual(
      rows.map(({ goal, corrected, cases }) => [goal, corrected.total, cases.registered]),
    );
  });

  test('cost bearers', async () => {
    const year = { gemeente: ['GM0394'], jaar: ['2021'] };
    const shown = await panelRows(at.reader, 'effectstroom-gemeente', 'Kostenhouders', year);
    const { rows } = (await at.stack.ask(
      '/v1/savings?municipality=GM0394&from=2021-01-01&to=2021-12-31&groupBy=costBearer',
    )) as { rows: Figures[] };
    const sorted = (amounts: unknown[]) => amounts.map(Number).sort((one, other) => one - other);
    expect(sorted(shown.map((row) => row['Besparing']))).toEqual(
      sorted(rows.map(({ corrected }) => corrected.total)),
    );
  });

  test('the difference and its parts', async () => {
    const { stack, reader } = at;
    const shown = await panelRows(reader, 'effectstroom-vergelijken', 'Het verschil uitgelegd', {
      gemeente: ['GM0794'],
    });
    const [year = ''] = yearsOf(stack.today);
    const { total } = (await stack.ask(
      `/v1/compare?${periodOf(year, stack.today)}&municipality=GM0794&against=year-before`,
    )) as {
      total: {
        before: Compared;
        after: Compared;
        parts: (Compared & { label: string })[];
      };
    };
    const effects = shown.map(
      (row): Row => ({ saving: row['Besparing'], municipal: row['Voor de gemeente'] }),
    );
    expect(effects).toEqual([total.before, ...total.parts, total.after].map(savingsOf));
    expect(shown.slice(1, -1).map((row) => row['Onderdeel'])).toEqual(total.parts.map(({ label }) => label));
  });

  test('the expected year end', async () => {
    const place = { gemeente: ['GM0794'], organisatie: ['stadswelzijn'] };
    const title = 'Budget en verwacht jaareinde per programma';
    const [shown] = await panelRows(at.reader, 'effectstroom-gemeente', title, place);
    const { total } = (await at.stack.ask(
      `/v1/outlook?municipality=GM0794&organisation=stadswelzijn&programme=main&today=${at.stack.today}`,
    )) as {
      total: {
        toDate: string;
        budget: string;
        budgetToDate: string;
        expected: { low: string; mid: string; high: string };
      };
    };
    expect(shown).toMatchObject({
      'Besparing tot nu': total.toDate,
      Jaarbudget: total.budget,
      'Budget tot nu': total.budgetToDate,
      'Verwacht, laag': total.expected.low,
      Verwacht: total.expected.mid,
      'Verwacht, hoog': total.expected.high,
    });
  });
});
