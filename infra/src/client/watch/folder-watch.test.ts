import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ServerAway } from '../faults.ts';
import { Server } from '../server.ts';
import { FolderWatch } from './folder-watch.ts';
import { WatchedFolder } from './folders.ts';

const root = mkdtempSync(join(tmpdir(), 'effectstroom-folder-watch-'));
afterAll(() => rmSync(root, { recursive: true }));

test('--once takes what its first look found, however late that look was and early the second', async () => {
  const folder = new WatchedFolder(root);
  writeFileSync(join(root, 'a.csv'), 'x');
  let looks = 0;
  const fits = (name: string) => {
    if (name !== 'a.csv') return false;
    const until = performance.now() + (looks++ === 0 ? 150 : 0);
    while (performance.now() < until);
    // Something happens in the folder, so that the next look comes before the time that a file has to rest.
    if (looks === 1) setImmediate(() => writeFileSync(join(root, 'b.part'), ''));
    return true;
  };
  const patience = { awayMs: 0, busyMs: 0, alsoFor: [], onWait: () => {} };
  const { signal } = new AbortController();
  const away = new Server('http://127.0.0.1:9', () => 'key', patience, signal);
  const choices = {
    ...{ mapping: 'tests', full: false, once: true, settleMs: 300, needsMarker: false, fits },
    serversFor: () => ({ forSending: away, forFollowing: away }),
    log: () => {},
  };
  // That it asks the server shows that it took the file.
  await expect(new FolderWatch(folder, choices, signal).run()).rejects.toBeInstanceOf(ServerAway);
  expect(folder.busyFiles()).toEqual([expect.stringContaining('a.csv')]);
});
