/** The Chromium that npm carries, for Linux on x64: a program, and the libraries and fonts of bare machines. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';

const run = promisify(execFile);

/** No unpacking takes as long. */
const LEFTOVER_MS = 3_600_000;

/** The package that carries it. */
export type CarriedChromium = { folder: string; version: string };

/** Starts the program; nothing else needs to know what it is started with. */
const START = `#!/bin/sh
# Made when it was unpacked. Bare machines lack libraries of it, or have no fonts at all.
here=$(dirname "$0")
case "$(ldd "$here/program" 2>/dev/null)" in
  *'not found'*) export LD_LIBRARY_PATH="$here/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" ;;
esac
export FONTCONFIG_FILE="\${FONTCONFIG_FILE:-$here/fonts.conf}"
exec "$here/program" "$@"
`;

/**
 * The system's fonts, and after them those that are carried. What is known of them is kept beside them, by its
 * whole path: fontconfig would take another for one in the working directory.
 *
 * @param folder where the fonts will be, as an absolute path
 */
const fontsOf = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <cachedir>${inXml(join(folder, 'fonts-cache'))}</cachedir>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
</fontconfig>
`;

/** Undefined where it is not installed, or is for another machine. */
export function carriedChromium(): CarriedChromium | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  try {
    const folder = join(createRequire(import.meta.url).resolve('@sparticuz/chromium'), '..', '..');
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return existsSync(join(folder, 'bin', 'chromium.br')) ? { folder, version } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Unpacks it, all or nothing; several processes may do so at the same time.
 *
 * @param target a folder that is not there yet; what starts it is in there as `chromium`
 * @throws {Error} where it cannot be unpacked, as on a full disk
 */
export async function unpackChromium(
  { folder }: CarriedChromium,
  target: string,
  interrupt: AbortSignal,
): Promise<void> {
  removeLeftovers(target);
  const part = mkdtempSync(`${target}.part-`);
  const packed = (name: string) => createReadStream(join(folder, 'bin', name));
  const signal = { signal: interrupt };
  try {
    const program = createWriteStream(join(part, 'program'), { mode: 0o755 });
    await Promise.all([
      pipeline(packed('chromium.br'), createBrotliDecompress({ chunkSize: 2 ** 21 }), program, signal),
      untar(packed('fonts.tar.br'), part, interrupt),
      untar(packed('al2023.tar.br'), part, interrupt),
    ]);
    await writeFile(join(part, 'fonts.conf'), fontsOf(resolve(target)));
    await writeFile(join(part, 'chromium'), START, { mode: 0o755 });
    await rename(part, target).catch((error: unknown) => {
      if (!existsSync(join(target, 'chromium'))) throw error; // else another process was quicker
    });
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}

function inXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** What was left by processes that were killed while they unpacked. */
function removeLeftovers(target: string): void {
  const folder = dirname(target);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (!path.startsWith(`${target}.part-`)) continue;
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > LEFTOVER_MS) rmSync(path, { recursive: true, force: true });
  }
}

/** The archive is written first: tar ends at the end of what it holds, and not of what it is sent. */
async function untar(packed: NodeJS.ReadableStream, folder: string, signal: AbortSignal): Promise<void> {
  const archive = join(folder, `${randomUUID()}.tar`);
  await pipeline(packed, createBrotliDecompress(), createWriteStream(archive), { signal });
  await run('tar', ['-x', '-f', archive, '-C', folder], { signal });
  await rm(archive);
}
