/** The role sees the views and nothing else, and the views have the calendar of Amsterdam. */
import { createReportingRole, REPORTING_ROLE, reportingUrl } from '@effectstroom/database';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestDatabase, type TestDatabase } from '../portal/test-database.ts';
import { openReader, type Reader, readerAt } from './reader.ts';
import { SECRET, writeCase, writeSecrets } from './secret-rows.ts';

let database: TestDatabase;
let reader: Reader;

beforeAll(async () => {
  database = await startTestDatabase();
  const { db, url } = database;
  await writeSecrets(db);
  await writeCase(db, '2025-12-31', '2025-12-31T22:59:59Z');
  await writeCase(db, '2026-01-01', '2025-12-31T23:00:00Z');
  reader = await openReader(db, url);
}, 240_000);

afterAll(async () => {
  await reader?.close();
  await database?.stop();
});

/** Names of what is in a schema. */
async function relationsIn(schema: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`SELECT relname AS name FROM pg_class
    WHERE relnamespace = ${schema}::regnamespace AND relkind IN ('r', 'v', 'm', 'p') ORDER BY 1`.execute(
    database.db,
  );
  return rows.map(({ name }) => name);
}

describe('the role', () => {
  test('reads every view and function of reporting', async () => {
    const views = await relationsIn('reporting');
    expect(views.length).toBeGreaterThanOrEqual(23);
    for (const view of views) await reader.rows(`SELECT * FROM ${view}`);
    await reader.rows(`SELECT * FROM outlook_on(2025, '2025-06-15')`);
    await reader.rows(
      `SELECT * FROM comparison('2024-01-01', '2024-12-31', '2025-01-01', '2025-12-31', NULL, NULL, NULL)`,
    );
    expect(await reader.rows('SELECT today() IS NOT NULL AS is')).toEqual([{ is: 't' }]);
  });

  test('reads and writes no other table', async () => {
    const tables = await relationsIn('public');
    expect(tables).toContain('event');
    for (const table of tables) {
      await expect(reader.rows(`SELECT * FROM public.${table}`), table).rejects.toThrow('permission denied');
      await expect(reader.rows(`DELETE FROM public.${table}`), table).rejects.toThrow();
    }
  });

  test('writes nothing, also where its session says that it may', async () => {
    await expect(reader.rows('CREATE TEMP TABLE mine (a integer)')).rejects.toThrow();
    await reader.rows('SET default_transaction_read_only = off');
    for (const statement of [
      ...['CREATE TEMP TABLE mine (a integer)', 'CREATE TABLE reporting.mine (a integer)'],
      ...[
        'CREATE TABLE public.mine (a integer)',
        'CREATE SCHEMA mine',
        'UPDATE verifications SET seconds = 0',
      ],
      ...['DELETE FROM pipeline', 'DELETE FROM public.event', "SELECT lo_create(0), lo_from_bytea(0, 'a')"],
      ...["COPY (SELECT 1) TO PROGRAM 'cat'", "COPY (SELECT 1) TO '/tmp/mine'"],
      ...['DROP VIEW savings', `ALTER ROLE ${REPORTING_ROLE} SUPERUSER`, 'CREATE ROLE other'],
    ])
      await expect(reader.rows(statement), statement).rejects.toThrow(/permission denied|must be owner/);
    await reader.rows('RESET default_transaction_read_only');
  });

  test('calls no function that reads files, holds locks or acts for another', async () => {
    for (const call of [
      ...["pg_read_file('PG_VERSION')", "pg_ls_dir('.')", 'pg_advisory_lock(7246002, 0)'],
      ...['pg_try_advisory_lock(1)', 'pg_advisory_xact_lock(1)', "lo_import('/etc/hostname')"],
      ...['pg_reload_conf()', "public.prices_on('2025-01-01')"],
    ])
      await expect(reader.rows(`SELECT ${call}`), call).rejects.toThrow('permission denied');
    await expect(reader.rows('SET ROLE effectstroom')).rejects.toThrow('permission denied');
    await expect(reader.rows('SELECT rolpassword FROM pg_authid')).rejects.toThrow('permission denied');
    const { rows } = await sql<{ pid: number }>`SELECT pg_backend_pid() AS pid`.execute(database.db);
    await expect(reader.rows(`SELECT pg_terminate_backend(${rows[0]?.pid})`)).rejects.toThrow('permission');
  });

  test('sees of cases neither a name, nor an event, nor a resident, nor a team', async () => {
    for (const view of await relationsIn('reporting')) {
      const text = JSON.stringify(await reader.rows(`SELECT * FROM ${view}`));
      expect(text, view).not.toContain(SECRET);
    }
  });

  test('has limits', async () => {
    const [limits] = await reader.rows(`SELECT current_setting('statement_timeout') AS statement,
      current_setting('idle_in_transaction_session_timeout') AS idle, current_setting('timezone') AS timezone,
      current_setting('default_transaction_read_only') AS read_only, current_setting('search_path') AS path`);
    expect(limits).toEqual({
      ...{ statement: '15s', idle: '30s', timezone: 'Europe/Amsterdam', read_only: 'on', path: 'reporting' },
    });
    const { rows } = await sql`SELECT rolconnlimit, rolinherit, rolsuper, rolcreaterole, rolcreatedb
      FROM pg_roles WHERE rolname = ${REPORTING_ROLE}`.execute(database.db);
    expect(rows).toEqual([
      { rolconnlimit: 20, rolinherit: false, rolsuper: false, rolcreaterole: false, rolcreatedb: false },
    ]);
  });

  test('gets a new password, and sees views that are made later', async () => {
    const { db, url } = database;
    await createReportingRole(db, 'another');
    await expect(readerAt(reportingUrl(url, "a password of 't tests"))).rejects.toThrow('password');
    await sql`CREATE VIEW reporting.later AS SELECT 1 AS one`.execute(db);
    const again = await readerAt(reportingUrl(url, 'another'));
    try {
      expect(await again.rows('SELECT one FROM later')).toEqual([{ one: '1' }]);
    } finally {
      await again.close();
      await sql`DROP VIEW reporting.later`.execute(db);
    }
  });
});

