/**
 * Ends a nats-server that has stopped storing, so that whoever keeps it running starts it anew. A disk that
 * was full leaves one so, though there is room again. Tried: 2.9.10 does not answer about its streams then
 * and does not end when it is asked to; 2.15.1 refuses to write to the stream until it is started again, and
 * says so in its health.
 */
import { appendFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { Running } from './running.ts';

/** When it is looked at, and how long it may be bad; in milliseconds. */
export type WatchTimes = {
  everyMs: number;
  /** Longer than a busy server, or a slow disk, takes for an answer. */
  answerMs: number;
  /** It must have been bad for so long, at every look; each time that it was ended it is given twice as long. */
  patienceMs: number;
};

const TIMES: WatchTimes = { everyMs: 1_000, answerMs: 4_000, patienceMs: 9_000 };
/** It must have been bad at so many looks in a row. */
const BAD_LOOKS = 3;
/** To five minutes; a server that was good for as long gets the usual patience again. */
const DOUBLED_MAX = 5;
/** Times `everyMs` without a look, after which we count as having stood still ourselves. */
const STOOD_STILL = 4;
const NEVER = { since: 0, looks: 0 };
/** How many times servers were ended, by their log file. */
const ended = new Map<string, number>();
const INBOX = '_INBOX.effectstroom.watch';
const REQUEST = '$JS.API.STREAM.LIST';
/** Of an answer only its beginning is looked at. */
const HEARD_MAX = 65_536;

export type WatchedNats = {
  host: string;
  port: number;
  /** Of its monitoring over HTTP. */
  monitorPort: number;
  user: string;
  password: string;
  logFile: string;
};

/** Watches a server as long as it runs, and ends it by force where it stays bad. */
export function watchNats(running: Running, server: WatchedNats, times: WatchTimes = TIMES): void {
  const patience = () => times.patienceMs * 2 ** Math.min(ended.get(server.logFile) ?? 0, DOUBLED_MAX);
  const watch = { tickedAt: performance.now(), stoodStillAt: 0, goodSince: performance.now() };
  let bad = NEVER;
  const look = async () => {
    const lookedAt = performance.now();
    const wrong = (await healthFault(server, times)) ?? (await answerFault(server, times));
    const now = performance.now();
    const stoodStill = watch.stoodStillAt > lookedAt || isLate(now - watch.tickedAt, times);
    if (wrong === undefined || stoodStill) {
      bad = NEVER;
      if (now - watch.goodSince > times.patienceMs * 2 ** DOUBLED_MAX) ended.delete(server.logFile);
      return;
    }
    watch.goodSince = now;
    bad = { since: bad.looks === 0 ? lookedAt : bad.since, looks: bad.looks + 1 };
    if (bad.looks < BAD_LOOKS || now - bad.since < patience()) return;
    note(server.logFile, `ended, to be started again: ${wrong}`);
    ended.set(server.logFile, (ended.get(server.logFile) ?? 0) + 1);
    running.kill('SIGKILL');
  };
  let isLooking = false;
  const timer = setInterval(() => {
    const now = performance.now();
    if (isLate(now - watch.tickedAt, times)) [watch.stoodStillAt, bad] = [now, NEVER];
    watch.tickedAt = now;
    if (isLooking) return;
    isLooking = true;
    void look().finally(() => {
      isLooking = false;
    });
  }, times.everyMs);
  timer.unref();
  void running.exited.then(() => clearInterval(timer));
}

/** Whether we stood still ourselves, or all of the machine did: what was heard meanwhile says nothing. */
function isLate(sinceTick: number, { everyMs }: WatchTimes): boolean {
  return sinceTick > STOOD_STILL * everyMs;
}

/** What it says of its own health where that is bad. */
async function healthFault(
  { host, monitorPort }: WatchedNats,
  { answerMs }: WatchTimes,
): Promise<string | undefined> {
  try {
    const response = await fetch(`http://${host}:${monitorPort}/healthz`, {
      headers: { connection: 'close' },
      signal: AbortSignal.timeout(answerMs),
    });
    const text = await response.text();
    return response.ok ? undefined : text.slice(0, 500);
  } catch (error) {
    return `no answer about its health (${error instanceof Error ? error.message : error})`;
  }
}

/** Why it does not answer about its streams; in NATS's own protocol, of which this needs four lines. */
function answerFault(
  { host, port, user, password }: WatchedNats,
  { answerMs }: WatchTimes,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    let heard = '';
    const end = (fault: string | undefined) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(fault);
    };
    const timer = setTimeout(() => end('no answer about its streams'), answerMs);
    socket.on('error', (error) => end(error.message));
    socket.on('close', () => end('it closed the connection'));
    socket.on('data', (bytes) => {
      heard = (heard + bytes.toString('latin1')).slice(0, HEARD_MAX);
      if (heard.includes(`MSG ${INBOX}`)) end(undefined);
    });
    const options = JSON.stringify({ verbose: false, user, pass: password });
    socket.write(`CONNECT ${options}\r\nSUB ${INBOX} 1\r\nPUB ${REQUEST} ${INBOX} 0\r\n\r\n`);
  });
}

function note(logFile: string, text: string): void {
  try {
    appendFileSync(logFile, `effectstroom: nats-server is ${text}\n`);
  } catch {
    // There may be no room for it.
  }
}
