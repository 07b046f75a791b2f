import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../faults.ts';

/** A file in the watched folder, as it is now. */
export interface FoundFile {
  name: string;
  bytes: number;
  /** Milliseconds since 1970. */
  changedAt: number;
  /** The file that says that this one is complete, where there is one that is not older. */
  marker: string | undefined;
}

/** Names that programs give to files that are still coming in. */
const TEMPORARY = /^\.|~$|\.(part|partial|filepart|tmp|temp|crdownload|download)$/i;
const MARKERS = ['.ready', '.ok'] as const;

/** A test of names by patterns with `*` and `?`, capitals or not. */
export function namePattern(patterns: readonly string[]): (name: string) => boolean {
  const tests = patterns.map((pattern) => {
    const source = pattern.replace(/[^*?]/g, (sign) => sign.replace(/[\\^$.+()[\]{}|]/, '\\$&'));
    return new RegExp(`^${source.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'isu');
  });
  return (name) => !TEMPORARY.test(name) && tests.some((test) => test.test(name));
}

/** The regular files of a folder whose name fits; never a link, which could lead anywhere. */
export function findFiles(folder: string, fits: (name: string) => boolean): FoundFile[] {
  const names = new Set(readdirSync(folder));
  return [...names].filter(fits).flatMap((name) => {
    const found = fileAt(join(folder, name));
    if (found === undefined) return [];
    const marker = MARKERS.map((ending) => `${name}${ending}`)
      .filter((one) => names.has(one))
      .find((one) => (fileAt(join(folder, one))?.changedAt ?? 0) >= found.changedAt);
    return [{ name, ...found, marker }];
  });
}

/** Size and time of a regular file; undefined where there is none (any more). */
export function fileAt(path: string): { bytes: number; changedAt: number } | undefined {
  try {
    const found = lstatSync(path);
    return found.isFile() ? { bytes: found.size, changedAt: found.mtimeMs } : undefined;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
