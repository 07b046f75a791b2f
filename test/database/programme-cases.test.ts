/** Which cases settings touch, and which a worker has, page by page. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  connect,
  type Database,
  migrate,
  readPartitionCases,
  readProgrammePage,
} from '@effectstroom/database';
import { type Postgres, startPostgres } from '@effectstroom/infra';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';

const CASES = 5_000;
const PROGRAMME = 'GM0394/meerwaarde/main';
const QUARANTINED = 'c-0003';

const folder = mkdtempSync(join(tmpdir(), 'effectstroom-programme-cases-'));
let postgres: Postgres;
let db: Kysely<Database>;

beforeAll(async () => {
  postgres = await startPostgres({ folder });
  db = connect({ url: postgres.url, applicationName: 'programme cases test', connectionsMax: 1 });
  await migrate(db);
  await sql`INSERT INTO organisation (code) VALUES ('meerwaarde')`.execute(db);
  await sql`INSERT INTO source (uri) VALUES ('urn:nld:kvknr:41224547')`.execute(db);
  // Case n has a line of group n % 50 + 1 in year n % 3, and one of group 1000 + n % 50 + 1.
  await sql`INSERT INTO case_state
      (organisation, case_id, partition, events, counted, state, programme, contribution)
    SELECT 1, 'c-' || lpad(n::text, 4, '0'), n % 4, ARRAY[n], n, 'assessed', ${PROGRAMME},
      format('{"n":"%s","g":7,"t":7,"d":"2021-03-17","a":1,"s":7,"c":"7","f":9000,"p":"7",'
          || '"v":[[%s,%s,"7","7","7"],[%s,0,"7","7","7"]]}',
        n, n % 50 + 1, n % 3, 1000 + n % 50 + 1)
    FROM generate_series(0, ${CASES - 1}::integer) AS n`.execute(db);
  await sql`INSERT INTO event (organisation, number, source, id, case_id, known_at, payload)
    SELECT 1, n, 1, 'e-' || n, 'c-' || lpad(n::text, 4, '0'), now(), '{}'
    FROM generate_series(0, ${CASES - 1}::integer) AS n`.execute(db);
  await sql`INSERT INTO quarantine
      (organisation, number, reason, detail, case_id, partition, programme, known_at, source)
    VALUES (1, 3, 'no-price', '', ${QUARANTINED}, 3, ${PROGRAMME}, now(), 1)`.execute(db);
});

afterAll(async () => {
  await db?.destroy();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const page = (afterCaseId: string, limit: number, lineGroups?: readonly number[]) =>
  readProgrammePage(db, {
    ...{ organisation: 1, programme: PROGRAMME, partitions: [0, 1, 2, 3] },
    ...{ afterCaseId, limit, lineGroups },
  });

it('a case with a line of a group is found, and one that waits in quarantine; no other', async () => {
  const few = [7];
  const many = [7, ...Array.from({ length: 200 }, (_, place) => 5_000 + place)];
  for (const lineGroups of [few, many]) {
    const found = await page('', CASES, lineGroups);
    const wanted = Array.from({ length: CASES }, (_, n) => n).filter((n) => n % 50 === 6 || n === 3);
    expect(found.map((row) => row.case_id)).toEqual(wanted.map((n) => `c-${String(n).padStart(4, '0')}`));
  }
  expect((await page('', CASES, [])).map((row) => row.case_id)).toEqual([QUARANTINED]);
});

it('a page costs what it holds, also where nothing is known of the table yet', async () => {
  const before = await casesFetched();
  expect((await page('c-0999', 10)).map((row) => row.case_id)).toEqual(
    Array.from({ length: 10 }, (_, place) => `c-${1_000 + place}`),
  );
  expect((await casesFetched()) - before).toBeLessThan(50);
});

it('so does a page of the cases of a partition', async () => {
  const before = await casesFetched();
  const found = await readPartitionCases(db, [1], { organisation: 1, caseId: 'c-0999' }, 10);
  expect(found.map(({ caseId }) => caseId)).toEqual(
    Array.from({ length: 10 }, (_, place) => `c-${1_001 + 4 * place}`),
  );
  expect((await casesFetched()) - before).toBeLessThan(100);
});

/** Rows of cases that statements have looked at so far. */
async function casesFetched(): Promise<number> {
  await sql`SELECT pg_stat_force_next_flush()`.execute(db);
  const { rows } = await sql<{ fetched: number }>`SELECT (seq_tup_read + idx_tup_fetch)::integer AS fetched
    FROM pg_stat_user_tables WHERE relname = 'case_state'`.execute(db);
  return rows[0]?.fetched ?? Number.NaN;
}
