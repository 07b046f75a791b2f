/** Who would have paid: bars and the table of them. */
import type { Programme, PublicSavings } from '@effectstroom/contracts';
import { barsChart } from '../../charts/bars-chart.ts';
import { chartFigure } from '../../charts/chart-figure.ts';
import { type Html, html, type Piece } from '../html.ts';
import type { BoardContext } from '../page.ts';
import { isHidden, shown } from '../shown.ts';
import { table } from '../table.ts';
import { explainLink } from './explain-link.ts';
import { scopeNames } from './programmes-in-scope.ts';

interface Bearers {
  /** Grouped by cost bearer. */
  savings: PublicSavings;
  programmes: readonly Programme[];
  /** Only the largest, with less in the table. */
  isBrief: boolean;
}

type Row = PublicSavings['rows'][number];

/** Bars of a brief chart. */
const BRIEF_MAX = 6;

export function costBearerBars({ savings, programmes, isBrief }: Bearers, context: BoardContext): Html {
  const { language } = context;
  const names = scopeNames(programmes, { nl: 'Zonder kostenhouder', en: 'No cost bearer' }[language]);
  const municipal = new Set(
    programmes.flatMap(({ costBearers }) => costBearers.flatMap((one) => (one.municipal ? [one.code] : []))),
  );
  const isMunicipal = ({ costBearer, municipal: part }: Row) =>
    municipal.has(costBearer ?? '') || (part !== null && Number(part.corrected) !== 0);
  const rows = [...savings.rows].sort((one, other) => amountOf(other) - amountOf(one));
  const bars = rows.slice(0, isBrief ? BRIEF_MAX : rows.length).map((row) => ({
    name: names.costBearer(row.costBearer ?? null),
    value: row.corrected === null ? null : Number(row.corrected.total),
    isStriped: !isMunicipal(row),
  }));
  const label = { nl: 'Besparing per kostenhouder', en: 'Savings by cost bearer' }[language];
  const ours = { nl: 'Gemeente', en: 'Municipality' }[language];
  const others = { nl: 'Anderen', en: 'Others' }[language];
  if (rows.length === 0)
    return html`<p>${{ nl: 'Er is nog niets bespaard.', en: 'Nothing was saved yet.' }[language]}</p>`;
  return chartFigure({
    ...{ id: 'bearers', language, label, isTableOpen: !isBrief },
    legend: [
      { mark: 'bar', label: ours },
      { mark: 'bar-other', label: others },
    ],
    draw: (isNarrow) => barsChart(bars, language, isNarrow),
    table: table({
      ...{
        id: 'bearers-figures',
        caption: `${label} (${{ nl: 'na correctie', en: 'corrected' }[language]})`,
      },
      columns: columnsOf(context, isBrief),
      rows: rows.map((row) => cellsOf(row, isMunicipal(row) ? ours : others)),
      foot: cellsOf({ ...savings.total, costBearer: null }, '', { nl: 'Samen', en: 'Together' }[language]),
    }),
  });

  function cellsOf(row: Row, purse: string, name = names.costBearer(row.costBearer ?? null)): Piece[] {
    const { cents, share } = shown(context, isHidden(row));
    const steps = purse === '' ? [] : [['costBearer', row.costBearer ?? null] as const];
    const amount = explainLink(context, cents(row.corrected?.total), { path: steps });
    const whole = Number(savings.total.corrected?.total ?? 0);
    const part = share(whole === 0 ? null : amountOf(row) / whole);
    if (isBrief) return [name, purse, amount, part];
    const { oneOff, yearlyFirstYear } = row.corrected ?? {};
    return [name, purse, cents(row.gross?.total), amount, part, cents(oneOff), cents(yearlyFirstYear)];
  }
}

function columnsOf({ language }: BoardContext, isBrief: boolean) {
  const number = (label: string) => ({ label, isNumber: true });
  const [name, purse] = { nl: ['Kostenhouder', 'Beurs'], en: ['Cost bearer', 'Purse'] }[language];
  const [amount = '', part = ''] = { nl: ['Besparing', 'Deel'], en: ['Savings', 'Part'] }[language];
  const named = [{ label: name ?? '' }, { label: purse ?? '' }];
  if (isBrief) return [...named, number(amount), number(part)];
  const [gross = '', once = '', yearly = ''] = {
    nl: ['Bruto', 'Waarvan eenmalig', 'Jaarlijks, eerste jaar'],
    en: ['Gross', 'Of which one-off', 'Yearly, first year'],
  }[language];
  return [...named, number(gross), number(amount), number(part), number(once), number(yearly)];
}

function amountOf({ corrected }: { corrected: { total: string } | null }): number {
  return corrected === null ? 0 : Number(corrected.total);
}
