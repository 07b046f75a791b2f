/** Double claims of random histories, against a recomputation that shares nothing with the product. */

import { setTimeout as sleep } from 'node:timers/promises';
import { doubleClaimsSchema } from '@effectstroom/contracts';
import { compareClaims } from '@effectstroom/database';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { SentEvent } from '../harness/sent.ts';
import { ADDRESS, assessed, PROGRAMME, usePipeline, withdrawn } from '../pipeline/fixtures.ts';
import { seededRandom } from '../scenarios/random.ts';
import { answerOf, askGuard, compared } from './ask-guard.ts';
import { type Claim, claimsOf, doubleClaims } from './recomputed-claims.ts';

const world = usePipeline();
const { pipeline } = world;
const ORGANISATIONS = ['een', 'twee', 'drie'];
const PRICES = new Map([
  ['begeleiding', 64_000_000n],
  ['huisarts', 33_350_000n],
]);
const CASES = 150;
const random = seededRandom(20n);
const revisions = new Map<string, number>();

function inventEvent(): SentEvent {
  const caseId = `c-${random.below(CASES)}`;
  const organisation = ORGANISATIONS[Number(caseId.slice(2)) % ORGANISATIONS.length] ?? '';
  const revision = (revisions.get(caseId) ?? -1) + 1;
  revisions.set(caseId, revision);
  if (random.below(10) === 0) {
    const event = withdrawn(caseId, revision);
    return { ...event, data: { ...event.data, organisation } };
  }
  const day = random.pick([
    '2021-02-28',
    '2021-03-01',
    '2022-02-28',
    '2024-02-29',
    '2023-02-28',
    '2021-06-01',
  ]);
  const avoided = Array.from({ length: 1 + random.below(3) }, () => ({
    ...{ service: random.pick([...PRICES.keys()]), quantity: String(1 + random.below(9)) },
    ...{ likelihood: random.pick([0, 35, 70, 100]), contribution: random.pick([50, 100]) },
  }));
  return assessed(caseId, revision, {
    ...{ organisation, date: day, avoided, similarCases: 1 + random.below(3) },
    ...(random.below(5) > 0 && { residentKey: `resident-number-00${random.below(12)}` }),
  });
}

/** The number of each event, by its id: what orders claims of one day. */
async function numbers(): Promise<Map<string, bigint>> {
  const { rows } = await sql<{ id: string; number: bigint }>`SELECT id, number FROM event`.execute(
    pipeline.db,
  );
  return new Map(rows.map(({ id, number }) => [id, number]));
}

async function expected(): Promise<Claim[]> {
  const known = await numbers();
  const sent = world.accepted.filter(({ data }) => ORGANISATIONS.includes(data.organisation));
  return claimsOf(sent, PRICES, ({ id }) => known.get(id) ?? 0n);
}

function exact(claims: readonly Claim[]): string {
  const sum = String(claims.reduce((total, { corrected }) => total + corrected, 0n)).padStart(11, '0');
  return `${sum.slice(0, -10)}.${sum.slice(-10)}`;
}

const nameOf = ({ organisation, caseId, service }: Pick<Claim, 'organisation' | 'caseId' | 'service'>) =>
  `${organisation} ${caseId} ${service}`;

async function ask(query: Record<string, string>) {
  const all = [];
  let cursor = '';
  for (;;) {
    const answer = await answerOf(
      pipeline,
      'double-claims',
      { municipality: ADDRESS.municipality, ...query, limit: '7', cursor },
      doubleClaimsSchema,
    );
    all.push(...answer.rows);
    if (answer.next === null) return { ...answer, rows: all };
    cursor = answer.next;
  }
}

