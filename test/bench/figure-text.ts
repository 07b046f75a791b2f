/** Measured figures as they stand in tables. */
import { type Spread, spreadOf } from './statistics.ts';

/** The middle of some measurements, with the least and the greatest where they differ. */
export function spreadText(values: readonly number[], text: (value: number) => string): string {
  const { median, min, max }: Spread = spreadOf(values);
  return text(min) === text(max) ? text(median) : `**${text(median)}** (${text(min)}–${text(max)})`;
}

/** A whole number: '12,345'. */
export function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

/** Three significant figures at least: '0.352', '4.61', '12.3', '1,234'. */
export function ratioText(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value >= 100) return whole(value);
  return value.toFixed(value >= 10 ? 1 : value >= 1 ? 2 : 3);
}

/** Milliseconds, as precise as they matter. */
export function milliseconds(value: number): string {
  if (!Number.isFinite(value)) return 'ended';
  if (value >= 100) return whole(value);
  return value.toFixed(value >= 10 ? 1 : 2);
}

/** Of bytes. */
export function megabytes(bytes: number): string {
  return whole(bytes / 2 ** 20);
}

export function mark(reached: boolean): string {
  return reached ? '✔' : '✘';
}
