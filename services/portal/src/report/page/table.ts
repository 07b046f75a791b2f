/** A table of a report: the first column names the row, the others are figures unless told otherwise. */
import { type Html, html, type Piece } from '../../board/html.ts';

/** A row; what is shown strongly is a sum of others. */
export interface TableRow {
  cells: readonly Piece[];
  kind?: 'sum' | 'group';
}

export interface TableParts {
  caption: string;
  columns: readonly string[];
  rows: readonly TableRow[];
  /** Places of columns of text, besides the first. */
  texts?: readonly number[];
}

/** @returns nothing where there are no rows */
export function table({ caption, columns, rows, texts = [] }: TableParts): Html | null {
  if (rows.length === 0) return null;
  const kindOf = (place: number) => (place === 0 || texts.includes(place) ? 'text' : 'figure');
  const names = columns.map((name, place) => html`<th scope="col" class="${kindOf(place)}">${name}</th>`);
  const head = columns.some((name) => name !== '') && html`<thead><tr>${names}</tr></thead>`;
  return html`<div class="wide" role="region" aria-label="${caption}" tabindex="0"><table>
<caption>${caption}</caption>
${head}
<tbody>
${rows.map(
  ({
    cells: [first, ...rest],
    kind,
  }) => html`<tr${kind ? html` class="${kind}"` : null}><th scope="row">${first}</th>${rest.map(
    (cell, place) => html`<td class="${kindOf(place + 1)}">${cell}</td>`,
  )}</tr>
`,
)}</tbody>
</table></div>`;
}

/** Paragraphs of a text: an empty line parts them. */
export function paragraphs(text: string | null): Html[] {
  return (text ?? '')
    .split(/\n\s*\n/)
    .filter((part) => part.trim() !== '')
    .map(
      (part) =>
        html`<p>${part
          .trim()
          .split('\n')
          .map((line, place) => (place === 0 ? line : html`<br>${line}`))}</p>`,
    );
}
