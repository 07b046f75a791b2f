/** One bar a name, lying down: long names have room, and the largest stands at the top. */
import type { Language } from '../board/page.ts';
import { euroAxis, LABELS_INSIDE, nameAxis, shortEuros } from './axes.ts';
import { COLOURS } from './colours.ts';
import { STRIPES } from './stripes.ts';

/** A bar; striped ones belong together. */
export interface Bar {
  name: string;
  /** Euros; null where it may not be shown. */
  value: number | null;
  isStriped: boolean;
}

/** The option of ECharts, and its height. */
export function barsChart(bars: readonly Bar[], language: Language, isNarrow: boolean) {
  const short = shortEuros(language);
  const data = bars.map(({ value, isStriped }) => ({
    value: value ?? 0,
    itemStyle: isStriped ? { color: COLOURS.other, decal: STRIPES } : { color: COLOURS.main },
    label: { formatter: value === null ? '*' : short(value) },
  }));
  return {
    option: {
      aria: { enabled: true, label: { enabled: false }, decal: { show: false } },
      grid: { left: 12, right: isNarrow ? 62 : 76, top: 4, bottom: 4, ...LABELS_INSIDE },
      xAxis: { ...euroAxis(language, isNarrow ? 2 : 4), axisLabel: { show: false } },
      yAxis: {
        ...nameAxis(
          bars.map(({ name }) => name),
          isNarrow ? 104 : 220,
        ),
        inverse: true,
      },
      series: [
        {
          ...{ type: 'bar', data, barCategoryGap: '35%' },
          label: { show: true, position: 'right', color: COLOURS.ink, fontSize: 13 },
        },
      ],
    },
    height: 16 + bars.length * (isNarrow ? 52 : 38),
  };
}
