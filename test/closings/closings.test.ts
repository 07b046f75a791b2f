/** What was reported stays as it was reported; what became known afterwards stands beside it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { savingsSchema } from '@effectstroom/contracts';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import {
  ADDRESS,
  assessed,
  BEGELEIDING,
  manyCases,
  PRICE_LIST,
  PRICES,
  PROGRAMME,
  registered,
  usePipeline,
  withdrawn,
} from '../pipeline/fixtures.ts';
import { askBundle, askClosing, close, putClosing, recompute } from './closed-world.ts';

const world = usePipeline();
const { pipeline } = world;
const { organisation } = ADDRESS;

function priced(price: string) {
  const [edition] = PRICE_LIST.editions;
  const items = (edition?.items ?? []).map((item) => ({ ...item, price }));
  return { ...PRICE_LIST, editions: [{ from: '2021-01-01', items }] };
}

/** Exact texts as whole numbers. */
const exact = (text: string) => BigInt(text.replace('.', ''));

test('a closed year stays as it was, and what comes after it adds up to what is known now', async () => {
  await world.sendAll([
    ...manyCases('c', 20, { similarCases: 3 }),
    ...manyCases('y', 5, { avoided: [{ ...BEGELEIDING, recurrence: 'yearly', dropOff: 10 }], theme: '1' }),
    ...manyCases('other', 4, { date: '2022-01-01' }),
    registered('r', 0),
  ]);
  const closed = await close(pipeline, organisation, '2021');
  expect(closed.reported?.total.cases).toEqual({ registered: 26, assessed: 25, represented: 65 });
  expect(closed.afterClosing).toMatchObject({ corrected: '0.00', parts: [] });
  const asOf = encodeURIComponent(closed.closedAt);
  const period = `from=2021-01-01&to=2021-12-31&organisation=${organisation}&asOf=${asOf}`;
  const known = savingsSchema.parse(await pipeline.ask(`/v1/savings?${period}&groupBy=theme`));
  expect(closed.reported?.total.corrected).toBe(known.total.corrected.total);
  expect(closed.reported?.themes.map(({ theme, gross }) => [theme, gross])).toEqual(
    known.rows.map(({ theme, gross }) => [theme, gross.total]),
  );

  await world.send(assessed('c-1', 1, { avoided: [{ ...BEGELEIDING, quantity: '1.3333' }] }));
  await world.send(withdrawn('c-2', 1), assessed('late', 0), assessed('c-3', 1, { date: '2022-02-02' }));
  await world.putPriceList(PRICES, priced('71.37'));
  await pipeline.settled();
  const later = await askClosing(pipeline, organisation, '2021');
  expect([later.reported, later.checksums, later.sealedAt]).toEqual([
    closed.reported,
    closed.checksums,
    closed.sealedAt,
  ]);
  const parts = later.afterClosing?.parts ?? [];
  expect(parts.map(({ part }) => part)).toEqual(expect.arrayContaining(['new', 'withdrawn', 'price']));
  for (const purse of ['gross', 'corrected'] as const) {
    const after = exact(later.afterClosing?.exact[purse] ?? '');
    expect(exact(later.reported?.total.exact[purse] ?? '') + after).toBe(exact(later.now.exact[purse]));
    expect(parts.reduce((sum, part) => sum + exact(part.exact[purse]), 0n)).toBe(after);
  }
  expect(await world.faults()).toEqual([]);
});

test('a second closing changes nothing, not even the note', async () => {
  const first = await askClosing(pipeline, organisation, '2021');
  const again = await putClosing(pipeline, organisation, '2021', { note: 'nog eens' });
  expect([again.status, await again.json()]).toEqual([
    202,
    {
      accepted: 1,
      closing: `/v1/closings/${organisation}/2021`,
      note: expect.stringContaining('stays as it was closed first'),
    },
  ]);
  await pipeline.settled();
  expect(await askClosing(pipeline, organisation, '2021')).toMatchObject({
    note: null,
    closedAt: first.closedAt,
    checksums: first.checksums,
  });
  const { rows } = await sql`SELECT number FROM settings WHERE kind = 'closing'`.execute(pipeline.db);
  expect(rows).toHaveLength(1);
});

test('only a period that exists and has ended can be closed', async () => {
  const year = new Date().getUTCFullYear() + 1;
  for (const period of ['2021-13', '2021-Q5', '21', '1999', '0021-03', `${year}`, `${year}-Q4`])
    expect((await putClosing(pipeline, organisation, period)).status, period).toBe(400);
  expect((await putClosing(pipeline, organisation, '2020', { remark: 'x' })).status).toBe(400);
  const empty = await close(pipeline, organisation, '2020-Q1');
  expect(empty.reported?.total.cases.registered).toBe(0);
  const { code } = await recompute(pipeline, await askBundle(pipeline, organisation, '2020-Q1'));
  expect(code).toBe(0);
});

