import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chromiumPlace } from './chromium-program.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'effectstroom-chromium-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function program(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, '#!/bin/sh\n');
  chmodSync(path, 0o755);
  return path;
}

test("the one that is named comes before the system's", () => {
  const named = program('eigen-chromium');
  program('chromium');
  expect(chromiumPlace({ CHROMIUM: named, PATH: folder })).toEqual({ path: named, carried: undefined });
});

test('one on the PATH is found', () => {
  const path = program('google-chrome');
  expect(chromiumPlace({ PATH: `/nowhere:${folder}` })).toEqual({ path, carried: undefined });
});

const isLinux = process.platform === 'linux' && process.arch === 'x64';

test.runIf(isLinux)(
  'a program that cannot be run is passed over: then it is the one that npm carries',
  () => {
    writeFileSync(join(folder, 'chromium'), 'no program');
    const place = chromiumPlace({ PATH: folder });
    if (place?.path !== '/usr/bin/chromium') expect(place?.carried).toBeDefined();
  },
);
