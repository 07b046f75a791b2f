import { expect, test, vi } from 'vitest';
import type { Exit, Running } from './running.ts';
import { KilledAtStart } from './start-fault.ts';
import { createSupervisor, type Part, type SupervisorEvent } from './supervisor.ts';

const asked: Exit = { code: 0, signal: null };

/** A part in memory, with the end of each of its lives. */
function part(name: string, stopped: string[], failures = 0) {
  const lives: { end(exit: Exit): void }[] = [];
  let toFail = failures;
  const start: Part['start'] = vi.fn(async (_signal: AbortSignal, again: boolean) => {
    if (again && toFail-- > 0) throw new Error('not yet');
    let end: (exit: Exit) => void = () => undefined;
    const exited = new Promise<Exit>((resolve) => {
      end = resolve;
    });
    lives.push({ end });
    const running: Running = {
      pid: lives.length,
      exited,
      stop: () => {
        if (!stopped.includes(name)) stopped.push(name);
        end(asked);
        return exited;
      },
      kill: () => undefined,
      lastWords: () => '',
    };
    return running;
  });
  return { name, start, lives };
}

test('what ends unasked is started again, also after failures, within five seconds', async () => {
  const events: SupervisorEvent[] = [];
  const supervisor = createSupervisor((event) => events.push(event));
  const one = part('one', [], 2);
  await supervisor.start([one]);
  one.lives[0]?.end({ code: null, signal: 'SIGKILL' });
  await expect.poll(() => one.lives.length, { timeout: 30_000 }).toBe(2);
  await supervisor.stop();
  expect(events.map((event) => event.kind)).toEqual(['ended', 'failed', 'back']);
  const back = events.at(-1);
  expect(back?.kind === 'back' && back.afterMs).toBeLessThan(5_000);
  expect(one.start).toHaveBeenLastCalledWith(expect.anything(), true);
});

test('parts stop in reverse order, and stay stopped', async () => {
  const stopped: string[] = [];
  const events: SupervisorEvent[] = [];
  const supervisor = createSupervisor((event) => events.push(event));
  const [first, second] = [part('first', stopped), part('second', stopped)];
  await supervisor.start([first]);
  await supervisor.start([second]);
  await supervisor.stop();
  expect(stopped).toEqual(['second', 'first']);
  expect(events).toEqual([]);
  expect([first.lives.length, second.lives.length]).toEqual([1, 1]);
});

test('a part that is killed while it starts is tried again; one that fails is not', async () => {
  const events: SupervisorEvent[] = [];
  const supervisor = createSupervisor((event) => events.push(event));
  const one = part('one', []);
  let kills = 2;
  const killed: Part = {
    name: 'killed',
    start: (signal, again) => {
      if (kills-- > 0) throw new KilledAtStart('killed');
      return one.start(signal, again);
    },
  };
  await supervisor.start([killed]);
  await supervisor.stop();
  expect(events.map((event) => event.kind)).toEqual(['failed', 'failed']);
  expect(one.lives).toHaveLength(1);
});

test('a part that does not start is an error, and what did start can be stopped', async () => {
  const stopped: string[] = [];
  const supervisor = createSupervisor(() => undefined);
  const broken: Part = { name: 'broken', start: () => Promise.reject(new Error('no')) };
  await expect(supervisor.start([part('first', stopped), broken])).rejects.toThrow('no');
  await supervisor.stop();
  expect(stopped).toEqual(['first']);
  await expect(supervisor.start([part('late', stopped)])).rejects.toThrow();
});
