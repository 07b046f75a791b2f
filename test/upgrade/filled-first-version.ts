/**
 * A database of the first version of the schema with rows in it, so that what comes after has something to
 * hold up.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '@effectstroom/infra';
import type { Client } from 'pg';

export const MIGRATIONS = join(repository, 'packages/database/migrations');
const FIRST = '0001-ledger.sql';

/** Makes the tables of the first version and fills each large one with so many rows. */
export async function fillFirstVersion(client: Client, rows: number): Promise<void> {
  await client.query(readFileSync(join(MIGRATIONS, FIRST), 'utf8'));
  await client.query(`
    INSERT INTO stream VALUES (0, '2021-01-01', 4);
    INSERT INTO organisation (code) SELECT 'organisatie-' || n FROM generate_series(1, 20) n;
    INSERT INTO source (uri) SELECT 'urn:nld:kvknr:41224547:systeem:' || n FROM generate_series(1, 20) n;
    INSERT INTO settings VALUES (512, 'programme', 'GM0394/organisatie-1/main', '2021-01-01', '{}');
    INSERT INTO theme_group (organisation, key, municipality, programme, theme)
      SELECT o, 'theme', 'GM0394', 'main', '1' FROM generate_series(1, 20) o;
    INSERT INTO case_group (organisation, key, theme_group)
      SELECT organisation, 'case', id FROM theme_group;
    INSERT INTO line_group (organisation, key, cost_bearer, municipal, recurrence)
      SELECT o, 'line', 'gemeente', true, 'one-off' FROM generate_series(1, 20) o`);
  await client.query(
    `INSERT INTO event
     SELECT 1 + n % 20, 512 * (10 + n), 1 + n % 20, 'e-' || n, 'c-' || n,
       timestamptz '2021-01-01' + n * interval '1 minute',
       json_build_object('id', 'e-' || n, 'source', 'urn:nld:kvknr:41224547:systeem:' || 1 + n % 20,
         'data', json_build_object('caseId', 'c-' || n, 'date', date '2021-01-01' + n % 300))::text
     FROM generate_series(1, $1::integer) n`,
    [rows],
  );
  await client.query(`
    INSERT INTO ledger
    SELECT e.organisation, e.known_at, e.number, false, e.number, 1, c.id,
      (e.payload::json->'data'->>'date')::date, true, 1, 0, 9000, 512, NULL,
      ARRAY[l.id], ARRAY[0::smallint], ARRAY[1000000::numeric]
    FROM event e JOIN case_group c USING (organisation) JOIN line_group l USING (organisation);
    INSERT INTO case_state
    SELECT organisation, case_id, 0, ARRAY[number], number, 'assessed', 'GM0394/organisatie-1/main', NULL
    FROM event;
    INSERT INTO quarantine
    SELECT organisation, number, 'unknown-theme', 'invented', case_id, 0, 'GM0394/organisatie-1/main',
      known_at, NULL
    FROM event;
    INSERT INTO case_total
    SELECT l.organisation, g.theme_group, date_trunc('month', l.date), count(*), count(*), count(*), 0
    FROM ledger l JOIN case_group g ON g.organisation = l.organisation AND g.id = l.case_group
    GROUP BY 1, 2, 3;
    INSERT INTO saving_total
    SELECT organisation, 1, date '2021-01-01' + n, 1, 0, 1, 1, 1, 1
    FROM generate_series(1, 20) organisation CROSS JOIN generate_series(1, 200) n;
    ANALYZE`);
}
