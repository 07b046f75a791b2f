/** Processes with all that they started: a server may be many. */
import { readdirSync, readFileSync } from 'node:fs';

/** What is not stopped yet may start others meanwhile: so often it is looked for more of them. */
const LOOKS = 5;

/** A process, then what it started, what those started, and so on; Linux only. */
export function treeOf(root: number): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const children = Map.groupBy(pids.map(Number), parentOf);
  const tree = [root];
  for (const pid of tree) tree.push(...(children.get(pid) ?? []));
  return tree;
}

/** Sends a signal to a process and to all below it. They may have ended meanwhile. */
export function signalTree(root: number, signal: NodeJS.Signals): void {
  const told = new Set<number>();
  for (let look = 0; look < LOOKS; look++) {
    const fresh = treeOf(root).filter((pid) => !told.has(pid));
    if (fresh.length === 0) return;
    for (const pid of fresh) {
      told.add(pid);
      trySignal(pid, signal);
    }
  }
}

/** Undefined where it has ended. */
function parentOf(pid: number): number | undefined {
  try {
    // `pid (name) state parent …`, proc(5); the name may hold anything.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
}

function trySignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}
