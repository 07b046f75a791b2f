/** Savings of every month beside those of last year. */
import type { PublicSavings } from '@effectstroom/contracts';
import { chartFigure } from '../../charts/chart-figure.ts';
import { monthsChart } from '../../charts/months-chart.ts';
import type { Html } from '../html.ts';
import type { BoardContext } from '../page.ts';
import { isHidden, shown } from '../shown.ts';
import { table } from '../table.ts';
import { explainLink } from './explain-link.ts';

interface Years {
  /** Grouped by month. */
  now: PublicSavings;
  before: PublicSavings;
}

export function monthsFigure({ now, before }: Years, context: BoardContext): Html {
  const { language, filters, formats } = context;
  const { year } = filters;
  const rowsOf = (savings: PublicSavings, of: number) =>
    Array.from({ length: 12 }, (_, place) => {
      const month = `${of}-${String(place + 1).padStart(2, '0')}`;
      return { month, row: savings.rows.find((row) => row.month === month) };
    });
  const [ours, theirs] = [rowsOf(now, year), rowsOf(before, year - 1)];
  const hidden = new Set(
    [...ours, ...theirs].flatMap(({ row }, at) => (row !== undefined && isHidden(row) ? [at % 12] : [])),
  );
  const euros = (rows: typeof ours) =>
    rows.map(({ row }) => (row?.corrected == null ? null : Number(row.corrected.total)));
  const words = {
    nl: `Besparing per maand in ${year} naast ${year - 1}`,
    en: `Savings of each month of ${year} beside ${year - 1}`,
  };
  const amount = ({ month, row }: (typeof ours)[number], { basis }: PublicSavings) => {
    // A month that is not listed has no cases, or so few that not even that is told.
    if (row === undefined && month > filters.to.slice(0, 7)) return shown(context).cents(null);
    if (row === undefined && basis.suppressed?.unlisted !== true && month < `${year}` && !hasBefore)
      return shown(context).cents(null);
    const hides = row === undefined ? basis.suppressed?.unlisted === true : isHidden(row);
    return shown(context, hides).cents(row === undefined ? '0.00' : row.corrected?.total);
  };
  const hasBefore = before.rows.length > 0;
  const until = formats.date(filters.to).replace(/ \d{4}$/, '');
  const running = { nl: `${year}, tot en met ${until}`, en: `${year}, up to ${until}` };
  return chartFigure({
    ...{ id: 'months', language, label: words[language] },
    legend: [
      ...(hasBefore ? [{ mark: 'bar-other', label: String(year - 1) }] : []),
      { mark: 'bar', label: filters.to.endsWith('-12-31') ? String(year) : running[language] },
    ],
    draw: (isNarrow) =>
      monthsChart(
        { language, now: euros(ours), before: hasBefore ? euros(theirs) : undefined, hidden },
        isNarrow,
      ),
    table: table({
      ...{ id: 'months-figures', caption: words[language] },
      columns: [
        { label: { nl: 'Maand', en: 'Month' }[language] },
        { label: String(year), isNumber: true },
        { label: String(year - 1), isNumber: true },
      ],
      rows: ours.map((one, place) => [
        formats.month(one.month).replace(/ \d{4}$/, ''),
        explainLink(context, amount(one, now), { path: [['month', one.month]] }),
        amount(theirs[place] ?? one, before),
      ]),
    }),
  });
}
