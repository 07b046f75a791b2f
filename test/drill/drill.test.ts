/** The drill in short; `npm run drill` does all of it, with more events. */
import { expect, test } from 'vitest';
import { runDrill, type StepName } from './drill.ts';

const SHORT = { seed: 3, events: 100, varied: 200, isDurable: false } as const;
const STEPS: StepName[] = ['moment', 'record', 'all'];

test('what is lost comes back exactly: to a moment, from the record only, and after all is lost', {
  timeout: 300_000,
}, async () => {
  const signal = new AbortController().signal;
  const { steps, backups } = await runDrill({ ...SHORT, steps: STEPS, signal, tell: () => undefined });
  expect(steps.map(({ name, faults }) => [name, faults])).toEqual(steps.map(({ name }) => [name, []]));
  expect(steps).toHaveLength(STEPS.length);
  for (const { bytes } of backups) expect(bytes).toBeGreaterThan(100_000);
});
