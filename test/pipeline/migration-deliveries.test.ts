/** A database that an older version filled is brought to what the calculator of today would have written. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, type Database, lockPartitions, migrate, openSession } from '@effectstroom/database';
import { becomesTrue, repository } from '@effectstroom/infra';
import { type Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { seededRandom } from '../scenarios/random.ts';
import { ADDRESS, assessed, PROGRAMME, registered, SOURCE, usePipeline, withdrawn } from './fixtures.ts';

const world = usePipeline();
const { pipeline } = world;
const OTHER = 'urn:nld:kvknr:41224547:systeem:ander';
const FIRST = '0001-ledger.sql';
/** What the migrations fill that came after the first one. */
const FILLED: Record<string, string> = {
  source_total: 'organisation, source, municipality, month, registered, assessed',
  source_delivery: 'organisation, source, day, first_known_at, last_known_at, first_number, last_number',
  quarantine: 'organisation, number, source, date',
};

/**
 * Views that stand on what is filled. There is one schema of them: fillAsBefore takes it from today's tables. Without
 * low and high, which a calculator of today has yet to value; and what settings did was not told apart before.
 */
const VIEWED = {
  'reporting.savings':
    'month, municipality, organisation, programme, theme, goal, work_type, cost_bearer, recurrence, cashable, ' +
    'counted_year, gross, corrected, counted_gross, counted_corrected',
  'reporting.cases':
    'month, municipality, organisation, programme, theme, goal, work_type, registered, assessed, represented, cost',
  'reporting.changes':
    'day, municipality, organisation, programme, theme, year, ' +
    "CASE part WHEN 'factor' THEN 'settings' ELSE part END, cases, gross, corrected",
};

test('what is new is filled from what is recorded', { timeout: 120_000 }, async () => {
  await fill();
  const { db } = pipeline;
  await pipeline.calculator.stop();
  const viewed = new Map<string, string[]>();
  for (const [view, columns] of Object.entries(VIEWED)) viewed.set(view, await rowsOf(db, view, columns));
  const before = connect({ url: urlOf('before'), applicationName: 'an older version', connectionsMax: 1 });
  try {
    await fillAsBefore(before);
    await migrate(before);
    for (const [table, columns] of Object.entries(FILLED)) {
      const rows = await rowsOf(db, table, columns);
      expect(rows.length, table).toBeGreaterThan(1);
      expect(await rowsOf(before, table, columns), table).toEqual(rows);
    }
    for (const [view, columns] of Object.entries(VIEWED)) {
      expect(viewed.get(view)?.length, view).toBeGreaterThan(1);
      expect(await rowsOf(before, view, columns), view).toEqual(viewed.get(view));
    }
    const { rows: told } = await sql`SELECT table_schema AS schema FROM information_schema.view_table_usage
      WHERE view_schema = 'reporting' AND view_name = 'savings' AND table_name = 'saving_total'`.execute(db);
    expect(told).toEqual([{ schema: 'before' }]);
    // Of what was released before, nothing is known any more.
    const standing = 'organisation, number, programme, date';
    const entries = await rowsOf(before, 'quarantine_entry', standing);
    expect(entries).toEqual(await rowsOf(db, 'quarantine', standing));
  } finally {
    await before.destroy();
    await pipeline.calculator.start();
  }
});

test('a calculator of before ends: it would not keep what is new', async () => {
  const lost: Error[] = [];
  const session = await openSession({ url: urlOf('again'), applicationName: 'calculator' }, (error) => {
    lost.push(error);
  });
  const migrator = connect({ url: urlOf('again'), applicationName: 'migrator', connectionsMax: 1 });
  await pipeline.calculator.stop();
  try {
    await fillAsBefore(session.db);
    expect(await lockPartitions(session.db, [0, 1], 2)).toEqual([0, 1]);
    await migrate(migrator);
    expect(await becomesTrue(() => lost.length === 1, 5_000)).toBe(true);
  } finally {
    await session.close();
    await migrator.destroy();
    await pipeline.calculator.start();
  }
});

/** Cases of several sources, months and municipalities, corrected, withdrawn, revalued and in quarantine. */
async function fill(): Promise<void> {
  const random = seededRandom(5n);
  const elsewhere = { ...ADDRESS, municipality: 'GM0001' };
  await world.putProgramme(elsewhere, PROGRAMME);
  const events = Array.from({ length: 400 }, () => {
    const data = {
      date: random.pick(['2021-01-31', '2021-02-01', '2022-12-31']),
      municipality: random.pick(['GM0394', 'GM0001']),
      theme: random.pick(['1', '3', '3', '9']),
    };
    const [caseId, revision] = [`m-${random.below(150)}`, random.below(4)];
    const event = random.pick([assessed, registered])(caseId, revision, data);
    const some = random.below(15) === 0 ? withdrawn(caseId, revision) : event;
    return { ...some, source: random.pick([SOURCE, OTHER]) };
  });
  await world.sendAll(events);
  const [first] = events;
  if (first !== undefined) await world.send({ ...first, data: { ...first.data, caseId: 'another' } });
  await world.putProgramme(elsewhere, {
    ...PROGRAMME,
    correctionFactors: [{ from: '2021-01-01', factor: '0.8' }],
  });
  expect(await world.faults()).toEqual([]);
}

function urlOf(schema: string): string {
  const url = new URL(pipeline.postgres.running.url);
  url.searchParams.set('options', `-c search_path=${schema}`);
  return url.href;
}

/** A schema of the first version with today's rows, as that version would have written them. */
async function fillAsBefore(db: Kysely<Database>): Promise<void> {
  const text = readFileSync(join(repository, 'packages/database/migrations', FIRST), 'utf8');
  const checksum = createHash('sha256').update(text).digest('hex');
  const schema = await sql<{ name: string }>`SELECT current_setting('search_path') AS name`.execute(db);
  const name = schema.rows[0]?.name ?? '';
  await sql`CREATE SCHEMA ${sql.ref(name)}`.execute(db);
  // There is one of it in a database: the migrations make it for the schema that they find.
  await sql`DROP SCHEMA IF EXISTS reporting CASCADE`.execute(db);
  await sql.raw(text).execute(db);
  await sql`CREATE TABLE migration AS SELECT * FROM public.migration WHERE name = ${FIRST}`.execute(db);
  expect((await sql`SELECT 1 FROM migration WHERE checksum = ${checksum}`.execute(db)).rows).toHaveLength(1);
  const { rows } = await sql<{ table: string; columns: string }>`
    SELECT table_name AS table,
      string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) AS columns
    FROM information_schema.columns WHERE table_schema = ${name} AND table_name <> 'migration'
    GROUP BY 1`.execute(db);
  expect(rows.length).toBeGreaterThan(10);
  for (const { table, columns } of rows)
    await sql
      .raw(`INSERT INTO ${table} (${columns}) OVERRIDING SYSTEM VALUE SELECT ${columns} FROM public.${table}`)
      .execute(db);
}

async function rowsOf(db: Kysely<Database>, table: string, columns: string): Promise<string[]> {
  // A running total that came to nothing leaves its row behind.
  const some = table === 'source_total' ? 'WHERE registered <> 0 OR assessed <> 0' : '';
  const { rows } = await sql
    .raw<{ row: string }>(`SELECT ROW(${columns})::text AS row FROM ${table} ${some} ORDER BY 1`)
    .execute(db);
  return rows.map(({ row }) => row);
}
