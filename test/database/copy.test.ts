/**
 * Rows that are sent by COPY without waiting: all of them arrive, and a fault leaves the connection as it
 * was.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CopyEncoder, copyInto, openSession, type Session } from '@effectstroom/database';
import { type Postgres, startPostgres } from '@effectstroom/infra';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'effectstroom-copy-'));
let postgres: Postgres;
let session: Session;

beforeAll(async () => {
  postgres = await startPostgres({ folder });
  session = await openSession({ url: postgres.url, applicationName: 'copy test' }, () => undefined);
});

afterAll(async () => {
  await session?.close();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await sql`DROP TABLE IF EXISTS one, other`.execute(session.db);
  await sql`CREATE TABLE one (number integer PRIMARY KEY, text text)`.execute(session.db);
  await sql`CREATE TABLE other (number integer CHECK (number < 1000000))`.execute(session.db);
});

type Row = { number: number; text: string };

function rowsOfOne(rows: readonly Row[]) {
  const encoder = new CopyEncoder<Row>({
    table: 'one',
    columns: ['number', 'text'],
    put: (writer, { number, text }) => {
      writer.putInt4(number);
      writer.putText(text);
    },
  });
  for (const row of rows) encoder.add(row);
  return encoder.encoded();
}

function rowsOfOther(numbers: readonly number[]) {
  const put = (writer: { putInt4: (value: number) => void }, number: number) => writer.putInt4(number);
  const encoder = new CopyEncoder<number>({ table: 'other', columns: ['number'], put });
  for (const number of numbers) encoder.add(number);
  return encoder.encoded();
}

async function counted() {
  const { rows } = await sql<{ one: bigint; bytes: bigint; other: bigint }>`SELECT
    (SELECT count(*) FROM one) AS one, (SELECT coalesce(sum(length(text)), 0) FROM one) AS bytes,
    (SELECT count(*) FROM other) AS other`.execute(session.db);
  return rows[0];
}

const range = (count: number) => Array.from({ length: count }, (_, number) => number);
/** Together many pieces; some rows are larger than one piece. */
const LARGE = range(3_000).map((number) => ({
  ...{ number, text: 'x'.repeat(number % 1_000 === 999 ? 400_000 : 500) },
}));

it('puts rows of many pieces in several tables, again and again', async () => {
  const bytes = LARGE.reduce((sum, { text }) => sum + BigInt(text.length), 0n);
  for (let round = 1n; round <= 3n; round++) {
    await sql`TRUNCATE one`.execute(session.db);
    await copyInto(session.client, [rowsOfOne(LARGE), rowsOfOther([]), rowsOfOther(range(500))]);
    expect(await counted()).toEqual({ one: 3_000n, bytes, other: round * 500n });
  }
});

it.each([
  ['the first', [rowsOfOne([...LARGE, { number: 5, text: 'twice' }]), rowsOfOther([1])], '23505'],
  ['the last', [rowsOfOne(LARGE), rowsOfOther([1, 2_000_000])], '23514'],
])('takes nothing where %s table refuses a row, and the connection goes on', async (_, copies, code) => {
  await sql`BEGIN`.execute(session.db);
  await expect(copyInto(session.client, copies)).rejects.toMatchObject({ code });
  await sql`ROLLBACK`.execute(session.db);
  expect(await counted()).toMatchObject({ one: 0n, other: 0n });
  await copyInto(session.client, [rowsOfOther([1, 2])]);
  expect(await counted()).toMatchObject({ one: 0n, other: 2n });
});

it('sends rows once', async () => {
  const copy = rowsOfOther([1]);
  await copyInto(session.client, [copy]);
  await expect(copyInto(session.client, [copy])).rejects.toThrow('sent before');
});

it.each([2 ** 31, -(2 ** 31) - 1, 1.5])('refuses an integer that does not fit: %d', (number) => {
  expect(() => rowsOfOther([number])).toThrow(RangeError);
});
