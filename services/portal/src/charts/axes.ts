/** Axes of charts, alike everywhere. */
import { LOCALES } from '../board/formats.ts';
import type { Language } from '../board/page.ts';
import { COLOURS } from './colours.ts';

/** Amounts on axes and beside bars, short: € 1,2 mln., € 450.000. */
export function shortEuros(language: Language): (value: number) => string {
  const euro = { style: 'currency', currency: 'EUR' } as const;
  const millions = new Intl.NumberFormat(LOCALES[language], {
    ...{ ...euro, notation: 'compact', maximumFractionDigits: 1 },
  });
  const whole = new Intl.NumberFormat(LOCALES[language], { ...euro, maximumFractionDigits: 0 });
  return (value) => (Math.abs(value) >= 999_500 ? millions : whole).format(value);
}

/** An axis of euros. @param steps about as many parts as it is divided in */
export function euroAxis(language: Language, steps: number) {
  return {
    type: 'value',
    splitNumber: steps,
    axisLabel: { color: COLOURS.ink, fontSize: 12, formatter: shortEuros(language), hideOverlap: true },
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: COLOURS.grid, width: 1 } },
  };
}

/** An axis of names, the first at the top where it stands upright. @param width of the names in pixels */
export function nameAxis(names: readonly string[], width?: number) {
  return {
    type: 'category',
    data: [...names],
    axisLabel: {
      ...{ color: COLOURS.ink, fontSize: 13, interval: 0 },
      ...(width === undefined ? {} : { width, overflow: 'break', lineHeight: 16 }),
    },
    axisLine: { lineStyle: { color: COLOURS.ink } },
    axisTick: { show: false },
  };
}

/** Of a grid: its sides are those of the axes with their names. */
export const LABELS_INSIDE = { outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' } as const;
