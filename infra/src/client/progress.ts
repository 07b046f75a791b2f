import type { Import } from '@effectstroom/contracts';
import { count, duration, megabytes, whole } from './words.ts';

const BAR_WIDTH = 24;

/** How far the sending of a file is, on one line. */
export function sendingLine(sent: number, bytes: number): string {
  return `Versturen     ${bar(bytes === 0 ? 1 : sent / bytes)}  ${megabytes(sent)} van ${megabytes(bytes)}`;
}

/** How far an import is, on one line. */
export function importLine({ state, rows, rowsPerSecond, secondsLeft }: Import): string {
  const speed = rowsPerSecond ? [`${whole(rowsPerSecond)} rijen/s`] : [];
  const left = secondsLeft === null || secondsLeft === undefined ? [] : [`nog ${duration(secondsLeft)}`];
  if (state === 'queued') return 'In de wachtrij: een andere import is nog bezig';
  if (rows.total === null) return ['Lezen', ...speed].join(' · ');
  const done = `${whole(rows.done)} van ${count(rows.total, 'rij', 'rijen')}`;
  const refused = rows.refused > 0 ? [`${whole(rows.refused)} geweigerd`] : [];
  const share = rows.total === 0 ? 1 : rows.done / rows.total;
  return `Verwerken     ${bar(share)}  ${[done, ...speed, ...left, ...refused].join(' · ')}`;
}

function bar(share: number): string {
  const within = Math.min(1, Math.max(0, share));
  const full = Math.floor(within * BAR_WIDTH);
  const percent = String(Math.floor(within * 100)).padStart(3);
  return `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)} ${percent} %`;
}
