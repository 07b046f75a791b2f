import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { fetchFromDebian } from './debian-package.ts';
import { StartFault } from './start-fault.ts';

/** Prometheus and its tool, of one version. */
export type PrometheusProgram = { prometheus: string; promtool: string };

const NAMES = ['prometheus', 'promtool'] as const;
/** Not on everybody's PATH. */
const MORE_FOLDERS = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'];

/**
 * Finds Prometheus with promtool on the PATH or among what was fetched before, else takes them out of
 * Debian's package. Only tests and measurements need them here: an installation runs Prometheus itself.
 *
 * @param progress is told, in Dutch, what takes time
 * @param interrupt aborting it ends a fetch
 * @throws {StartFault} with the ways to get it
 */
export async function prometheusProgram(
  progress: (line: string) => void = () => undefined,
  interrupt: AbortSignal = new AbortController().signal,
): Promise<PrometheusProgram> {
  const cache = cacheFolder();
  const kept = join(cache, 'prometheus-debian');
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...MORE_FOLDERS, kept];
  for (const folder of folders) {
    const found = usable(folder);
    if (found !== undefined) return found;
  }
  mkdirSync(kept, { recursive: true });
  progress('Prometheus ophalen uit het pakket van Debian (eenmalig, ongeveer 20 MB) …');
  const packaged = NAMES.map((name) => ({ member: join('usr', 'bin', name), target: join(kept, name) }));
  const failure = await fetchFromDebian('prometheus', packaged, cache, interrupt).catch((error: Error) => {
    interrupt.throwIfAborted();
    return error;
  });
  const fetched = usable(kept);
  if (fetched !== undefined) return fetched;
  throw new StartFault(`Prometheus is niet gevonden en kon niet worden opgehaald.
  Debian: ${failure?.message ?? 'het pakket bevat geen programma dat hier werkt'}
Twee manieren om verder te gaan:
  1. installeer het: \`apt install prometheus\` of \`brew install prometheus\`, zodat het op het PATH staat;
  2. zet prometheus en promtool van https://prometheus.io/download/ in ${kept}.`);
}

/** Both programs of a folder, when they are there and run. */
function usable(folder: string): PrometheusProgram | undefined {
  const [prometheus, promtool] = [join(folder, NAMES[0]), join(folder, NAMES[1])];
  try {
    accessSync(prometheus, constants.X_OK);
    accessSync(promtool, constants.X_OK);
  } catch {
    return undefined;
  }
  const runs = spawnSync(promtool, ['--version'], { stdio: 'ignore' }).status === 0;
  return runs ? { prometheus, promtool } : undefined;
}
