/** What the figures rest on: period, moment, range, sample, completeness, and what came after a closing. */
import type { Report } from '@effectstroom/contracts';
import { type Html, html } from '../../board/html.ts';
import { asName } from '../../board/names.ts';
import { BASIS_WORDS as WORDS } from './basis-words.ts';
import { type PageContext, periodInWords } from './context.ts';
import { type TableRow, table } from './table.ts';

export function basis(context: PageContext): Html {
  const words = WORDS[context.language];
  const { caption, rows } = basisTable(context);
  return html`<section aria-labelledby="zekerheid">
<h2 id="zekerheid">${words.title}</h2>
${table({ caption, columns: words.columns, rows: rows.map((cells) => ({ cells })), texts: [1] })}
${uncertainty(context)}
<h3>${words.complete}</h3>
${completeness(context)}
${closing(context)}
${'suppressed' in context.report.basis ? html`<p>${words.small(smallOf(context.report))}</p>` : null}
</section>`;
}

/** What the figures are about: name and value. */
export function basisTable({ report, language, formats }: PageContext): {
  caption: string;
  rows: string[][];
} {
  const words = WORDS[language];
  const { municipality, organisation, programme } = report;
  const rows = [
    [words.municipality, `${municipality.name} (${municipality.code})`],
    [words.organisation, `${asName(organisation)} (${organisation})`],
    [words.programme, `${programme.name} (${programme.code})`],
    [words.period, `${formats.date(report.basis.from)} – ${formats.date(report.basis.to)}`],
    [words.view, words.cohort(report.basis.followingYears)],
    [words.asOf, report.basis.asOf === null ? '–' : formats.moment(report.basis.asOf)],
    ...(report.closing === null
      ? []
      : [[words.closing, words.closedAt(periodInWords(report.closing.period, language, formats))]]),
    [words.madeAt, formats.moment(report.madeAt)],
  ];
  return { caption: words.caption, rows };
}

function uncertainty({ report: { total }, language, formats }: PageContext): Html | null {
  const words = WORDS[language];
  if ('suppressed' in total) return null;
  const { range, breakEven, sampling, corrected } = total;
  const row = (name: string, low: string, mid: string, high: string): TableRow => ({
    cells: [name, ...[low, mid, high].map(formats.euros)],
  });
  const sampled = [
    { name: words.declared, of: sampling?.declared ?? null },
    { name: words.measured, of: sampling?.measured ?? null },
  ].flatMap(({ name, of }) =>
    of === null
      ? []
      : [row(of.reliable ? name : `${name} ${words.unreliable}`, of.low, of.estimate, of.high)],
  );
  const steps = row(words.steps, range.low, corrected.total, range.high);
  const odds = breakEven.society;
  return html`<h3>${words.range}</h3>
${table({ caption: words.rangeCaption, columns: words.rangeColumns, rows: [steps, ...sampled] })}
<p class="note">${words.rangeNote}</p>
${
  odds === null
    ? null
    : html`<p>${words.odds(formats.percent(odds), formats.percent(breakEven.municipality))}</p>`
}`;
}

function completeness({ report, language, formats }: PageContext): Html {
  const words = WORDS[language];
  const { total, basis: of } = report;
  const assessed =
    'suppressed' in total
      ? null
      : html`<p>${words.assessed(formats.count(total.cases.assessed), formats.count(total.cases.registered))}</p>`;
  if (of.complete) return html`<p>${words.isComplete}</p>${assessed}`;
  return html`<p>${words.isIncomplete}</p>
<ul>${of.missing.map((one) => html`<li>${missing(one)}</li>`)}</ul>${assessed}`;

  function missing(one: Report['basis']['missing'][number]): string {
    if (one.kind === 'quarantine') return words.quarantine(formats.count(one.events));
    if (one.kind === 'no-rhythm') return words.noRhythm;
    const last = one.lastDelivery === null ? words.never : formats.date(one.lastDelivery);
    return words.delivery(one.source, formats.date(one.due), last);
  }
}

function closing({ report, language, formats }: PageContext): Html | null {
  if (report.closing === null) return null;
  const words = WORDS[language];
  const { note, checksum, afterwards, closedAt } = report.closing;
  return html`<h3>${words.closing}</h3>
<p>${words.wasClosed(formats.moment(closedAt))}${note === null ? null : ` ${note}`}</p>
${checksum === null ? null : html`<p>${words.checksum}: <code>${checksum}</code></p>`}
${
  afterwards === null
    ? null
    : html`<p>${words.afterwards(formats.euros(afterwards.corrected))}</p>${table({
        caption: words.afterCaption,
        columns: words.afterColumns,
        rows: afterwards.parts.map(({ label, corrected }) => ({ cells: [label, formats.cents(corrected)] })),
      })}`
}`;
}

function smallOf(report: Report): { fewerThan: number; percent: number } {
  const limits = 'suppressed' in report.basis ? report.basis.suppressed : undefined;
  return { fewerThan: limits?.fewerThan ?? 0, percent: limits?.dominancePercent ?? 0 };
}
