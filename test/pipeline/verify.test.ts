/** The check of the invariants finds whatever is tampered with. */
import { type RawBuilder, sql } from 'kysely';
import { expect, test } from 'vitest';
import { runVerify } from '../harness/verify.ts';
import { assessed, manyCases, registered, usePipeline, withdrawn } from './fixtures.ts';

const world = usePipeline();
const { pipeline } = world;
const TABLES = [
  ...['event', 'case_state', 'ledger', 'case_total', 'saving_total', 'quarantine'],
  ...['source_total', 'source_delivery', 'quarantine_entry'],
];
const first = sql`(SELECT ctid FROM`;

test('nothing is wrong with what was not touched', async () => {
  const events = [...manyCases('v', 40), assessed('v-1', 1), withdrawn('v-2', 1), registered('v-3', 1)];
  await world.send(...events, assessed('v-4', 1, { theme: 'unknown' }));
  expect(await world.faults()).toEqual([]);
});

test.each<[string, RawBuilder<unknown>, RegExp]>([
  [
    'a saving',
    sql`UPDATE saving_total SET gross = gross + 1 WHERE ctid = ${first} saving_total LIMIT 1)`,
    /saving_total/,
  ],
  [
    'a corrected saving',
    sql`UPDATE saving_total SET corrected = corrected - 1 WHERE year = 0`,
    /saving_total/,
  ],
  ['a saving that is gone', sql`DELETE FROM saving_total`, /saving_total/],
  ['a count of cases', sql`UPDATE case_total SET assessed = assessed + 1`, /case_total/],
  ['what a source counts for', sql`UPDATE source_total SET registered = registered - 1`, /source_total/],
  ['what a source assessed', sql`UPDATE source_total SET assessed = assessed + 1`, /source_total/],
  [
    'the municipality of a source',
    sql`UPDATE source_total SET municipality = 'GM0001'`,
    /source_total of .* GM0001.* differs from the ledger/,
  ],
  [
    'when a source delivered',
    sql`UPDATE source_delivery SET last_known_at = last_known_at + interval '1 microsecond'`,
    /source_delivery/,
  ],
  ['a delivery that is gone', sql`DELETE FROM source_delivery`, /source_delivery/],
  ['what came into quarantine', sql`DELETE FROM quarantine_entry`, /quarantine .* differs from its entries/],
  ['a cost', sql`UPDATE case_total SET cost = cost + 1`, /case_total/],
  [
    'an entry',
    sql`UPDATE ledger SET amounts[1] = amounts[1] + 1 WHERE ctid = ${first} ledger LIMIT 1)`,
    /saving_total/,
  ],
  ['an entry that is gone', sql`DELETE FROM ledger WHERE ctid = ${first} ledger LIMIT 1)`, /ledger/],
  ['an entry that is there twice', sql`INSERT INTO ledger SELECT * FROM ledger LIMIT 1`, /ledger/],
  [
    'an entry of another event',
    sql`UPDATE ledger SET event = event + 1 WHERE ctid = ${first} ledger LIMIT 1)`,
    /ledger/,
  ],
  [
    'what a case contributes',
    sql`UPDATE case_state SET contribution = replace(contribution, '"s":1', '"s":2')
    WHERE case_id = 'v-9'`,
    /case v-9 .* contributes otherwise/,
  ],
  [
    'what counts of a case',
    sql`UPDATE case_state SET counted = events[1] WHERE case_id = 'v-1'`,
    /case v-1 /,
  ],
  ['a case that is gone', sql`DELETE FROM case_state WHERE case_id = 'v-9'`, /event .* stands in 0 cases/],
  [
    'a case with an event of another',
    sql`UPDATE case_state SET events = events || (SELECT events FROM case_state
    WHERE case_id = 'v-8') WHERE case_id = 'v-9'`,
    /stands in 2 cases/,
  ],
  ['a reason for quarantine', sql`UPDATE quarantine SET reason = 'no-price'`, /quarantine/],
  ['an event out of quarantine', sql`DELETE FROM quarantine`, /quarantine/],
  [
    'an event that says otherwise',
    sql`UPDATE event SET payload = replace(payload, '"26"', '"27"') WHERE case_id = 'v-9'`,
    /case v-9 .* contributes otherwise/,
  ],
])('tampered with: %s', async (_name, tamper, finding) => {
  for (const table of TABLES)
    await sql`CREATE TABLE ${sql.table(`kept_${table}`)} AS TABLE ${sql.table(table)}`.execute(pipeline.db);
  await tamper.execute(pipeline.db);
  const { code, output } = await runVerify(pipeline.postgres.running.url);
  for (const table of TABLES) {
    await sql`TRUNCATE ${sql.table(table)}`.execute(pipeline.db);
    await sql`INSERT INTO ${sql.table(table)} TABLE ${sql.table(`kept_${table}`)}`.execute(pipeline.db);
    await sql`DROP TABLE ${sql.table(`kept_${table}`)}`.execute(pipeline.db);
  }
  expect(output).toMatch(finding);
  expect(code).toBe(1);
  expect(await world.faults()).toEqual([]);
});

test('ledger and totals changed alike', async () => {
  await sql`UPDATE ledger SET amounts[1] = amounts[1] + 5 WHERE event = (SELECT counted FROM case_state
    WHERE case_id = 'v-9')`.execute(pipeline.db);
  await sql`UPDATE saving_total SET gross = gross + 5, corrected = corrected + 5 * 9000,
    counted_gross = counted_gross + 5,
    counted_corrected = counted_corrected + 5 * 9000 WHERE year = 0`.execute(pipeline.db);
  const { code, output } = await runVerify(pipeline.postgres.running.url);
  expect(output).toMatch(/saving_total differs from the rebuilt cases/);
  expect(code).toBe(1);
});
