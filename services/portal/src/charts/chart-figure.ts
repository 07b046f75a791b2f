/**
 * A chart as it stands on a page: two drawings, of which one shows, what the colours mean, and the table of
 * it.
 */
import type { EChartsCoreOption } from 'echarts/core';
import { type Html, html, trusted } from '../board/html.ts';
import type { Language } from '../board/page.ts';
import { drawSvg, NARROW, type Size, WIDE } from './draw.ts';

/** One kind of mark in a chart: its shape tells it apart too. */
export interface LegendItem {
  /** As the style sheet draws it: `bar`, `bar-other`, `tick`, … */
  mark: string;
  label: string;
}

/** A chart of a page. */
export interface ChartFigure {
  /** Unlike others on the page. */
  id: string;
  language: Language;
  /** What it shows, in a sentence: who does not see it hears this. */
  label: string;
  legend?: readonly LegendItem[];
  /** The option of ECharts for a width, and its height. */
  draw(isNarrow: boolean): { option: EChartsCoreOption; height: number };
  /** The same figures as a table. */
  table: Html;
  /** Whether the table is shown without asking. */
  isTableOpen?: boolean;
}

/** The figure; without script, and readable without seeing it. */
export function chartFigure({
  id,
  language,
  label,
  legend = [],
  draw,
  table,
  isTableOpen = false,
}: ChartFigure): Html {
  const drawing = (isNarrow: boolean): Html => {
    const { option, height } = draw(isNarrow);
    const size: Size = { width: isNarrow ? NARROW : WIDE, height };
    return trusted(drawSvg(option, size, `${id}-${isNarrow ? 'narrow' : 'wide'}`));
  };
  const summary = { nl: 'De cijfers in een tabel', en: 'The figures in a table' }[language];
  return html`<figure class="chart" id="${id}">
    <div class="chart-wide" role="img" aria-label="${label}">${drawing(false)}</div>
    <div class="chart-narrow" role="img" aria-label="${label}">${drawing(true)}</div>
    ${legend.length > 0 && html`<ul class="chart-legend">${legend.map(legendItem)}</ul>`}
    ${isTableOpen ? table : html`<details id="${id}-table"><summary>${summary}</summary>${table}</details>`}
  </figure>`;
}

function legendItem({ mark, label }: LegendItem): Html {
  return html`<li><span class="chart-mark chart-mark-${mark}" aria-hidden="true"></span>${label}</li>`;
}
