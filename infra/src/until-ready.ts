import { setTimeout as sleep } from 'node:timers/promises';
import { describeExit, type Exit, type Running } from './running.ts';
import { KilledAtStart, StartFault } from './start-fault.ts';

const LOOK_EVERY_MS = 50;

/**
 * Waits until a process that has just been started does its work; ends it when that does not come about.
 *
 * @param name how the process is called in messages
 * @param look says `ready`, or why it is not yet; what it throws ends the waiting
 * @throws {StartFault} when the process ends, or is not ready in time
 */
export async function untilReady(
  running: Running,
  name: string,
  look: () => Promise<string>,
  { deadlineMs, signal }: { deadlineMs: number; signal: AbortSignal | undefined },
): Promise<void> {
  let exit: Exit | undefined;
  void running.exited.then((ended) => {
    exit = ended;
  });
  const deadline = performance.now() + deadlineMs;
  try {
    for (;;) {
      signal?.throwIfAborted();
      if (exit !== undefined) throw endedEarly(name, exit, running);
      const state = await look();
      if (state === 'ready') return;
      if (performance.now() > deadline) {
        const words = running.lastWords();
        throw new StartFault(`${name} is na ${deadlineMs / 1000} seconden niet gereed: ${state}\n${words}`);
      }
      await sleep(LOOK_EVERY_MS);
    }
  } catch (error) {
    await running.stop();
    throw error;
  }
}

function endedEarly(name: string, exit: Exit, running: Running): StartFault {
  const Fault = exit.signal === null ? StartFault : KilledAtStart;
  const words = running.lastWords();
  return new Fault(
    `${name} stopte bij het starten (${describeExit(exit)}). Het schreef als laatste:\n${words}`,
  );
}
