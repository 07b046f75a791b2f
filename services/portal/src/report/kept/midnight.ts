import { civilDateAt } from '@effectstroom/contracts';

const HOUR_MS = 3_600_000;

/**
 * When a day starts in Amsterdam, RFC 3339 in UTC. Offsets of whole hours, and clocks change at night, not
 * at midnight.
 */
export function midnight(day: string): string {
  const utc = Date.parse(day);
  const early = [2, 1, 0]
    .map((hours) => new Date(utc - hours * HOUR_MS))
    .find((moment) => civilDateAt(moment) === day);
  return (early ?? new Date(utc)).toISOString();
}
