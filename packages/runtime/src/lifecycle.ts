import type { Logger } from './log.ts';

/** What the start of a service uses to have its parts stopped. */
export interface Lifecycle {
  /** Aborted when the stop begins. */
  readonly signal: AbortSignal;
  /**
   * Registers what stops a part that has just started. Parts stop in reverse order, one after the other; a
   * stop during the start stops what has started by then.
   */
  onStop(part: string, stop: () => Promise<void> | void): void;
  /** Stops the service because a part cannot go on; it ends with exit code 1. */
  fail(error: unknown): void;
}

/** Settings of a lifecycle. */
export interface LifecycleOptions {
  /** Milliseconds that all stops together may take; then the process ends with exit code 1. */
  deadline?: number;
}

const DEADLINE = 10_000;

/**
 * Runs a service: starts its parts in order, stops them in reverse at SIGTERM, SIGINT or the end of the
 * parent that started it over IPC, and ends the process. A second signal, or the deadline, ends it at once.
 */
export async function runLifecycle(
  log: Logger,
  start: (lifecycle: Lifecycle) => Promise<void>,
  { deadline = DEADLINE }: LifecycleOptions = {},
): Promise<void> {
  const parts: { name: string; stop: () => Promise<void> | void }[] = [];
  const stopping = new AbortController();
  let exitCode = 0;

  const stop = async (reason: string): Promise<void> => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    log.info({ reason }, 'stopping');
    setTimeout(() => {
      log.error({ deadline }, 'the stop took too long: ended without the rest');
      process.exit(1);
    }, deadline).unref();
    for (const part of parts.reverse()) {
      try {
        await part.stop();
      } catch (error) {
        exitCode = 1;
        log.error({ part: part.name, err: error }, 'a part did not stop well');
      }
    }
    log.info({ exitCode }, 'stopped');
    process.exit(exitCode);
  };
  const lifecycle: Lifecycle = {
    signal: stopping.signal,
    onStop: (name, stopPart) => {
      parts.push({ name, stop: stopPart });
    },
    fail: (error) => {
      // What breaks because it is being stopped is no failure.
      if (stopping.signal.aborted) return;
      log.fatal({ err: error }, 'cannot go on');
      exitCode = 1;
      void stop('failure');
    },
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping.signal.aborted) process.exit(1);
    void stop(signal);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  process.once('disconnect', () => void stop('the parent process ended'));
  process.on('uncaughtException', lifecycle.fail);

  try {
    await start(lifecycle);
    if (!stopping.signal.aborted) log.info('started');
  } catch (error) {
    lifecycle.fail(error);
  }
}
