/**
 * What the calculator is compared with: a worker that does the same work in a transaction per event. It records the
 * event, moves the case, the ledger, the totals and its position, with prepared statements and cached group ids.
 */
import type { AssessedData, CaseEvent } from '@effectstroom/contracts';
import { arrayOf, Codes, type Contribution, type Database, EntrySums, Groups } from '@effectstroom/database';
import { type Valuation, valueCase } from '@effectstroom/valuation';
import type { Kysely } from 'kysely';
import type { Client } from 'pg';
import { connected } from './fresh-database.ts';
import { checkedSettings } from './workload.ts';

export interface EventByEvent {
  url: string;
  db: Kysely<Database>;
  /** Events as they stand in the stream. */
  texts: readonly string[];
  /** Each takes the next event when it is done with one. */
  connections: number;
  seconds: number;
}

/** No worker with a transaction per event comes this far. */
const EVENTS_MAX = 50_000;

/** Applies events, each in its transaction, until the time is up. The groups have their ids before it starts. */
export async function eventByEvent(given: EventByEvent): Promise<{ applied: number; perSecond: number }> {
  const { url, db, connections, seconds } = given;
  const texts = given.texts.slice(0, EVENTS_MAX);
  const groups = await knownGroups(db, texts);
  const clients = await Promise.all(Array.from({ length: connections }, () => connected(url)));
  try {
    await Promise.all(clients.map((client, lane) => client.query(NEW_POSITION, [lane])));
    const startedAt = performance.now();
    let applied = 0;
    const work = async (client: Client, lane: number) => {
      while (performance.now() - startedAt < seconds * 1_000 && applied < texts.length) {
        const number = applied++;
        await applyEvent(client, { ...groups, lane, number, text: texts[number] ?? '' });
      }
    };
    await Promise.all(clients.map(work));
    return { applied, perSecond: (applied * 1_000) / (performance.now() - startedAt) };
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

interface Known {
  organisation: number;
  source: number;
  groups: Groups;
}

/** Ids of everything that the events name; all of them are of one organisation and source. */
async function knownGroups(db: Kysely<Database>, texts: readonly string[]): Promise<Known> {
  const events = texts.map((text) => JSON.parse(text) as CaseEvent);
  const [first] = events;
  if (first === undefined) throw new Error('There are no events');
  const organisations = new Codes('organisation');
  const sources = new Codes('source');
  await organisations.ensure(db, [first.data.organisation]);
  await sources.ensure(db, [first.source]);
  const organisation = organisations.id(first.data.organisation);
  const groups = new Groups();
  for (const event of events) contributionOf(event, 0, organisation, groups);
  await groups.assign(db);
  return { organisation, source: sources.id(first.source), groups };
}

const { programme, priceList } = checkedSettings();

function contributionOf(
  event: CaseEvent,
  number: number,
  organisation: number,
  groups: Groups,
): Contribution {
  const data = event.data as AssessedData;
  const valuation = valueCase(data, programme, priceList) as Valuation;
  return {
    event: BigInt(number),
    group: groups.caseGroup(organisation, data),
    date: data.date,
    assessed: true,
    similarCases: data.similarCases,
    cost: valuation.cost,
    factor: valuation.factor,
    programmeVersion: 2n,
    priceListVersion: 1n,
    lines: valuation.lines.flatMap((line) => {
      const group = groups.lineGroup(organisation, line);
      return line.values.map((amount, year) => ({
        ...{ group, year, amount },
        ...{ low: line.lows[year] ?? 0n, high: line.highs[year] ?? 0n },
      }));
    }),
  };
}

interface Work extends Known {
  /** Its position. */
  lane: number;
  number: number;
  text: string;
}

async function applyEvent(client: Client, work: Work): Promise<void> {
  const { lane, number, text, organisation, source, groups } = work;
  const event = JSON.parse(text) as CaseEvent;
  const contribution = contributionOf(event, number, organisation, groups);
  const { caseId } = event.data;
  const run = (name: string, values: unknown[]) => client.query({ name, text: SQL[name] ?? '', values });
  await client.query('BEGIN');
  await run('event', [organisation, number, source, event.id, caseId, text]);
  await run('case', [organisation, caseId, number, programme.name, contributionText(contribution)]);
  const { group, date, similarCases, cost, factor, lines } = contribution;
  const amounts = lines.map(({ amount }) => amount);
  await run('ledger', [
    ...[organisation, number, group.id, date, similarCases, cost.toString(), factor],
    arrayOf(
      'int4',
      lines.map((line) => line.group.id),
    ),
    ...[
      arrayOf(
        'int2',
        lines.map(({ year }) => year),
      ),
      arrayOf('numeric', amounts),
    ],
  ]);
  const sums = new EntrySums();
  sums.add({ organisation, sign: 1, contribution });
  for (const { themeGroup, month, registered, assessed, represented, cost } of sums.cases())
    await run('case total', [
      organisation,
      themeGroup,
      month,
      ...[registered, assessed, represented, cost].map(String),
    ]);
  const savings = sums.savings();
  const [first] = savings;
  if (first !== undefined)
    await run('saving total', [
      ...[organisation, first.themeGroup, first.month],
      arrayOf(
        'int4',
        savings.map(({ lineGroup }) => lineGroup),
      ),
      arrayOf(
        'int2',
        savings.map(({ year }) => year),
      ),
      arrayOf(
        'numeric',
        savings.map(({ gross }) => gross),
      ),
      arrayOf(
        'numeric',
        savings.map(({ corrected }) => corrected),
      ),
      arrayOf(
        'numeric',
        savings.map(({ countedGross }) => countedGross),
      ),
      arrayOf(
        'numeric',
        savings.map(({ countedCorrected }) => countedCorrected),
      ),
    ]);
  await run('position', [lane, number]);
  await client.query('COMMIT');
}

function contributionText(contribution: Contribution): string {
  return JSON.stringify(contribution, (_name, value) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
}

const NEW_POSITION = `INSERT INTO partition_position (partition, epoch, sequence, stored_at, known_at)
  VALUES ($1, 0, 0, now(), now())`;

const SQL: Readonly<Record<string, string>> = {
  event: `INSERT INTO event (organisation, number, source, id, case_id, known_at, payload)
    VALUES ($1, $2, $3, $4, $5, now(), $6) ON CONFLICT DO NOTHING`,
  case: `INSERT INTO case_state AS c
      (organisation, case_id, partition, events, counted, state, programme, contribution)
    VALUES ($1, $2, 0, ARRAY[$3::bigint], $3, 'assessed', $4, $5)
    ON CONFLICT (organisation, case_id) DO UPDATE SET events = c.events || excluded.events,
      counted = excluded.counted, state = excluded.state, contribution = excluded.contribution
    RETURNING old.contribution`,
  ledger: `INSERT INTO ledger (organisation, known_at, cause, revalued, event, sign, case_group, date, assessed,
      similar_cases, cost, factor, programme_version, price_list_version, line_groups, years, amounts)
    VALUES ($1, now(), $2, false, $2, 1, $3, $4, true, $5, $6, $7, 2, 1, $8, $9, $10)`,
  'case total': `INSERT INTO case_total AS t
      (organisation, theme_group, month, registered, assessed, represented, cost)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (organisation, theme_group, month) DO UPDATE SET
      registered = t.registered + excluded.registered, assessed = t.assessed + excluded.assessed,
      represented = t.represented + excluded.represented, cost = t.cost + excluded.cost`,
  'saving total': `INSERT INTO saving_total AS t
      (organisation, theme_group, month, line_group, year, gross, corrected, counted_gross, counted_corrected)
    SELECT $1::integer, $2::integer, $3::date, u.* FROM unnest($4::integer[], $5::smallint[], $6::numeric[],
      $7::numeric[], $8::numeric[], $9::numeric[]) AS u
    ON CONFLICT (organisation, theme_group, month, line_group, year) DO UPDATE SET
      gross = t.gross + excluded.gross, corrected = t.corrected + excluded.corrected,
      counted_gross = t.counted_gross + excluded.counted_gross,
      counted_corrected = t.counted_corrected + excluded.counted_corrected`,
  position: `UPDATE partition_position SET sequence = $2, known_at = now() WHERE partition = $1`,
};
