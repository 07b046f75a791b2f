/**
 * Whether the schema, the statements of the write path and those of `/v1/savings` fit a Citus cluster that is
 * distributed by organisation: packages/database/CITUS.md. Citus itself is not tried here.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '@effectstroom/database';
import { repository } from '@effectstroom/infra';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Pipeline } from '../../harness/pipeline.ts';
import { World } from '../../harness/world.ts';
import {
  ADDRESS,
  assessed,
  manyCases,
  PRICE_LIST,
  PRICES,
  PROGRAMME,
  registered,
  withdrawn,
} from '../../pipeline/fixtures.ts';
import { DIMENSIONS } from '../../simulation/invent-questions.ts';
import { type Captured, capture, capturedIn } from './captured.ts';
import { DISTRIBUTED, ON_COORDINATOR, REFERENCE } from './distribution.ts';
import { localityFaults } from './plan-locality.ts';

const pipeline = new Pipeline();
const world = new World(pipeline);

beforeAll(async () => {
  await pipeline.start([]);
  await capture(pipeline.db);
  await Promise.all([pipeline.calculator, pipeline.ingest, pipeline.portal].map((part) => part.start()));
});
afterAll(() => pipeline.end());

test('every table has a place, and every key of a distributed one has organisation', async () => {
  const { rows: tables } = await sql<{ name: string }>`
    SELECT relname AS name FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`.execute(pipeline.db);
  const places = [...DISTRIBUTED, ...REFERENCE, ...ON_COORDINATOR];
  expect(tables.map(({ name }) => name).toSorted()).toEqual(places.toSorted());
  expect(await keyFaults(pipeline.db)).toEqual([]);
});

/** A unique key without organisation cannot be kept by workers that each see their own rows. */
async function keyFaults(db: Kysely<Database>): Promise<string[]> {
  const distributed = sql`${[...DISTRIBUTED]}::text[]`;
  const { rows } = await sql<{ fault: string }>`
    SELECT format('%s has a unique key without organisation', i.indexrelid::regclass) AS fault
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
    WHERE c.relname = ANY(${distributed}) AND i.indisunique AND NOT EXISTS (
      SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'organisation'
        AND a.attnum = ANY(i.indkey))
    UNION ALL
    SELECT format('%s.organisation is not an integer that must be there', name)
    FROM unnest(${distributed}) AS name
    WHERE NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = name::regclass AND attname = 'organisation'
      AND attnotnull AND atttypid = 'integer'::regtype)
    UNION ALL
    SELECT format('%s refers to another table', conrelid::regclass) FROM pg_constraint
    WHERE contype = 'f' AND conrelid::regclass::text = ANY(${distributed})
    UNION ALL
    SELECT format('%s has a trigger', tgrelid::regclass) FROM pg_trigger
    WHERE NOT tgisinternal AND tgrelid::regclass::text = ANY(${distributed})`.execute(db);
  return rows.map(({ fault }) => fault);
}

/** All that happens to cases: new, again, revised, withdrawn, kept in quarantine and let go, valued anew. */
async function write(): Promise<void> {
  await world.putPriceList(PRICES, PRICE_LIST);
  await world.putProgramme(ADDRESS, PROGRAMME);
  const first = manyCases('many', 300);
  await world.sendAll(first);
  await world.sendAll(first);
  await world.send(
    assessed('many-1', 1, { similarCases: 3 }),
    registered('many-2', 1),
    withdrawn('many-3', 2),
  );
  await world.send(assessed('unknown', 0, { theme: '9' }), assessed('many-4', 0, { date: '2021-05-01' }));
  await pipeline.settled();
  await world.putProgramme(ADDRESS, {
    ...PROGRAMME,
    correctionFactors: [{ from: '2021-01-01', factor: '0.80' }],
    themes: [...PROGRAMME.themes, { code: '9', name: 'Nieuw', goals: [] }],
  });
  await pipeline.settled();
}

