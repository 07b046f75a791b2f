/** The comparison at the end of a run finds what it is there for: each fault made on purpose. */
import { join } from 'node:path';
import { loopback } from '@effectstroom/infra';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { eventsRequest, post } from '../harness/post.ts';
import type { SentEvent } from '../harness/sent.ts';
import { assessed, registered, usePipeline, withdrawn } from '../pipeline/fixtures.ts';
import { judge, type Verdict } from './judge.ts';
import { Link } from './link.ts';
import { type Kept, LedgerFile } from './load/ledger-file.ts';

const world = usePipeline();
const { pipeline } = world;
const SENT = [
  assessed('j-1', 1),
  assessed('j-1', 2),
  registered('j-2', 0),
  withdrawn('j-2', 1),
  assessed('j-3', 1),
];

beforeAll(async () => {
  await world.sendAll(SENT);
  await pipeline.settled();
});

/** What is found where a client kept these. */
async function judged(name: string, ...kept: Partial<Kept>[]): Promise<Verdict> {
  const path = join(pipeline.folder, `${name}.ndjson`);
  const file = await LedgerFile.make(path);
  for (const one of kept) await file.keep({ at: Date.now(), accepted: true, events: [], ...one });
  await file.close();
  const { book } = world;
  const databaseUrl = pipeline.postgres.running.url;
  return judge({ databaseUrl, files: [path], book, met: [], onAccepted: () => undefined });
}

const entriesOf = (caseId: string) => sql`FROM ledger l
  JOIN event e ON e.organisation = l.organisation AND e.number = l.event WHERE e.case_id = ${caseId}`;

/** Only for a case with one entry. */
async function countTwice(caseId: string): Promise<void> {
  await sql`INSERT INTO ledger SELECT l.* ${entriesOf(caseId)}`.execute(pipeline.db);
}

async function countOnce(caseId: string): Promise<void> {
  const last = sql`(SELECT max(l.ctid) ${entriesOf(caseId)})`;
  await sql`DELETE FROM ledger WHERE ctid = ${last}`.execute(pipeline.db);
}

const isOf = (event: SentEvent | undefined) => ({ what: expect.stringContaining(event?.id ?? '?') });

test('nothing, where all is as it was answered', async () => {
  const verdict = await judged('right', { events: SENT });
  expect(verdict).toMatchObject({ accepted: SENT.length, lost: [], doubled: [], faults: [] });
  expect(verdict.totals).toBeGreaterThan(0);
});

test('an event that was answered and is not there', async () => {
  const never = assessed('j-4', 1);
  const { lost, faults } = await judged('lost', { events: SENT }, { at: 7, events: [never] });
  expect(lost).toEqual([{ ...isOf(never), at: 7 }]);
  // Its case is missing in the totals too.
  expect(faults.join('\n')).toMatch(/lost[\s\S]*is .*, not /);
});

test('an event that nobody sent, and one that was given up and came', async () => {
  const { faults } = await judged('stranger', { events: SENT.slice(0, -1) });
  expect(faults.join('\n')).toContain('was sent by nobody');
  const last = SENT.slice(-1);
  const absent = { accepted: false, events: [registered('j-5', 0)] };
  const verdict = await judged(
    'unknown',
    { events: SENT.slice(0, -1) },
    { accepted: false, events: last },
    absent,
  );
  expect(verdict).toMatchObject({ faults: [], givenUp: { arrived: 1, absent: 1 } });
});

test('an event whose answer was lost, and on which its client gave up, counts once', async () => {
  const link = new Link(() => ({ host: loopback, port: pipeline.ingest.running.port }));
  const url = `http://${loopback}:${await link.listen()}`;
  const givenUp = assessed('j-6', 1);
  const never = assessed('j-7', 1);
  try {
    link.loseAnswers();
    // Once is what the client sends; ingest takes it, and the answer ends at the link.
    expect(await post(url, eventsRequest('local-ingest', [givenUp]))).toBe(0);
    expect(link.mend()).toBe(1);
  } finally {
    await link.close();
  }
  await pipeline.settled();
  const kept = [{ events: SENT }, { accepted: false, events: [givenUp, never] }];
  const right = { accepted: SENT.length, faults: [], givenUp: { arrived: 1, absent: 1 } };
  expect(await judged('given-up', ...kept)).toMatchObject(right);
  // Given up once more, in another request: still one event.
  const again = { accepted: false, events: [givenUp] };
  expect(await judged('given-up-again', ...kept, again)).toMatchObject(right);
  await countTwice('j-6');
  const { doubled, faults } = await judged('given-up-doubled', ...kept);
  expect(doubled).toMatchObject([{ what: expect.stringContaining('j-6') }]);
  expect(faults.join('\n')).toContain('j-6 counts more than once');
  await countOnce('j-6');
  expect(await judged('given-up-mended', ...kept)).toMatchObject(right);
});

test('a case that counts twice', async () => {
  await countTwice('j-3');
  const { doubled, lost, faults } = await judged('doubled', { events: SENT });
  expect(doubled).toMatchObject([{ what: expect.stringContaining('j-3') }]);
  expect(lost).toEqual([]);
  expect(faults.join('\n')).toContain('verify: ');
});
