/** Savings month by month, this year beside the last. */
import { formatsIn } from '../board/formats.ts';
import type { Language } from '../board/page.ts';
import { euroAxis, LABELS_INSIDE, nameAxis } from './axes.ts';
import { COLOURS } from './colours.ts';
import { STRIPES } from './stripes.ts';

/** Euros of each month, from January; null where there is nothing to show. */
export interface MonthsChart {
  language: Language;
  now: readonly (number | null)[];
  /** Undefined where there was nothing. */
  before: readonly (number | null)[] | undefined;
  /** Places of months that may not be shown. */
  hidden: ReadonlySet<number>;
}

/** The option of ECharts, and its height. */
export function monthsChart({ language, now, before, hidden }: MonthsChart, isNarrow: boolean) {
  const { monthNames, monthLetters } = formatsIn(language);
  const names = (isNarrow ? monthLetters : monthNames).map((name, place) =>
    hidden.has(place) ? `${name} *` : name,
  );
  const bar = (data: readonly (number | null)[], color: string, decal?: object) => ({
    ...{ type: 'bar', data: [...data], barGap: '10%', barCategoryGap: '30%' },
    itemStyle: { color, ...(decal === undefined ? {} : { decal }) },
  });
  return {
    option: {
      aria: { enabled: true, label: { enabled: false }, decal: { show: false } },
      grid: { left: 12, right: 4, top: 12, bottom: 4, ...LABELS_INSIDE },
      xAxis: nameAxis(names),
      yAxis: euroAxis(language, isNarrow ? 3 : 4),
      series: [
        ...(before === undefined ? [] : [bar(before, COLOURS.other, STRIPES)]),
        bar(now, COLOURS.main),
      ],
    },
    height: isNarrow ? 220 : 260,
  };
}
