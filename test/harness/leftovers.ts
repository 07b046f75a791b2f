import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Processes that still run though they should have ended: of these, or at work in the folder. */
export function leftoversOf(folder: string, pids: readonly number[]): string[] {
  if (!existsSync('/proc')) return []; // Elsewhere than on Linux there is no such list.
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid)
    .flatMap((pid) => {
      const at = `/proc/${pid}`;
      const command = look(() => readFileSync(`${at}/cmdline`, 'utf8')).replaceAll('\0', ' ');
      const isOurs = pids.includes(pid) && command.includes('services/');
      const isInFolder = command.includes(folder) || look(() => readlinkSync(`${at}/cwd`)).startsWith(folder);
      return isOurs || isInFolder ? [`process ${pid} still runs: ${command}`] : [];
    });
}

function look(read: () => string): string {
  try {
    return read();
  } catch {
    return ''; // It has ended in the meantime.
  }
}
