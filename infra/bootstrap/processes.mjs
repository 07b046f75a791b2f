/** What the operating system tells about a process, on Linux from /proc, elsewhere from `ps`. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const hasProc = existsSync('/proc/self/stat');

/**
 * When a process started, in a form that only serves to compare: together with the number it names one
 * process, also after the number has been given out again. Undefined when it does not run (a zombie does
 * not).
 * @param {number} pid
 * @returns {string | undefined}
 */
export function startOf(pid) {
  if (!hasProc) return ask(pid, 'lstart=');
  const [state, ...fields] = statOf(pid) ?? [];
  return state === 'Z' ? undefined : fields[18];
}

/**
 * The command line of a process, its arguments joined by spaces; undefined when it does not run.
 * @param {number} pid
 * @returns {string | undefined}
 */
export function commandLineOf(pid) {
  if (!hasProc) return ask(pid, 'command=');
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim() || undefined;
  } catch {
    return undefined;
  }
}

/**
 * The process that started a process, or took it over; undefined when it does not run.
 * @param {number} pid
 * @returns {number | undefined}
 */
export function parentOf(pid) {
  return hasProc ? Number(statOf(pid)?.[1]) || undefined : Number(ask(pid, 'ppid=')) || undefined;
}

/**
 * The fields of /proc/<pid>/stat after the name, from the state on (proc(5)).
 * @param {number} pid
 * @returns {string[] | undefined}
 */
function statOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name, in parentheses, may itself hold spaces and parentheses.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/**
 * @param {number} pid
 * @param {string} column
 * @returns {string | undefined}
 */
function ask(pid, column) {
  try {
    const answer = execFileSync('ps', ['-o', column, '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return answer.trim() || undefined;
  } catch {
    return undefined;
  }
}
