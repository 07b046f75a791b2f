/** The stream is transport: it may be made anew or lose its end, and the record stays what it is. */
import { expect, test } from 'vitest';
import { send } from '../harness/sender.ts';
import type { SentEvent } from '../harness/sent.ts';
import { deleteStream, keepStream, putStreamBack } from '../harness/stream-upsets.ts';
import { ADDRESS, assessed, manyCases, PROGRAMME, usePipeline } from './fixtures.ts';

const world = usePipeline();
const { pipeline } = world;

/** Sends again what was sent before, as a source may: some in other requests than the first time. */
async function sendAgain(events: readonly SentEvent[]): Promise<void> {
  for (let at = 0; at < events.length; at += 70) await send(pipeline, events.slice(at, at + 70));
}

test('deleted and made anew while all run', async () => {
  await world.sendAll(manyCases('first', 300), 20);
  expect(await world.faults()).toEqual([]);
  await deleteStream(pipeline);
  await world.sendAll([...manyCases('second', 200), assessed('first-1', 1)], 30);
  await sendAgain(world.accepted);
  await world.putProgramme(ADDRESS, {
    ...PROGRAMME,
    correctionFactors: [{ from: '2020-01-01', factor: '0.7' }],
  });
  expect(await world.faults()).toEqual([]);
});

test('deleted and made anew while the calculator is down', async () => {
  await pipeline.calculator.kill();
  await deleteStream(pipeline);
  await world.sendAll([...manyCases('third', 2_000), assessed('first-2', 1)], 20);
  await pipeline.calculator.start();
  expect(await world.faults()).toEqual([]);
});

/**
 * Puts the stream back as it was before `meanwhile`, which is in PostgreSQL already; where the calculator
 * does not stay up through that, it is left stopped.
 */
async function losingItsEnd(meanwhile: () => Promise<void>, isCalculatorUp: boolean): Promise<void> {
  await pipeline.settled();
  await keepStream(pipeline);
  await meanwhile();
  expect(await world.faults()).toEqual([]);
  if (!isCalculatorUp) await pipeline.calculator.stop();
  await putStreamBack(pipeline);
}

test.each([
  ['stopped', false],
  ['running', true],
])(
  'a stream that lost its end, with the calculator %s: new events count, nothing twice',
  async (name, isUp) => {
    await losingItsEnd(
      () => world.sendAll([...manyCases(`${name}-lost`, 120), assessed('first-3', 5)], 4),
      isUp,
    );
    if (!isUp) await pipeline.calculator.start();
    await world.sendAll([...manyCases(`${name}-new`, 40), assessed('first-4', isUp ? 2 : 1)], 4);
    expect(await world.faults()).toEqual([]);
    await sendAgain(world.accepted);
    expect(await world.faults()).toEqual([]);
  },
);

test.each([
  ['stopped', false, '0.6'],
  ['running', true, '0.5'],
])('settings in the lost end still hold, with the calculator %s', async (name, isUp, factor) => {
  const withFactor = (factor: string) =>
    world.putProgramme(ADDRESS, { ...PROGRAMME, correctionFactors: [{ from: '2020-01-01', factor }] });
  await withFactor('0.1');
  await withFactor('0.2');
  await losingItsEnd(() => withFactor(factor), isUp);
  if (!isUp) await pipeline.calculator.start();
  await world.sendAll(manyCases(`${name}-after-settings`, 10), 2);
  expect(await world.faults()).toEqual([]);
});

test('what waits in a stream that lost its end is pending', async () => {
  await losingItsEnd(() => world.sendAll(manyCases('pending-lost', 60), 2), false);
  await world.send(...manyCases('pending-new', 5));
  const answers: number[] = [];
  await pipeline.until(
    async () => answers.push((await pipeline.status()).applied.pending) > 0,
    'the portal has reached nats-server again',
  );
  await pipeline.calculator.start();
  expect(answers[0]).toBeGreaterThan(0);
  expect(await world.faults()).toEqual([]);
});
