/** Processor time of a process and all that descend from it. */
import { readdirSync, readFileSync } from 'node:fs';

/** Of Linux, on every processor Node runs on. */
const TICKS_PER_SECOND = 100;

/** Seconds since they started, also of descendants that have ended; NaN elsewhere than on Linux. */
export function cpuSeconds(pid: number): number {
  const parents = new Map<number, { parent: number; ticks: number }>();
  try {
    for (const name of readdirSync('/proc')) if (/^\d+$/.test(name)) read(Number(name), parents);
  } catch {
    return Number.NaN;
  }
  const isOfTree = (of: number): boolean => of === pid || (of > 1 && isOfTree(parents.get(of)?.parent ?? 0));
  let ticks = 0;
  for (const [of, process] of parents) if (isOfTree(of)) ticks += process.ticks;
  return ticks / TICKS_PER_SECOND;
}

function read(pid: number, into: Map<number, { parent: number; ticks: number }>): void {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name, in brackets, may hold spaces. Then: state, parent, …, and four times from the twelfth on.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const ticks = fields.slice(11, 15).reduce((sum, time) => sum + time, 0);
    into.set(pid, { parent: fields[1] ?? 0, ticks });
  } catch {
    // It has ended meanwhile.
  }
}