test('are those of a recomputation over random histories, now and as they were known', async () => {
  for (const organisation of ORGANISATIONS) await world.putProgramme({ ...ADDRESS, organisation }, PROGRAMME);
  const answered: { moment: string; rows: string[]; double: string }[] = [];
  for (let round = 0; round < 4; round++) {
    await world.sendAll(Array.from({ length: 120 }, inventEvent), 30);
    await compared(pipeline);
    const claims = await expected();
    for (const [from, to, organisation] of [
      ['2021-01-01', '2025-12-31', ''],
      ['2022-01-01', '2024-12-31', 'een'],
      ['2021-03-01', '2021-06-01', 'drie'],
    ] as const) {
      const asked = (claim: Claim) =>
        claim.date >= from &&
        claim.date <= to &&
        (organisation === '' || claim.organisation === organisation);
      const answer = await ask({ from, to, organisation });
      const double = doubleClaims(claims).filter(asked);
      expect(answer.rows.map(nameOf).sort()).toEqual(double.map(nameOf).sort());
      expect(answer.double.exact).toBe(exact(double));
      expect(answer.all.exact).toBe(exact(claims.filter(asked)));
      expect(answer.without.exact).toBe(exact(claims.filter((one) => asked(one) && !double.includes(one))));
      if (organisation === '')
        answered.push({
          ...{ moment: answer.basis.asOf ?? '', double: answer.double.exact },
          rows: answer.rows.map(nameOf),
        });
    }
  }
  expect(answered.at(-1)?.rows.length).toBeGreaterThan(20);
  for (const { moment, rows, double } of answered) {
    const again = await ask({ from: '2021-01-01', to: '2025-12-31', asOf: moment });
    expect([again.rows.map(nameOf), again.double.exact]).toEqual([rows, double]);
  }
});

test('a comparison during which a case is erased is given up, and done again', async () => {
  await pipeline.calculator.stop();
  const { db } = pipeline;
  await sql`DELETE FROM claim_comparison`.execute(db);
  const erasing = await db.startTransaction().execute();
  await sql`DELETE FROM double_claim`.execute(erasing);
  await sql`INSERT INTO erasure (id, organisation, number, known_at, applied_at)
    VALUES (gen_random_uuid(), 1, 0, now(), now())`.execute(erasing);
  const comparing = compareClaims(db);
  const isWaiting = async () => {
    const { rows } = await sql`SELECT FROM pg_locks WHERE NOT granted
      AND relation = 'double_claim'::regclass`.execute(db);
    return rows.length > 0;
  };
  await pipeline.until(isWaiting, 'the comparison waits for the erasure');
  await erasing.commit().execute();
  expect(await comparing).toBeUndefined();
  expect(await compareClaims(db)).toMatchObject({ isOther: true });
});

test('nothing is told of a moment that a comparison under way can still change', {
  timeout: 30_000,
}, async () => {
  const { db } = pipeline;
  const everything = { municipality: ADDRESS.municipality, from: '2021-01-01', to: '2025-12-31' };
  const across = async (asOf: string) => {
    const { basis, rows } = await ask({ ...everything, asOf });
    return {
      comparedAt: basis.comparedAt,
      rows: rows.filter((row) => row.across === 'organisations').map(nameOf),
    };
  };
  /** As an idle calculator, which says up to when everything is known. */
  const moveOn = async () => {
    const { rows } = await sql<{ known: string }>`WITH moved AS
      (UPDATE partition_position SET known_at =
          (SELECT max(known_at) FROM partition_position) + interval '2 ms'
        RETURNING known_at)
      SELECT to_char(max(known_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS known
      FROM moved`.execute(db);
    return rows[0]?.known ?? '';
  };
  const before = await moveOn();
  const first = await moveOn();
  await sql`DELETE FROM claim_comparison`.execute(db);
  await sql`DELETE FROM double_claim`.execute(db);
  const early = across(first);
  await sleep(500);
  expect(await compareClaims(db)).toEqual({ knownAt: first, isOther: true });
  const told = await across(first);
  expect(told.rows.length).toBeGreaterThan(5);
  expect(told.comparedAt).toBe(first);
  expect(await early).toEqual(told);
  expect(await across(before)).toEqual({ comparedAt: null, rows: [] });

  const second = await moveOn();
  const refused = await askGuard(pipeline, 'double-claims', { ...everything, asOf: second });
  expect([refused.status, await refused.json()]).toMatchObject([409, { latest: first }]);
  expect(await compareClaims(db)).toEqual({ knownAt: second, isOther: false });
  expect(await across(second)).toEqual(told);
  await moveOn();
  await compareClaims(db);
  expect(await across(second)).toEqual(told);
});