test('of an organisation without a programme nothing is recorded, until it has one', async () => {
  expect((await putClosing(pipeline, 'nergens', '2020-Q1')).status).toBe(202);
  await pipeline.settled();
  const traces = await sql`SELECT key FROM settings WHERE key LIKE 'nergens/%'
    UNION SELECT code FROM organisation WHERE code = 'nergens'`.execute(pipeline.db);
  expect(traces.rows).toEqual([]);
  await world.putProgramme({ ...ADDRESS, organisation: 'nergens' }, PROGRAMME);
  expect((await close(pipeline, 'nergens', '2020-Q1')).reported?.total.cases.registered).toBe(0);
});

test('closings that cannot be sealed keep no other waiting', async () => {
  await sql`INSERT INTO closing (organisation, period, number, known_at)
    SELECT o.id, 'x' || n, n, now() FROM organisation o, generate_series(1, 150) AS n
    WHERE o.code = ${organisation}`.execute(pipeline.db);
  expect((await close(pipeline, organisation, '2021-05')).sealedAt).not.toBeNull();
  await sql`DELETE FROM closing WHERE period LIKE 'x%'`.execute(pipeline.db);
  const log = readFileSync(join(pipeline.folder, 'calculator', 'calculator.log'), 'utf8');
  const told = log.split('\n').filter((line) => line.includes('a closing could not be sealed'));
  expect(new Set(told.map((line) => JSON.parse(line).period)).size).toBe(told.length);
  expect(told.length).toBeGreaterThanOrEqual(100);
});

test('a third party works the bundle out to the same checksum, and sees what was tampered with', async () => {
  const [lines, { checksums }] = [
    await askBundle(pipeline, organisation, '2021'),
    await askClosing(pipeline, organisation, '2021'),
  ];
  expect(lines.join('\n')).not.toMatch(/caseId|residentKey|"id"/);
  const honest = await recompute(pipeline, lines);
  expect(honest.output).toContain(checksums?.all);
  expect(honest).toMatchObject({ code: 0, output: expect.stringContaining('Alles komt overeen') });

  const withOne = (from: RegExp, to: string) => {
    const place = lines.findIndex((line) => from.test(line));
    return lines.map((line, at) => (at === place ? line.replace(from, to) : line));
  };
  const upsets = {
    'a quantity': withOne(/"quantity":"26"/, '"quantity":"26.01"'),
    'a price': withOne(/"price":"64.00"/, '"price":"64.01"'),
    'a case less': lines.filter((_line, at) => at !== 4),
    'another theme': withOne(/"theme":"3"/, '"theme":"1"'),
    'a figure': withOne(/"gross":"(\d+)\.(\d{5})\d"/, '"gross":"$1.$23"'),
    'a checksum': withOne(/"all":"...../, '"all":"00000'),
  };
  for (const [what, tampered] of Object.entries(upsets)) {
    const { code, output } = await recompute(pipeline, tampered);
    expect(code, what).toBe(1);
    expect(output, what).toMatch(/in de bundel: .*\n {2}nagerekend: /);
  }
  const asked = Array.from({ length: 8 }, () => askBundle(pipeline, organisation, '2021').catch(String));
  const answers = new Set((await Promise.all(asked)).map((answer) => answer.toString()));
  const whole = [lines.toString(), 'Error: The bundle was answered with 503'];
  expect([...answers].filter((answer) => !whole.includes(answer))).toEqual([]);
  expect((await askBundle(pipeline, organisation, '2021')).length).toBe(lines.length);
  const cut = await recompute(pipeline, lines.slice(0, -1));
  expect(cut).toMatchObject({ code: 2, output: expect.stringContaining('niet compleet') });
});

test('a calculator killed after it took the closing fixes it once it is back', async () => {
  await world.sendAll(manyCases('k', 50, { date: '2021-06-01' }));
  expect((await putClosing(pipeline, organisation, '2021-06')).status).toBe(202);
  await pipeline.until(async () => (await unsealed()) === 1, 'the closing is recorded');
  await pipeline.calculator.kill();
  expect(await unsealed()).toBe(1);
  await pipeline.calculator.start();
  const closed = await close(pipeline, organisation, '2021-06');
  expect(closed.reported?.total.cases.registered).toBe(50);
  expect(await world.faults()).toEqual([]);
});

test('the list gives what was reported, also as a table; the program is there for all', async () => {
  const { rows } = (await pipeline.ask('/v1/closings?limit=2')) as { rows: { period: string }[] };
  expect(rows.map(({ period }) => period)).toEqual(['2020-Q1', '2021']);
  const headers = { authorization: 'Bearer local-read', accept: 'text/csv' };
  const csv = await fetch(`${pipeline.portal.running.url}/v1/closings`, { headers });
  expect((await csv.text()).split('\r\n')[0]).toContain('organisation;period;note;closedAt;sealedAt;cases');
  const program = await fetch(`${pipeline.portal.running.url}/v1/closings/recompute.mjs`);
  expect(await program.text()).toContain('#!/usr/bin/env node');
});

async function unsealed(): Promise<number> {
  const { rows } = await sql<{ count: bigint }>`SELECT count(*) FROM closing WHERE sealed_at IS NULL`.execute(
    pipeline.db,
  );
  return Number(rows[0]?.count);
}
