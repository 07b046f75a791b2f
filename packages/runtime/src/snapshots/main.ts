/** Saves the streams of an installation to a folder, or puts them back; what `npm run backup` does of nats-server. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { REFUSAL_STREAM, REVIEW_BUCKET, STREAM } from '@effectstroom/contracts';
import { jetstreamManager } from '@nats-io/jetstream';
import { createLog } from '../log.ts';
import { connectNats, type NatsConnection } from '../nats.ts';
import { restoreStream } from './restore-stream.ts';
import { type SavedStream, saveStream } from './save-stream.ts';

const HELP = `Usage: node packages/runtime/src/snapshots/main.ts save|restore|look FOLDER

  save     writes each stream of this installation as FOLDER/<name>.snapshot and <name>.json
  restore  puts back those that stand in FOLDER; a stream that is there already is a fault, and stays
  look     only sees whether nats-server answers

Environment variables:
  NATS_URL   nats://user:password@host:port
`;

/** It is asked for as long as it takes by services, that start beside it; not by a command. */
const ANSWER_WITHIN_MS = 10_000;

/** Reservations of the board are not saved: they hold for ten minutes. */
const STREAMS = [STREAM, REFUSAL_STREAM, 'KV_KEYS', 'KV_MAPPINGS', 'KV_PRICE_LISTS', `KV_${REVIEW_BUCKET}`];

async function main([what, folder, ...more]: readonly string[], url: string | undefined): Promise<number> {
  if (what === '--help') {
    process.stdout.write(HELP);
    return 0;
  }
  if (
    (what !== 'save' && what !== 'restore' && what !== 'look') ||
    folder === undefined ||
    more.length > 0 ||
    !url
  ) {
    process.stderr.write(HELP);
    return 2;
  }
  const connection = await connectSoon(url);
  try {
    if (what === 'restore') await restoreAll();
    else if (what === 'save') await saveAll();
    return 0;
  } finally {
    await connection.close();
  }

  async function saveAll(): Promise<void> {
    mkdirSync(target(), { recursive: true, mode: 0o700 });
    const manager = await jetstreamManager(connection);
    const there = new Set<string>();
    for await (const info of manager.streams.list()) there.add(info.config.name);
    for (const name of STREAMS.filter((one) => there.has(one))) {
      const { fileBytes, ...saved } = await saveStream(connection, name, join(target(), `${name}.snapshot`));
      writeFileSync(join(target(), `${name}.json`), `${JSON.stringify(saved)}\n`, {
        mode: 0o600,
        flush: true,
      });
      tell(name, saved, fileBytes);
    }
  }

  async function restoreAll(): Promise<void> {
    for (const name of STREAMS.filter((one) => existsSync(join(target(), `${one}.json`)))) {
      const saved = JSON.parse(readFileSync(join(target(), `${name}.json`), 'utf8')) as SavedStream;
      await restoreStream(connection, saved, join(target(), `${name}.snapshot`));
      tell(name, saved);
    }
  }

  function target(): string {
    return folder ?? '';
  }
}

async function connectSoon(url: string): Promise<NatsConnection> {
  const connecting = connectNats(createLog('snapshots', 'error'), url, 'snapshots');
  const connection = await Promise.race([connecting, sleep(ANSWER_WITHIN_MS, undefined)]);
  if (connection !== undefined) return connection;
  const seconds = ANSWER_WITHIN_MS / 1_000;
  throw new Error(`nats-server antwoordt niet binnen ${seconds} s, of laat ons niet binnen.`);
}

function tell(name: string, { state }: SavedStream, fileBytes?: number): void {
  const size = fileBytes === undefined ? '' : `, ${fileBytes} bytes`;
  process.stdout.write(`${name}: ${state.messages} messages, last ${state.last_seq}${size}\n`);
}

try {
  process.exitCode = await main(process.argv.slice(2), process.env['NATS_URL']);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
// A connection that is still being tried, or the wait for it, would keep this process.
process.exit();
