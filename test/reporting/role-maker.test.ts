/** The role as an owner makes it who is no superuser, but may make roles. */
import { connect, createReportingRole, migrate, reportingUrl } from '@effectstroom/database';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { startTestDatabase } from '../portal/test-database.ts';
import { readerAt } from './reader.ts';

const PASSWORD = 'a password of tests';

test('is made and brought up to date, and says that a superuser has to take the locks', async () => {
  const database = await startTestDatabase();
  const open = (url: string) => connect({ url, applicationName: 'role-test', connectionsMax: 1 });
  await sql`CREATE ROLE maker LOGIN CREATEROLE PASSWORD ${sql.lit(PASSWORD)}`.execute(database.db);
  await sql`CREATE DATABASE owned OWNER maker`.execute(database.db);
  const url = new URL(database.url);
  url.pathname = '/owned';
  const superuser = open(url.href);
  url.username = 'maker';
  url.password = PASSWORD;
  const maker = open(url.href);
  try {
    await migrate(maker);
    expect(await createReportingRole(maker, PASSWORD)).toBe(false);
    expect(await createReportingRole(maker, PASSWORD)).toBe(false);
    const reader = await readerAt(reportingUrl(url.href, PASSWORD));
    expect(await reader.rows('SELECT count(*) AS programmes FROM programmes')).toEqual([{ programmes: '0' }]);
    await expect(reader.rows('SELECT FROM public.event')).rejects.toThrow('permission denied');
    await reader.close();
    expect(await createReportingRole(superuser, PASSWORD)).toBe(true);
    expect(await createReportingRole(maker, PASSWORD)).toBe(true);
  } finally {
    await Promise.all([maker.destroy(), superuser.destroy()]);
    await database.stop();
  }
}, 240_000);
