import type { Import, ReportRow } from '@effectstroom/contracts';
import { faultInDutch } from '@effectstroom/contracts';
import type { FaultKind, ReportReader } from './report-file.ts';

/** Refused rows that a page shows; the CSV has them all. */
const MOST_ROWS = 1000;

const STATES: Readonly<Record<Import['state'], string>> = {
  queued: 'wacht op zijn beurt',
  reading: 'het bestand wordt gelezen',
  running: 'bezig',
  stopped: 'gestopt; kan verder gaan',
  done: 'klaar',
  failed: 'mislukt',
};

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
  h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
  table { border-collapse: collapse; width: 100%; } caption { text-align: left; padding: .25rem 0; }
  th, td { border-bottom: 1px solid #ccc; padding: .3rem .6rem; text-align: left; vertical-align: top; }
  .number { text-align: right; font-variant-numeric: tabular-nums; }
  .note { background: #f3f3f3; padding: .6rem .8rem; } small { color: #555; display: block; }`;

/**
 * The report as one Dutch page that needs nothing else: the counts, what is wrong how often, and the refused
 * rows. No value of the file stands in it. Without `report` there are no rows yet.
 */
export function reportPage(one: Import, report: ReportReader | undefined): string {
  const title = `Verslag van de import${one.name === null ? '' : ` van ${one.name}`}`;
  return `<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${headOf(one)}
${countsOf(one)}
${kindsOf(report?.kinds() ?? [])}
${rowsOf(report?.page('refused', 0, MOST_ROWS) ?? [], one.rows.refused)}
</main>
</body>
</html>
`;
}

function headOf({ organisation, mapping, createdAt, state, dryRun, failure, vanished }: Import): string {
  const moment = new Date(createdAt).toLocaleString('nl-NL', {
    timeZone: 'Europe/Amsterdam',
    dateStyle: 'long',
    timeStyle: 'short',
  });
  const notes = [
    dryRun ? ['Dit was een proef: er is niets verstuurd.'] : [],
    failure === null ? [] : [`${STATES[state]}: ${failure.detail}`],
    (vanished ?? 0) === 0
      ? []
      : [`${count(vanished ?? 0)} eerder geleverde casussen staan niet in dit volledige bestand.`],
  ].flat();
  const { code, version } = mapping;
  const about = `${organisation}, mapping ${code} (versie ${version}), ontvangen op ${moment}. Stand: ${STATES[state]}.`;
  return [`<p>${escaped(about)}</p>`, ...notes.map((note) => `<p class="note">${escaped(note)}</p>`)].join(
    '\n',
  );
}

function countsOf({ rows, cases }: Import): string {
  const table = tableOf(
    ['Uitkomst', { number: 'Rijen' }, { number: 'Casussen' }],
    [
      ['Aangenomen', { number: rows.accepted }, { number: cases.accepted }],
      ['Ongewijzigd', { number: rows.unchanged }, { number: cases.unchanged }],
      ['Geweigerd', { number: rows.refused }, { number: cases.refused }],
    ],
  );
  if (cases.withdrawn === 0) return table;
  return `${table}\n<p>Ingetrokken, omdat ze verdwenen waren: ${count(cases.withdrawn)}.</p>`;
}

function kindsOf(kinds: readonly FaultKind[]): string {
  if (kinds.length === 0) return '';
  const rows = kinds.map(({ column, code, detail, rows: number, firstCell }): Cell[] => [
    ...[column || '–', { code, detail }, firstCell || '–', { number }],
  ]);
  const headers = ['Kolom', 'Reden', 'Voor het eerst in cel', { number: 'Rijen' }];
  return `<h2>Wat er mis is</h2>\n${tableOf(headers, rows)}`;
}

function rowsOf(refused: readonly ReportRow[], total: number): string {
  if (refused.length === 0) return '';
  const rows = refused.flatMap(({ row, caseId, faults }) =>
    faults.map(({ cell, column, code, detail }): Cell[] => [
      ...[String(row), caseId ?? '–', cell || '–', column || '–', { code, detail }],
    ]),
  );
  const more =
    total > refused.length
      ? `<p>De eerste ${count(refused.length)} van ${count(total)}; alle staan in het verslag als CSV.</p>\n`
      : '';
  return `<h2>Geweigerde rijen</h2>\n${more}${tableOf(['Rij', 'Casus', 'Cel', 'Kolom', 'Reden'], rows)}`;
}

/** A text, a number, or why something is refused. */
type Cell = string | { number: number } | { code: string; detail: string };
type Header = string | { number: string };

function tableOf(headers: readonly Header[], rows: readonly Cell[][]): string {
  const head = headers.map((header) =>
    typeof header === 'string'
      ? `<th scope="col">${escaped(header)}</th>`
      : `<th scope="col" class="number">${escaped(header.number)}</th>`,
  );
  const body = rows.map((cells) => `<tr>${cells.map(cellOf).join('')}</tr>`);
  return `<table>
<thead><tr>${head.join('')}</tr></thead>
<tbody>
${body.join('\n')}
</tbody>
</table>`;
}

function cellOf(cell: Cell): string {
  if (typeof cell === 'string') return `<td>${escaped(cell)}</td>`;
  if ('number' in cell) return `<td class="number">${count(cell.number)}</td>`;
  const { code, detail } = cell;
  return `<td>${escaped(faultInDutch(code))}<small lang="en">${escaped(detail)}</small></td>`;
}

function count(value: number): string {
  return value.toLocaleString('nl-NL');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(value: string): string {
  return value.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}
