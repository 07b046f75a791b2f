/** The Effectrapportage: published figures in every form, escaped texts, and spreadsheets that add up. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { effectReportSchema, type Report, type Savings } from '@effectstroom/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PeopleStack } from '../people/people-stack.ts';
import { describeClosingReports } from './closing-reports.ts';
import { describeKeptReports } from './kept-reports.ts';
import { pdfText } from './pdf-text.ts';
import { plain } from './plain-text.ts';
import { published, withoutMarks } from './published.ts';
import {
  FORMULA,
  getReport,
  HAARLEMMERMEER,
  monthBefore,
  putTexts,
  RUBBISH,
  SMALL,
  startReportStack,
  XLSX,
} from './report-stack.ts';
import { Recomputed } from './workbook.ts';

const SMALL_PATH = `${SMALL.municipality}/${SMALL.organisation}/${SMALL.programme}`;

let stack: PeopleStack;
let figuresKey: string;

beforeAll(async () => {
  stack = await startReportStack();
  figuresKey = await stack.makeKey(['read']);
});
afterAll(() => stack?.end());

describe('Haarlemmermeer 2021', () => {
  test('shows the published figures as a page', async () => {
    const { body, headers } = await getReport(stack, HAARLEMMERMEER, 'text/html');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; style-src 'sha256-");
    const text = withoutMarks(plain(body.toString()));
    for (const figure of published()) expect(text).toContain(figure);
    expect(body.toString()).toContain('<html lang="nl">');
  });

  test('shows them in the PDF', async () => {
    const { body, headers } = await getReport(stack, HAARLEMMERMEER, 'application/pdf');
    expect(headers.get('content-disposition')).toContain('GM0394_meerwaarde_main_2021.pdf');
    const text = withoutMarks(plain(pdfText(body)));
    for (const figure of published()) expect(text).toContain(figure);
    // Made so that a screen reader can follow it.
    expect(body.toString('latin1')).toMatch(/\/MarkInfo <<[^>]*\/Marked true/);
  });

  test('is a spreadsheet that recomputes to the same totals', async () => {
    const { body } = await getReport(stack, HAARLEMMERMEER, XLSX);
    const book = new Recomputed(body);
    const { total } = (await stack.ask(
      '/v1/savings?municipality=GM0394&organisation=meerwaarde&programme=main&from=2021-01-01&to=2021-12-31',
    )) as Savings;
    const cents = (values: unknown[]) =>
      values.map((value) => (typeof value === 'number' ? value.toFixed(2) : value));
    expect(cents(book.row('Samenvatting', 'Totale besparing')).slice(1)).toEqual([
      ...[total.gross.total, total.corrected.total],
    ]);
    const ratio = book.row('Samenvatting', 'Rendement voor de samenleving (besparing ÷ betaald)')[2];
    expect(Number(ratio).toFixed(4)).toBe(total.return);
    expect(cents(book.row('Samenvatting', 'Verschil door afronding per regel'))[2]).toBe('0.00');
    // The goals, exactly, through their themes to the headline.
    expect(cents(book.row('Opbouw', 'Totaal'))[3]).toBe(total.corrected.total);
    expect(book.formulas('Opbouw')).toHaveLength(6);
    for (const sheet of ["Thema's", 'Doelen'])
      expect(
        cents(book.row(sheet, 'Totaal')).filter((value) => value === total.corrected.total),
      ).toHaveLength(1);
    const bearers = book.row('Kostenhouders', 'Totaal');
    expect(Math.round(Number(bearers[3]))).toBe(13_319_916);
    expect(Math.round(Number(bearers[6]) * 100)).toBe(75);
    expect(Math.round(Number(book.row('Kostenhouders', 'Gemeente Jeugd')[5]) * 100)).toBe(23);
    expect(book.row('Positieve gezondheid', 'Totaal')[3]).toBe(2467);
    expect(book.values().filter((value) => typeof value === 'object' && value !== null)).toEqual([]);
    // A preview works nothing out: the results stand beside the formulas, shares with four decimals.
    const results = book.results();
    expect(results.length).toBeGreaterThan(50);
    for (const { worked, written } of results) expect(written).toBeCloseTo(Number(worked), 4);
  });

  const office = ['/usr/bin/soffice', '/usr/bin/libreoffice'].find((path) => existsSync(path));
  test.skipIf(office === undefined)('recomputes in LibreOffice', async () => {
    const { body } = await getReport(stack, HAARLEMMERMEER, XLSX);
    writeFileSync(join(stack.folder, 'rapport.xlsx'), body);
    const { folder } = stack;
    mkdirSync(join(folder, 'office', 'user'), { recursive: true });
    writeFileSync(join(folder, 'office', 'user', 'registrymodifications.xcu'), RECALCULATE);
    const asked = ['--headless', '--convert-to', 'csv', '--outdir', folder, join(folder, 'rapport.xlsx')];
    execFileSync(office ?? '', [`-env:UserInstallation=file://${folder}/office`, ...asked]);
    const csv = execFileSync('cat', [join(folder, 'rapport.csv')], { encoding: 'utf8' });
    expect(csv.replaceAll(/[",.]/g, '')).toContain('Totale besparing20705296186347664');
  });

  test('is JSON of the described form, its figures those of /v1/savings', async () => {
    const { body } = await getReport(stack, HAARLEMMERMEER, 'application/json');
    const report = effectReportSchema.parse(JSON.parse(body.toString())) as Report;
    const { rows } = (await stack.ask(
      '/v1/savings?municipality=GM0394&organisation=meerwaarde&programme=main' +
        '&from=2021-01-01&to=2021-12-31&groupBy=theme',
    )) as Savings;
    expect(report.themes.map(({ figures }) => figures)).toEqual(
      rows.map(({ theme: _, ...figures }) => figures),
    );
    expect(report.youthShare).toBe('0.3166');
    expect(report.annex.themes).toHaveLength(5);
  });

  test('is told in English too', async () => {
    const { body } = await getReport(stack, `${HAARLEMMERMEER}?lang=en`, 'text/html');
    const text = plain(body.toString());
    for (const word of ['Effect report 2021', '€18,634,766', 'For whom and by what', 'Theme 1: Samen leven'])
      expect(text).toContain(word);
    expect(text).not.toMatch(/besparing|Samenvatting|Gemeente terug/);
  });
});

/** Has LibreOffice work out every formula anew, whatever result stands beside it. */
const RECALCULATE = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>`;

describe('texts of others', () => {
  const month = () => monthBefore(stack.today);

  test('are shown as they are, in every form', async () => {
    const texts = { introduction: `${RUBBISH}\n\nTweede alinea`, themes: [{ theme: 'a', text: FORMULA }] };
    expect((await putTexts(stack, SMALL_PATH, texts)).status).toBe(202);
    await stack.settled();
    const path = `/v1/reports/${SMALL_PATH}/${month()}`;
    const page = (await getReport(stack, path, 'text/html')).body.toString();
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page.match(/<(?:script|img|iframe|link|object)\b/gi)).toBeNull();
    expect(page).toContain('<p>Tweede alinea</p>');
    const book = new Recomputed((await getReport(stack, path, XLSX)).body);
    expect(book.values()).toContain(FORMULA);
    expect(book.row("Thema's", 'a')[1]).toBe(FORMULA);
    const pdf = pdfText((await getReport(stack, path, 'application/pdf')).body);
    expect(pdf).toContain('<script>alert(1)</script>');
    expect(pdf).toContain('{{7*7}}');
  });

  test('hold no personal data, and one text a theme', async () => {
    const answer = await putTexts(stack, SMALL_PATH, {
      introduction: 'Bel 06-12345678 of 111222333',
      themes: [
        { theme: 'a', text: 'x' },
        { theme: 'a', text: '' },
      ],
    });
    expect(answer.status).toBe(400);
    const { errors } = (await answer.json()) as { errors: { code: string; pointer: string }[] };
    expect(errors.map(({ code, pointer }) => `${pointer} ${code}`).sort()).toEqual([
      '/introduction bsn',
      '/introduction personal-data',
      '/themes/1/text format',
      '/themes/1/theme duplicate',
    ]);
  });

  test('keep small numbers from who may not see them, also in what is derived', async () => {
    const path = `/v1/reports/${SMALL_PATH}/${month()}`;
    const { body } = await getReport(stack, path, 'application/json', figuresKey);
    const report = effectReportSchema.parse(JSON.parse(body.toString())) as Report;
    const shown = await getReport(stack, path, 'text/html', figuresKey);
    expect('suppressed' in report.basis).toBe(true);
    const small = report.themes.find(({ theme }) => theme === 'b');
    expect(small?.figures.corrected ?? null).toBeNull();
    expect(report.annex.themes.find(({ theme }) => theme === 'b')?.exact ?? null).toBeNull();
    expect(shown.body.toString()).toContain('Cijfers over minder dan 5 casussen');
    const book = new Recomputed((await getReport(stack, path, XLSX, figuresKey)).body);
    expect(book.formulas("Thema's")).toEqual([]);
    expect(book.formulas('Opbouw').filter((formula) => formula.includes('+'))).toEqual([]);
  });
});

describe('a closing', () => describeClosingReports(() => stack));
describe('kept reports', () => describeKeptReports(() => stack));
