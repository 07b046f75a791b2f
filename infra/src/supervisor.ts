import { setTimeout as sleep } from 'node:timers/promises';
import type { Exit, Running } from './running.ts';
import { KilledAtStart } from './start-fault.ts';

/** One part of the stack that is to run until we stop it. */
export type Part = {
  name: string;
  /**
   * Starts it, and resolves when it does its work. `again` is true when it takes the place of one that ended;
   * then only its own end is a failure, not that it takes long to get ready.
   */
  start(signal: AbortSignal, again: boolean): Promise<Running>;
};

export type SupervisorEvent = { name: string } & (
  | { kind: 'ended'; exit: Exit }
  | { kind: 'back'; afterMs: number }
  | { kind: 'failed'; error: unknown }
);

export type Supervisor = {
  /**
   * Starts parts side by side, and from then on keeps them running. Rejects when one of them does not start.
   */
  start(parts: readonly Part[]): Promise<void>;
  /** Ends all parts, those started last first. */
  stop(): Promise<void>;
  /** Ends all parts at once, by force. */
  kill(): void;
};

/** The waits before a restart stay so short that a part is being started again well within five seconds. */
const FIRST_DELAY_MS = 300;
const LONGEST_DELAY_MS = 2_000;
/** A part that ran this long is not one that fails at every start. */
const CALM_MS = 10_000;

/** So often a part that is killed while it starts is started, before the whole start is given up. */
const FIRST_ATTEMPTS = 5;

type Watched = { part: Part; running: Running | undefined; loop: Promise<void> };

/** Keeps parts running: what ends unasked is started again, for as long as it takes. */
export function createSupervisor(onEvent: (event: SupervisorEvent) => void): Supervisor {
  const stopping = new AbortController();
  const groups: Watched[][] = [];

  async function startOne(watched: Watched): Promise<void> {
    watched.running = await firstStart(watched.part, stopping.signal, onEvent);
    watched.loop = keepRunning(watched, stopping.signal, onEvent);
  }

  return {
    async start(parts) {
      const group = parts.map((part): Watched => ({ part, running: undefined, loop: Promise.resolve() }));
      groups.push(group);
      const starts = await Promise.allSettled(group.map(startOne));
      for (const start of starts) if (start.status === 'rejected') throw start.reason;
    },
    async stop() {
      stopping.abort();
      for (const group of groups.toReversed()) await Promise.all(group.map(stopOne));
    },
    kill() {
      stopping.abort();
      for (const { running } of groups.flat()) void running?.stop(0);
    },
  };
}

/** A part that is killed from outside while it starts is tried again, a few times. */
async function firstStart(
  part: Part,
  signal: AbortSignal,
  onEvent: (event: SupervisorEvent) => void,
): Promise<Running> {
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    try {
      return await part.start(signal, false);
    } catch (error) {
      if (!(error instanceof KilledAtStart) || attempt === FIRST_ATTEMPTS || signal.aborted) throw error;
      onEvent({ name: part.name, kind: 'failed', error });
      await sleep(FIRST_DELAY_MS, undefined, { signal });
    }
  }
}

async function stopOne(watched: Watched): Promise<void> {
  await watched.running?.stop();
  await watched.loop;
  // A restart may just have brought a new one.
  await watched.running?.stop();
}

async function keepRunning(
  watched: Watched,
  signal: AbortSignal,
  onEvent: (event: SupervisorEvent) => void,
): Promise<void> {
  const { name } = watched.part;
  let failures = 0;
  let startedAt = performance.now();
  while (!signal.aborted) {
    const exit = await watched.running?.exited;
    if (signal.aborted || exit === undefined) return;
    const endedAt = performance.now();
    onEvent({ name, kind: 'ended', exit });
    if (endedAt - startedAt > CALM_MS) failures = 0;
    watched.running = undefined;
    let said = '';
    while (watched.running === undefined && !signal.aborted) {
      const delay = Math.min(FIRST_DELAY_MS * 2 ** failures++, LONGEST_DELAY_MS);
      try {
        await sleep(delay, undefined, { signal });
        watched.running = await watched.part.start(signal, true);
        startedAt = performance.now();
        onEvent({ name, kind: 'back', afterMs: startedAt - endedAt });
      } catch (error) {
        if (!signal.aborted && String(error) !== said) onEvent({ name, kind: 'failed', error });
        said = String(error);
      }
    }
  }
}
