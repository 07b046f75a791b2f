import { accessSync, constants } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { type CarriedChromium, carriedChromium, unpackChromium } from './chromium-carried.ts';

/** Where a Chromium is; the carried one is there once it has been unpacked. */
export type ChromiumPlace = { path: string; carried: CarriedChromium | undefined };

/** What it is called on the PATH, and where it stands outside of it. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const APPLICATIONS = [
  '/usr/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * Finds a Chromium without starting or unpacking anything: that of the variable CHROMIUM, the system's, or
 * the one that npm carries.
 */
export function chromiumPlace(env: NodeJS.ProcessEnv = process.env): ChromiumPlace | undefined {
  const onPath = (env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const named = env['CHROMIUM'] ? [env['CHROMIUM']] : [];
  const path = [...named, ...onPath, ...APPLICATIONS].find(isProgram);
  if (path !== undefined) return { path, carried: undefined };
  const carried = carriedChromium();
  if (carried === undefined) return undefined;
  try {
    return { path: join(cacheFolder(), `chromium-${carried.version}`, 'chromium'), carried };
  } catch {
    return undefined; // there is no folder to unpack it in
  }
}

/**
 * A Chromium that can be started; the carried one is unpacked into the cache the first time (209 MB, some
 * seconds).
 *
 * @param interrupt aborting it ends the unpacking
 * @returns its path; undefined where there is none
 * @throws {Error} where it cannot be unpacked, as on a full disk
 */
export async function chromiumProgram(
  interrupt: AbortSignal = new AbortController().signal,
): Promise<string | undefined> {
  const place = chromiumPlace();
  if (place?.carried === undefined || isProgram(place.path)) return place?.path;
  await unpackChromium(place.carried, dirname(place.path), interrupt);
  return place.path;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
