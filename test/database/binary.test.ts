/** What is sent in PostgreSQL's binary formats arrives as it was. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { arrayOf, connect, type Database } from '@effectstroom/database';
import { type Postgres, startPostgres } from '@effectstroom/infra';
import fc from 'fast-check';
import { type Kysely, sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'effectstroom-binary-'));
let postgres: Postgres;
let db: Kysely<Database>;

beforeAll(async () => {
  postgres = await startPostgres({ folder });
  db = connect({ url: postgres.url, applicationName: 'binary test', connectionsMax: 1 });
});

afterAll(async () => {
  await db?.destroy();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function roundTrip(type: string, parameter: Buffer): Promise<(string | null)[]> {
  const { rows } = await sql<{ value: string | null }>`SELECT value::text AS value
    FROM unnest(${parameter}::${sql.raw(type)}[]) WITH ORDINALITY AS u(value, place) ORDER BY place`.execute(
    db,
  );
  return rows.map(({ value }) => value);
}

const texts = (values: readonly (bigint | number | string | null)[]) =>
  values.map((value) => (value === null ? null : String(value)));

it('numeric: whole numbers of any size', async () => {
  const anyBig = fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n });
  const edges = [0n, 1n, -1n, 9_999n, 10_000n, 99_990_000n, 2n ** 53n, 2n ** 63n, -(10n ** 28n), 10n ** 20n];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(anyBig), { maxLength: 20 }), async (values) => {
      const all = [...values, ...edges];
      expect(await roundTrip('numeric', arrayOf('numeric', all))).toEqual(texts(all));
    }),
  );
});

it('integers at their edges', async () => {
  const int8 = [0n, 1n, -1n, 2n ** 63n - 1n, -(2n ** 63n), null];
  expect(await roundTrip('bigint', arrayOf('int8', int8))).toEqual(texts(int8));
  const int4 = [0, 1, -1, 2 ** 31 - 1, -(2 ** 31), null];
  expect(await roundTrip('integer', arrayOf('int4', int4))).toEqual(texts(int4));
  const int2 = [0, 1, -1, 2 ** 15 - 1, -(2 ** 15), null];
  expect(await roundTrip('smallint', arrayOf('int2', int2))).toEqual(texts(int2));
});

it('text of any script, and nothing at all', async () => {
  const anyText = fc.string({ unit: 'grapheme', maxLength: 50 }).map((text) => text.replaceAll('\0', ''));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(anyText), { maxLength: 20 }), async (values) => {
      const wellFormed = values.map((value) => value?.toWellFormed() ?? null);
      expect(await roundTrip('text', arrayOf('text', wellFormed))).toEqual(wellFormed);
    }),
  );
  expect(await roundTrip('text', arrayOf('text', []))).toEqual([]);
});
