/** Migrations are applied while all goes on: none may hold up those who read or write. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Postgres, startPostgres } from '@effectstroom/infra';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillFirstVersion, MIGRATIONS } from './filled-first-version.ts';
import { heldUpBy } from './held-rows.ts';

const ROWS = 5_000;

/**
 * Migrations of before this rule, which hold others up; no other may be added. What they need is told in
 * infra/OPERATION.md.
 */
const BEFORE_THE_RULE: Readonly<Record<string, string>> = {
  '0002-deliveries.sql': 'fills who has delivered from all events; writers wait',
  '0003-quarantine-decisions.sql': 'makes an index of quarantine anew; those who read or write it wait',
  '0004-trust.sql': 'writes the whole ledger anew; all wait',
  '0005-reporting.sql': 'makes an index of the cases; writers wait',
};

const folder = mkdtempSync(join(tmpdir(), 'effectstroom-migrations-'));
let postgres: Postgres;
let client: Client;

beforeAll(async () => {
  const settings = { fsync: 'off', full_page_writes: 'off', autovacuum: 'off' };
  postgres = await startPostgres({ folder: join(folder, 'postgres'), settings });
  client = new Client({ connectionString: postgres.url });
  await client.connect();
  await fillFirstVersion(client, ROWS);
}, 60_000);
afterAll(async () => {
  await client.end();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

const later = readdirSync(MIGRATIONS)
  .filter((name) => name.endsWith('.sql'))
  .sort()
  .slice(1);

test.each(later)('%s holds nobody up, unless it is known to', async (name) => {
  const heldUp = await heldUpBy(client, readFileSync(join(MIGRATIONS, name), 'utf8'));
  if (name in BEFORE_THE_RULE) expect(heldUp).not.toEqual([]);
  else expect(heldUp).toEqual([]);
});

describe('what the rule sees', () => {
  test.each([
    [
      'ALTER TABLE ledger ADD COLUMN seen_at double precision DEFAULT random()',
      'ledger',
      'readers and writers',
    ],
    ['ALTER TABLE ledger ADD CHECK (sign <> 0)', 'ledger', 'readers and writers'],
    ['ALTER TABLE ledger ALTER COLUMN seen_at SET NOT NULL', 'ledger', 'readers and writers'],
    ['CREATE INDEX ON event (case_id)', 'event', 'writers'],
    ['UPDATE case_state SET partition = 1', 'case_state', 'writers of its rows'],
    [
      'LOCK TABLE event IN SHARE MODE; CREATE TABLE days AS SELECT DISTINCT known_at::date FROM event',
      'event',
      'writers',
    ],
  ])('%s', async (migration, table, who) => {
    const heldUp = await heldUpBy(client, migration);
    expect(heldUp).toMatchObject([{ table, who }]);
    expect(heldUp[0]?.rows).toBeGreaterThanOrEqual(ROWS);
  });

  test.each([
    'ALTER TABLE ledger ADD COLUMN told text',
    'ALTER TABLE ledger ADD COLUMN kind smallint NOT NULL DEFAULT 0',
    'ALTER TABLE ledger ADD CONSTRAINT told_once CHECK (told IS NULL) NOT VALID',
    'CREATE TABLE anew (id integer PRIMARY KEY); INSERT INTO anew SELECT generate_series(1, 5000)',
    'CREATE VIEW counted AS SELECT count(*) FROM ledger',
  ])('nothing against %s', async (migration) => {
    expect(await heldUpBy(client, migration)).toEqual([]);
  });
});
