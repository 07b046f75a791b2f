/** Draws a chart as SVG on the server: ECharts, without a script in the browser. */
import { BarChart, CustomChart } from 'echarts/charts';
import { AriaComponent, GridComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, CustomChart, GridComponent, AriaComponent, SVGRenderer]);

/** In pixels; the drawing scales to the width that it gets. */
export interface Size {
  width: number;
  height: number;
}

/** Sizes of text on wide and narrow screens differ less than the screens: each has its own drawing. */
export const WIDE = 720;
export const NARROW = 340;

/**
 * The SVG of an option. Colours are names of CSS variables (`colours.ts`), so dark mode and print work without
 * drawing again; nothing in it needs a style that the policy of the pages forbids.
 * @param name of the drawing, unlike that of others on the page
 */
export function drawSvg(option: EChartsCoreOption, { width, height }: Size, name: string): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, ...option });
    return plainSvg(chart.renderToSVGString(), { width, height }, name);
  } finally {
    chart.dispose();
  }
}

/** Takes out what only a script would use, and styles: text gets attributes in their place. */
function plainSvg(svg: string, { width, height }: Size, name: string): string {
  return svg
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/ style="([^"]*)"/g, (_, style: string) => fontAttributes(style))
    .replace(/ (?:class|ecmeta_\w+|pointer-events|xmlns:xlink|baseProfile)="[^"]*"/g, '')
    .replace(/\bzr\d+-/g, `${name}-`)
    .replace(
      /<svg width="\d+" height="\d+"/,
      `<svg class="chart-drawing" width="${width}" height="${height}"`,
    )
    .replaceAll('\n', '');
}

/** `font-size:12px;font-weight:bold` as attributes; the family is that of the page. */
function fontAttributes(style: string): string {
  const size = /font-size:(\d+(?:\.\d+)?)px/.exec(style)?.[1];
  const weight = /font-weight:(\w+)/.exec(style)?.[1];
  const named = Object.entries({ 'font-size': size, 'font-weight': weight });
  return named.map(([name, value]) => (value === undefined ? '' : ` ${name}="${value}"`)).join('');
}
