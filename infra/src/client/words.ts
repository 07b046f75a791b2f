/** Figures and moments as Dutch people write them. */

const WHOLE = new Intl.NumberFormat('nl-NL', { maximumFractionDigits: 0 });
const TENTHS = new Intl.NumberFormat('nl-NL', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** 12345 as `12.345`. */
export function whole(value: number): string {
  return WHOLE.format(value);
}

/** Bytes as `12,3 MB` (of a million), or `12 kB` below one. */
export function megabytes(bytes: number): string {
  return bytes < 1_000_000
    ? `${WHOLE.format(Math.ceil(bytes / 1000))} kB`
    : `${TENTHS.format(bytes / 1e6)} MB`;
}

/** Seconds as `45 s`, `3 min 5 s` or `2 uur 10 min`. */
export function duration(seconds: number): string {
  const all = Math.max(0, Math.round(seconds));
  if (all < 60) return `${all} s`;
  if (all < 3600) return `${Math.floor(all / 60)} min ${all % 60} s`;
  return `${WHOLE.format(Math.floor(all / 3600))} uur ${Math.floor((all % 3600) / 60)} min`;
}

/** `1 rij`, `2 rijen`. */
export function count(value: number, one: string, more: string): string {
  return `${whole(value)} ${value === 1 ? one : more}`;
}

/** A moment of this computer's clock as `2026-11-22 04:05:41`. */
export function clockTime(moment: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join('-');
  return `${day} ${[moment.getHours(), moment.getMinutes(), moment.getSeconds()].map(two).join(':')}`;
}

/** A moment from an answer (RFC 3339) as `clockTime` writes it; `–` where there is none. */
export function answeredTime(text: string | null | undefined): string {
  const moment = new Date(text ?? '');
  return Number.isNaN(moment.getTime()) ? '–' : clockTime(moment);
}