describe('the calendar is that of Amsterdam', () => {
  // What Grafana makes of a time filter on a year: moments in UTC.
  const during = (column: string, year: number) =>
    `${column} BETWEEN '${year - 1}-12-31T23:00:00Z' AND '${year}-12-31T22:59:59.999Z'`;

  test.each([2025, 2026])('31 December and 1 January are of their own month and year: %i', async (year) => {
    const [month, day] = year === 2025 ? ['2025-12-01', '2025-12-31'] : ['2026-01-01', '2026-01-01'];
    for (const view of ['savings', 'cases'])
      expect(await reader.rows(`SELECT month, year FROM ${view} WHERE ${during('month', year)}`)).toEqual([
        { month: `${month} 00:00:00+01`, year: String(year) },
      ]);
    const changes = [{ day: `${day} 00:00:00+01`, year: String(year), cases: '1' }];
    expect(await reader.rows(`SELECT day, year, cases FROM changes WHERE ${during('day', year)}`)).toEqual(
      changes,
    );
    const of = `'${year - 1}-12-31T23:00:00Z', '${year}-12-31T22:59:59.999Z', NULL, NULL, NULL`;
    expect(await reader.rows(`SELECT day, year, cases FROM changes_between(${of})`)).toEqual(changes);
  });

  test('today is the day in Amsterdam, or the one that is set', async () => {
    const [row] = await reader.rows(`SELECT today() = (now() AT TIME ZONE 'Europe/Amsterdam')::date AS is`);
    expect(row).toEqual({ is: 't' });
    await reader.setToday('2025-12-31');
    expect(await reader.rows("SELECT theme, corrected FROM savings_to_date WHERE period = 'ytd'")).toEqual([
      { theme: '1', corrected: '0.9000000000' },
    ]);
    await reader.setToday('2026-01-01');
    const found = await reader.rows('SELECT period, gross FROM savings_to_date ORDER BY period');
    expect(found.map(({ period, gross }) => `${period} ${Number(gross)}`)).toEqual([
      'ytd 1',
      'ytd_previous_year 0',
    ]);
  });
});
