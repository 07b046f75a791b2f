import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The release of nats-io/nats-server that we fetch where nothing else is at hand. */
export const RELEASE_VERSION = '2.12.15';
const RELEASES = 'https://github.com/nats-io/nats-server/releases/download';

/**
 * SHA-256 of the release's archives, as the official image's Dockerfile (nats-io/nats-docker,
 * 2.12.x/alpine3.22) pins them. The other archives are checked against the list that the release itself
 * carries.
 */
const PINNED: Readonly<Record<string, string>> = {
  'linux-amd64': '58ab8131f819263897e2fc38e503e1b755b63bcafeecc7d12582487df48ca15e',
  'linux-arm64': 'b724db99fefbf8f5c808baa82819ee50350aee9734017e4a478f7e545cef3ab6',
};

const DEADLINE_MS = 180_000;
const MAX_BYTES = 64_000_000;

export type ReleaseOptions = {
  /** Where the releases stand; another place serves the tests. */
  from?: string;
  checksums?: Readonly<Record<string, string>>;
  /** Aborting it ends the fetch. */
  interrupt?: AbortSignal;
  /** Called with the percentage fetched so far, when the server tells the size. */
  onProgress?: (percent: number) => void;
};

/**
 * Fetches the official release for this machine and checks it.
 *
 * @param target where the program is put
 * @throws {Error} when it cannot be fetched, or is not what it should be
 */
export async function fetchRelease(
  target: string,
  cache: string,
  options: ReleaseOptions = {},
): Promise<void> {
  const { from = RELEASES, checksums = PINNED, onProgress = () => undefined } = options;
  const platform = `${process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const name = `nats-server-v${RELEASE_VERSION}-${platform}`;
  const timeout = AbortSignal.timeout(DEADLINE_MS);
  const signal = options.interrupt === undefined ? timeout : AbortSignal.any([options.interrupt, timeout]);
  const base = `${from}/v${RELEASE_VERSION}`;
  const archive = await download(`${base}/${name}.tar.gz`, signal, onProgress);
  const expected =
    checksums[platform] ?? (await listedChecksum(`${base}/SHA256SUMS`, `${name}.tar.gz`, signal));
  const actual = createHash('sha256').update(archive).digest('hex');
  if (actual !== expected) {
    throw new Error(`de controlesom van ${name}.tar.gz klopt niet (${actual} in plaats van ${expected})`);
  }
  unpack(archive, join(name, 'nats-server'), target, cache);
}

function unpack(archive: Buffer, member: string, target: string, cache: string): void {
  const folder = mkdtempSync(join(cache, 'release-'));
  try {
    writeFileSync(join(folder, 'archive.tar.gz'), archive);
    const tar = spawnSync('tar', ['-xzf', 'archive.tar.gz', member], { cwd: folder, encoding: 'utf8' });
    if (tar.status !== 0) throw new Error(`uitpakken mislukte: ${tar.error?.message ?? tar.stderr.trim()}`);
    renameSync(join(folder, member), target);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function listedChecksum(url: string, file: string, signal: AbortSignal): Promise<string> {
  const list = (await download(url, signal)).toString('utf8');
  const line = list.split('\n').find((text) => text.trim().endsWith(file));
  const checksum = line?.trim().split(/\s+/)[0];
  if (checksum === undefined) throw new Error(`${file} staat niet in SHA256SUMS`);
  return checksum;
}

async function download(
  url: string,
  signal: AbortSignal,
  onProgress: (percent: number) => void = () => undefined,
): Promise<Buffer> {
  const response = await fetch(url, { signal }).catch((cause: unknown) => {
    throw new Error(`${url} is niet bereikbaar`, { cause });
  });
  if (!response.ok || response.body === null) throw new Error(`${url} antwoordt met ${response.status}`);
  const size = Number(response.headers.get('content-length') ?? 0);
  const chunks: Uint8Array[] = [];
  let received = 0;
  for await (const chunk of response.body) {
    received += chunk.length;
    if (received > MAX_BYTES) throw new Error(`${url} is groter dan ${MAX_BYTES} bytes`);
    chunks.push(chunk);
    if (size > 0) onProgress(Math.floor((100 * received) / size));
  }
  return Buffer.concat(chunks);
}
