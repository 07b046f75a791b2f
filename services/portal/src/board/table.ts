/** Tables: they scroll by themselves where the screen is narrow, also with the keyboard. */
import { type Html, html, type Piece } from './html.ts';

/** A column; figures stand right. */
export interface Column {
  label: string;
  isNumber?: boolean;
}

/** Rows of cells; the first cell of each names the row. */
export interface TableParts {
  id: string;
  caption: string;
  columns: readonly Column[];
  rows: readonly (readonly Piece[])[];
  /** The last row: the whole. */
  foot?: readonly Piece[] | undefined;
}

export function table({ id, caption, columns, rows, foot }: TableParts): Html {
  const isNumber = (place: number) => columns[place]?.isNumber === true && html`class="number"`;
  const cells = (row: readonly Piece[]): Html =>
    html`<tr>${row.map((cell, place) =>
      place === 0 ? html`<th scope="row">${cell}</th>` : html`<td ${isNumber(place)}>${cell}</td>`,
    )}</tr>`;
  const heads = columns.map(({ label }, place) => html`<th scope="col" ${isNumber(place)}>${label}</th>`);
  return html`<div class="table-box" tabindex="0" role="region" aria-label="${caption}">
    <table id="${id}">
      <caption>${caption}</caption>
      <thead><tr>${heads}</tr></thead>
      <tbody>${rows.map(cells)}</tbody>
      ${foot !== undefined && html`<tfoot>${cells(foot)}</tfoot>`}
    </table>
  </div>`;
}
