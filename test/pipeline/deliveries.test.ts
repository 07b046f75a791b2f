/**
 * What sources deliver is kept with the ledger: a case stands with the source of the event that counts, or
 * that it came from.
 */
import { ASSESSMENT_SOURCE } from '@effectstroom/contracts';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { putDeliveries } from '../harness/sender.ts';
import type { SentEvent } from '../harness/sent.ts';
import { seededRandom } from '../scenarios/random.ts';
import { ADDRESS, assessed, PROGRAMME, registered, SOURCE, usePipeline, withdrawn } from './fixtures.ts';

const world = usePipeline();
const { pipeline } = world;
const OTHER = 'urn:nld:kvknr:41224547:systeem:ander';

/** An event as another source sends it. */
function by(source: string, event: SentEvent): SentEvent {
  return { ...event, source };
}

/** Cases per source and month, as `registered/assessed`. Each test has a municipality of its own. */
async function countsOf(municipality: string): Promise<Record<string, string>> {
  await pipeline.settled();
  const { rows } = await sql<{ key: string; counts: string }>`
    SELECT s.uri || ' ' || to_char(t.month, 'YYYY-MM') AS key, t.registered || '/' || t.assessed AS counts
    FROM source_total t JOIN source s ON s.id = t.source
    WHERE t.municipality = ${municipality} AND (t.registered <> 0 OR t.assessed <> 0)`.execute(pipeline.db);
  return Object.fromEntries(rows.map(({ key, counts }) => [key, counts]));
}

test('a case that another source corrects moves to that source', async () => {
  await world.putProgramme({ ...ADDRESS, municipality: 'GM0001' }, PROGRAMME);
  const there = { municipality: 'GM0001' };
  await world.send(registered('moves', 0, there), registered('stays', 0, there));
  expect(await countsOf('GM0001')).toEqual({ [`${SOURCE} 2021-03`]: '2/0' });
  await world.send(by(OTHER, assessed('moves', 1, { ...there, date: '2021-04-02' })));
  expect(await countsOf('GM0001')).toEqual({ [`${SOURCE} 2021-03`]: '1/0', [`${OTHER} 2021-04`]: '1/1' });
  // Lower than what counts: it is kept and moves nothing.
  await world.send(by(SOURCE, assessed('moves', 0, there)));
  expect(await countsOf('GM0001')).toEqual({ [`${SOURCE} 2021-03`]: '1/0', [`${OTHER} 2021-04`]: '1/1' });
  await world.send(withdrawn('moves', 2));
  expect(await countsOf('GM0001')).toEqual({ [`${SOURCE} 2021-03`]: '1/0' });
  await world.send(by(OTHER, assessed('moves', 3, there)));
  expect(await countsOf('GM0001')).toEqual({ [`${SOURCE} 2021-03`]: '1/0', [`${OTHER} 2021-03`]: '1/1' });
  expect(await world.faults()).toEqual([]);
});

test('a case that is assessed on the board stays with the source that it came from', async () => {
  await world.putProgramme({ ...ADDRESS, municipality: 'GM0009' }, PROGRAMME);
  const there = { municipality: 'GM0009' };
  await world.send(registered('board', 0, there));
  await world.send(by(ASSESSMENT_SOURCE, assessed('board', 1, there)));
  expect(await countsOf('GM0009')).toEqual({ [`${SOURCE} 2021-03`]: '1/1' });
  await world.send(by(ASSESSMENT_SOURCE, assessed('board', 2, { ...there, date: '2021-04-02' })));
  expect(await countsOf('GM0009')).toEqual({ [`${SOURCE} 2021-04`]: '1/1' });
  expect(await world.faults()).toEqual([]);
});

test('a case that moves to another municipality takes its count along', async () => {
  await world.putProgramme({ ...ADDRESS, municipality: 'GM0002' }, PROGRAMME);
  await world.putProgramme({ ...ADDRESS, municipality: 'GM0003' }, PROGRAMME);
  await world.send(assessed('removal', 0, { municipality: 'GM0002' }));
  await world.send(assessed('removal', 1, { municipality: 'GM0003' }));
  expect([await countsOf('GM0002'), await countsOf('GM0003')]).toEqual([
    {},
    { [`${SOURCE} 2021-03`]: '1/1' },
  ]);
});

test('what is quarantined counts under its source when settings allow it, and only so long', async () => {
  const address = { ...ADDRESS, municipality: 'GM0004' };
  const there = { municipality: 'GM0004', theme: '1' };
  await world.putProgramme(address, { ...PROGRAMME, themes: [] });
  await world.send(by(SOURCE, assessed('waits', 0, there)), by(OTHER, assessed('waits', 1, there)));
  expect(await countsOf('GM0004')).toEqual({});
  await world.putProgramme(address, PROGRAMME);
  expect(await countsOf('GM0004')).toEqual({ [`${OTHER} 2021-03`]: '1/1' });
  await world.send(by(SOURCE, assessed('waits', 2, { ...there, theme: '9' })));
  expect(await countsOf('GM0004')).toEqual({ [`${OTHER} 2021-03`]: '1/1' });
  await world.putProgramme(address, { ...PROGRAMME, themes: [{ code: '9', name: 'Negen', goals: [] }] });
  expect(await countsOf('GM0004')).toEqual({ [`${SOURCE} 2021-03`]: '1/1' });
  expect(await world.faults()).toEqual([]);
});

test('expected deliveries are recorded once, and value nothing again', async () => {
  const expected = {
    source: SOURCE,
    name: 'Registratie',
    rhythm: 'monthly',
    graceDays: 10,
    from: '2021-01-01',
  };
  const entries = () => sql`SELECT count(*) FROM ledger WHERE revalued`.execute(pipeline.db);
  const before = await entries();
  await putDeliveries(pipeline, 'meerwaarde', [expected]);
  await putDeliveries(pipeline, 'meerwaarde', [expected]);
  await putDeliveries(pipeline, 'meerwaarde', [{ ...expected, graceDays: 5 }]);
  await pipeline.settled();
  const { rows } = await sql<{ days: number }>`SELECT (body->'sources'->0->>'graceDays')::integer AS days
    FROM settings WHERE kind = 'deliveries' AND key = 'meerwaarde' ORDER BY number`.execute(pipeline.db);
  expect(rows).toEqual([{ days: 10 }, { days: 5 }]);
  expect((await entries()).rows).toEqual(before.rows);
  expect(await world.faults()).toEqual([]);
});

test('a calculator that is killed loses and doubles nothing of it', { timeout: 120_000 }, async () => {
  const random = seededRandom(3n);
  const events = Array.from({ length: 3_000 }, () => {
    const caseId = `k-${random.below(700)}`;
    const date = random.pick(['2021-01-31', '2021-02-01', '2022-12-31']);
    const event = random.pick([assessed, registered])(caseId, random.below(5), { date });
    return by(
      random.pick([SOURCE, OTHER]),
      random.below(20) === 0 ? withdrawn(caseId, random.below(5)) : event,
    );
  });
  const load = world.sendAll(events, 20);
  for (let kill = 1; kill <= 4; kill++) {
    await pipeline.until(async () => world.accepted.length >= (events.length * kill) / 5, 'more is accepted');
    await pipeline.calculator.kill();
    await pipeline.calculator.start();
  }
  await load;
  expect(await world.faults()).toEqual([]);
});
