/** How much room a filled database takes, known before it is filled. */
import { statfsSync } from 'node:fs';

/** Measured at one and ten million cases (`npm run growth`), with room to spare; a case has 1.2 events. */
const DATA_BYTES_A_CASE = 3_600;
/** PostgreSQL's log grows to `max_wal_size` before it is used again; see filling-settings.ts. */
const LOG_BYTES_MAX = 17 * 2 ** 30;
const EMPTY_BYTES = 100 * 2 ** 20;

/** Bytes at the fullest moment of a fill. */
function diskNeeded(cases: number): number {
  const data = EMPTY_BYTES + cases * DATA_BYTES_A_CASE;
  return data + Math.min(data, LOG_BYTES_MAX);
}

/** @throws Error that says how much is missing, where a folder has less room than filling needs. */
export function requireRoom(folder: string, cases: number, tell: (line: string) => void): void {
  const { bavail, bsize } = statfsSync(folder);
  const [needed, free] = [diskNeeded(cases), bavail * bsize];
  const told = `${cases} cases need about ${gigabytes(needed)} of disk while they are filled`;
  tell(`${told}; ${gigabytes(free)} is free`);
  if (free < needed)
    throw new Error(`${folder} has too little room: free ${gigabytes(needed - free)}, or fill fewer cases`);
}

function gigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GB`;
}
