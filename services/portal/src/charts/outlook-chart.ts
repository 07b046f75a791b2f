/** Savings so far beside the budget, with what is expected of the year. */
import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts';
import type { Language } from '../board/page.ts';
import { euroAxis, LABELS_INSIDE, nameAxis } from './axes.ts';
import { COLOURS } from './colours.ts';
import { box, diamond, span, stroke } from './rectangles.ts';

/** One theme, in euros; null where there is none, or where it may not be shown. */
export interface OutlookBar {
  name: string;
  toDate: number | null;
  budget: number | null;
  expected: { low: number | null; mid: number; high: number | null } | null;
}

/** The option of ECharts, and its height. */
export function outlookChart(bars: readonly OutlookBar[], language: Language, isNarrow: boolean) {
  const draw = ({ dataIndex }: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
    const bar = bars[dataIndex];
    if (bar === undefined) return;
    const { toDate, budget, expected } = bar;
    const { low, mid, high } = expected ?? { low: null, mid: null, high: null };
    const hasInterval = low !== null && high !== null && mid !== null;
    const line = { color: COLOURS.expected, width: 2 };
    return {
      type: 'group' as const,
      children: [
        ...(toDate === null ? [] : [box(api, dataIndex, [0, toDate], { part: 0.5, fill: COLOURS.main })]),
        ...(hasInterval
          ? [
              span(api, dataIndex, [low, high], line),
              ...[low, high].map((end) => stroke(api, dataIndex, end, { part: 0.26, ...line })),
              diamond(api, dataIndex, mid, { size: 6, fill: COLOURS.expected }),
            ]
          : []),
        ...(budget === null
          ? []
          : [stroke(api, dataIndex, budget, { part: 0.78, color: COLOURS.target, width: 4 })]),
      ],
    };
  };
  return {
    option: {
      grid: { left: 12, right: 20, top: 8, bottom: 4, ...LABELS_INSIDE },
      xAxis: { ...euroAxis(language, isNarrow ? 2 : 5), max: roundedUp(largestOf(bars)), min: 0 },
      yAxis: {
        ...nameAxis(
          bars.map(({ name }) => name),
          isNarrow ? 104 : 200,
        ),
        inverse: true,
      },
      series: [
        {
          ...{ type: 'custom', renderItem: draw, encode: { x: 0, y: 1 } },
          data: bars.map(({ toDate }, place) => [toDate ?? 0, place]),
        },
      ],
    },
    height: 44 + bars.length * (isNarrow ? 56 : 46),
  };
}

function largestOf(bars: readonly OutlookBar[]): number {
  return Math.max(
    1,
    ...bars.map(({ toDate, budget, expected }) =>
      Math.max(toDate ?? 0, budget ?? 0, expected?.high ?? expected?.mid ?? 0),
    ),
  );
}

/** To two digits. */
function roundedUp(value: number): number {
  const step = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Math.ceil((value * 1.02) / step) * step;
}