/** Every way of asking for savings. @returns how many questions were answered */
async function ask(): Promise<number> {
  const whole = 'from=2021-01-01&to=2021-12-31';
  const { basis } = (await pipeline.ask(`/v1/savings?${whole}`)) as { basis: { asOf: string } };
  const questions = [
    ...DIMENSIONS.flatMap((name) =>
      ['cohort', 'calendar'].map((view) => `${whole}&groupBy=${name}&view=${view}`),
    ),
    ...['theme,month', 'costBearer', 'team'].map(
      (names) => `${whole}&groupBy=${names}&asOf=${encodeURIComponent(basis.asOf)}`,
    ),
    'from=2021-02-10&to=2021-04-20&groupBy=theme',
    `${whole}&municipality=GM0394&organisation=meerwaarde&programme=main&theme=3`,
    `${whole}&costBearer=gemeente`,
    `${whole}&prices=2021-06-01`,
  ];
  for (const question of questions) await pipeline.ask(`/v1/savings?${question}`);
  // What was found across organisations is read; it was worked out by the job that is looked at below.
  await pipeline.ask(`/v1/guards/double-claims?municipality=GM0394&${whole}`);
  return questions.length;
}

function faultsIn({ statements }: Captured): string[] {
  return statements.flatMap(({ text, plan }) => localityFaults(plan).map((fault) => `${fault}\n${text}`));
}

test('all that is written and asked for savings stays within an organisation', {
  timeout: 120_000,
}, async () => {
  await write();
  const asked = await ask();
  const folder = join(pipeline.folder, 'postgres');
  const written = capturedIn(folder, ['calculator', 'calculator reads']);
  expect(faultsIn(written)).toEqual([]);
  const changed = new Set(
    written.statements.flatMap(({ text }) =>
      [...text.matchAll(/(?:INTO|UPDATE) (\w+)/g)].map(([, name]) => name),
    ),
  );
  for (const copy of written.copies) {
    const [, table = '', columns = ''] = /^COPY "?(\w+)"? \(([^)]*)\)/.exec(copy) ?? [];
    changed.add(table);
    expect(columns.replaceAll('"', '').split(', '), copy).toContain('organisation');
  }
  // Nothing was overlooked: all of these were written.
  expect([...changed]).toEqual(
    expect.arrayContaining(['event', 'ledger', 'case_state', 'quarantine', 'case_total', 'saving_total']),
  );
  const read = capturedIn(folder, ['portal']);
  expect(faultsIn(read)).toEqual([]);
  expect(read.statements.length).toBeGreaterThan(asked);
  expect(await world.faults()).toEqual([]);
});

test('what looks across organisations adds up within each, and compares what they say', async () => {
  const compared = () => {
    const { statements } = capturedIn(join(pipeline.folder, 'postgres'), ['calculator jobs']);
    const isOfIt = /(?:TABLE|FROM) (?:found|double_claim|claim_comparison)\b/;
    return statements.filter(({ text }) => isOfIt.test(text) && !/^\s*--/.test(text));
  };
  const isCompared = async () => compared().some(({ text }) => text.includes('TABLE found'));
  await pipeline.until(isCompared, 'claims were compared');
  expect(faultsIn({ statements: compared(), copies: [] })).toEqual([]);
});

test('a join that leaves organisation out is found', async () => {
  const planOf = async (text: string) => {
    const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: Parameters<typeof localityFaults>[0] }] }>`
      EXPLAIN (VERBOSE, FORMAT JSON) ${sql.raw(text)}`.execute(pipeline.db);
    const [plan] = rows.map((row) => row['QUERY PLAN'][0].Plan);
    if (plan === undefined) throw new Error('there is no plan');
    return localityFaults(plan);
  };
  const join = 'SELECT count(*) FROM ledger l JOIN case_group g ON g.id = l.case_group';
  expect(await planOf(join)).toHaveLength(1);
  expect(await planOf(`${join} AND g.organisation = l.organisation`)).toEqual([]);
  expect(await planOf(`${join} WHERE g.organisation = 1 AND l.organisation = 1`)).toEqual([]);
  expect(await planOf(`${join} WHERE g.organisation = 1 AND l.organisation = 2`)).toHaveLength(1);
  expect(await planOf("UPDATE case_state SET state = 'withdrawn' WHERE case_id = 'x'")).toHaveLength(1);
  expect(await planOf("UPDATE case_state SET state = 'withdrawn' WHERE organisation = 1")).toEqual([]);
  expect(await planOf('SELECT 1 FROM event e JOIN stream s ON s.epoch = e.number')).toHaveLength(1);
});

test('the document tells where each table goes', () => {
  const text = readFileSync(join(repository, 'packages/database/CITUS.md'), 'utf8');
  const named = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, name]) => name).toSorted();
  expect(named(/create_distributed_table\('(\w+)', 'organisation'/g)).toEqual([...DISTRIBUTED].toSorted());
  expect(named(/create_reference_table\('(\w+)'\)/g)).toEqual([...REFERENCE].toSorted());
});
