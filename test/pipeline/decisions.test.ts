/** What stands in quarantine can be dismissed with a reason, and tried again. */
import { expect, test } from 'vitest';
import type { SentEvent } from '../harness/sent.ts';
import { ADDRESS, assessed, PROGRAMME, SOURCE, usePipeline } from './fixtures.ts';

const world = usePipeline();
const { pipeline } = world;
const unknownTheme = (caseId: string, revision = 0) => assessed(caseId, revision, { theme: '9' });
const decide = (event: SentEvent, decision: 'dismiss' | 'retry') =>
  world.decide({ organisation: ADDRESS.organisation, source: SOURCE, id: event.id, decision });

test('a dismissed event leaves the open quarantine, and stays out when settings come that could value it', async () => {
  const address = { ...ADDRESS, programme: 'later' };
  const event = assessed('dismissed', 0, { programme: 'later' });
  await world.send(event);
  expect(await world.faults()).toEqual([]);
  expect(await openReasons()).toEqual(['unknown-programme']);
  await decide(event, 'dismiss');
  expect(await world.faults()).toEqual([]);
  expect(await openReasons()).toEqual([]);
  expect((await pipeline.status()).quarantined).toBe(0);
  expect(await rows('?reason=dismissed')).toMatchObject([{ id: event.id, detail: 'tried out by a test' }]);
  await world.putProgramme(address, PROGRAMME);
  expect(await world.faults()).toEqual([]);
  await decide(event, 'retry');
  expect(await world.faults()).toEqual([]);
  expect(await rows('?reason=dismissed')).toEqual([]);
});

test('an event that counts can be dismissed: the revision below takes its place, and the ledger says why', async () => {
  const below = assessed('counting', 0, { similarCases: 2 });
  const above = assessed('counting', 1, { similarCases: 5 });
  await world.send(below, above);
  await decide(above, 'dismiss');
  expect(await world.faults()).toEqual([]);
  const history = await pipeline.ask(`/v1/cases/${ADDRESS.organisation}/counting`);
  expect(JSON.stringify(history)).toContain('"kind":"quarantine"');
  await decide(above, 'retry');
  expect(await world.faults()).toEqual([]);
});

test('a decision that comes before its event waits for it', async () => {
  const event = unknownTheme('not-yet');
  await decide(event, 'dismiss');
  await world.send(event);
  expect(await world.faults()).toEqual([]);
  expect(await openReasons()).toEqual([]);
});

test('what conflicts with a recorded identity is dismissed apart from the event', async () => {
  const event = assessed('conflict', 0);
  const other = { ...event, data: { ...event.data, similarCases: 9 } };
  await world.send(event, other);
  await pipeline.settled();
  expect(await openReasons()).toEqual(['identity-conflict']);
  const about = (decision: string) => ({
    ...{ decision, reason: 'sent by mistake' },
    events: [{ source: SOURCE, id: event.id, target: 'identity-conflict' }],
  });
  await postDecisions(about('dismiss'));
  await world.sendAll([other]); // the same again stays dismissed
  await pipeline.settled();
  expect(await openReasons()).toEqual([]);
  await postDecisions(about('retry'));
  expect(await openReasons()).toEqual(['identity-conflict']);
  expect(await world.faults()).toEqual([]);
});

test('a killed calculator takes a decision up again', async () => {
  const event = unknownTheme('killed');
  await world.send(event);
  await pipeline.settled();
  await decide(event, 'dismiss');
  await pipeline.calculator.kill();
  await pipeline.calculator.start();
  expect(await world.faults()).toEqual([]);
  expect((await rows('?reason=dismissed')).map(({ id }) => id)).toContain(event.id);
});

async function postDecisions(body: object): Promise<void> {
  const response = await fetch(
    `${pipeline.ingest.running.url}/v1/quarantine/${ADDRESS.organisation}/decisions`,
    {
      method: 'POST',
      headers: { authorization: 'Bearer local-admin', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    },
  );
  expect(response.status).toBe(202);
  await pipeline.settled();
}

async function rows(query = '') {
  const answer = await pipeline.ask(`/v1/quarantine${query}`);
  return (answer as { rows: { id: string; reason: string; detail: string }[] }).rows;
}

async function openReasons(): Promise<string[]> {
  return (await rows()).map(({ reason }) => reason);
}
