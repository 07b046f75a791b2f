import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchRelease, RELEASE_VERSION } from './nats-release.ts';
import { loopback } from './ports.ts';

const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
const name = `nats-server-v${RELEASE_VERSION}-${platform}`;
const folder = mkdtempSync(join(tmpdir(), 'effectstroom-release-'));
const target = join(folder, 'nats-server');
let server: Server;
let from: string;
let checksum: string;

beforeAll(async () => {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, 'nats-server'), 'the program');
  spawnSync('tar', ['-czf', 'archive.tar.gz', name], { cwd: folder });
  const archive = readFileSync(join(folder, 'archive.tar.gz'));
  checksum = createHash('sha256').update(archive).digest('hex');
  const files = new Map<string, Buffer | string>([
    [`/v${RELEASE_VERSION}/${name}.tar.gz`, archive],
    [`/v${RELEASE_VERSION}/SHA256SUMS`, `${'0'.repeat(64)}  other.tar.gz\n${checksum}  ${name}.tar.gz\n`],
  ]);
  server = createServer((request, response) => {
    const file = files.get(request.url ?? '');
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });
  const address = await new Promise<ReturnType<Server['address']>>((resolve) => {
    server.listen(0, loopback, () => resolve(server.address()));
  });
  if (address === null || typeof address === 'string') throw new Error('no port');
  from = `http://${loopback}:${address.port}`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

test('takes the program out of an archive with the pinned checksum', async () => {
  await fetchRelease(target, folder, { from, checksums: { [platform]: checksum } });
  expect(readFileSync(target, 'utf8')).toBe('the program');
  rmSync(target);
});

test('without a pinned checksum the list of the release counts', async () => {
  await fetchRelease(target, folder, { from, checksums: {} });
  expect(readFileSync(target, 'utf8')).toBe('the program');
  rmSync(target);
});

test('an archive that is not what it should be is not used', async () => {
  const checksums = { [platform]: 'f'.repeat(64) };
  await expect(fetchRelease(target, folder, { from, checksums })).rejects.toThrow('controlesom');
  expect(existsSync(target)).toBe(false);
});

test('a release that is not there is an error', async () => {
  await expect(fetchRelease(target, folder, { from: `${from}/elsewhere` })).rejects.toThrow('404');
});
