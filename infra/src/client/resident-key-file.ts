import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { ClientFault, codeOf } from './faults.ts';

const SECRET_BYTES = 32;
/** A line of a file with versions: `<version> <secret>`. */
const VERSION_LINE = /^([1-9]\d{0,5}) (\S.*)$/;

/**
 * Adds a secret of 32 random bytes to the file, under the next version; a file with one secret and no version
 * holds version 1. The file is replaced whole, and only its owner can read it.
 *
 * @returns the new version
 * @throws {ClientFault} where the file holds something else, or someone else is at it
 */
export function rotateSecret(path: string): number {
  const file = realpathSync(path);
  const lines = linesOf(readFileSync(file, 'latin1'), path);
  const version = Math.max(...lines.map((line) => Number(line.split(' ', 1)))) + 1;
  const text = [...lines, `${version} ${randomBytes(SECRET_BYTES).toString('base64')}`, ''].join('\n');
  replace(file, Buffer.from(text, 'latin1'));
  return version;
}

/** The lines with versions. */
function linesOf(text: string, path: string): string[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line !== '');
  const versions = lines.map((line) => VERSION_LINE.exec(line)?.[1]);
  if (lines.length === 1 && versions[0] === undefined) return [`1 ${lines[0]}`];
  const isWhole = lines.length > 0 && !versions.includes(undefined);
  if (isWhole && new Set(versions).size === versions.length) return lines;
  throw new ClientFault(`${path} is niet te begrijpen. Verwacht wordt één geheim, of per regel een versie,
een spatie en een geheim, elke versie één keer.`);
}

/** Writes beside the file and puts that in its place, so that a reader finds the old or the new one whole. */
function replace(file: string, bytes: Buffer): void {
  const beside = `${file}.new`;
  const descriptor = create(beside);
  try {
    const { uid, gid } = statSync(file);
    // Root may do this for the user that ingest runs as.
    if (process.getuid?.() === 0) chownSync(beside, uid, gid);
    writeSync(descriptor, bytes);
    fsyncSync(descriptor);
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

function create(file: string): number {
  try {
    return openSync(file, 'wx', 0o600);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    throw new ClientFault(`${file} bestaat al: er is al een wissel bezig, of een eerdere brak af.
Verwijder dit bestand als er niemand anders mee bezig is, en probeer opnieuw.`);
  }
}
