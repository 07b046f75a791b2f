/**
 * What an event is to those who are compared with the calculator: the same valuation, and the same work in
 * PostgreSQL, in a transaction of its own with prepared statements.
 */
import type { AssessedData, CaseEvent } from '@effectstroom/contracts';
import { arrayOf } from '@effectstroom/database';
import { type Valuation, valueCase } from '@effectstroom/valuation';
import type { ClientBase } from 'pg';
import { checkedSettings } from '../workload.ts';

/**
 * The numbers of what cases and lines have in common; known from the start, so that they cost a peer nothing.
 */
export class PeerGroups {
  readonly #numbers: Map<string, number>;

  /** @param known from another one, which has seen all events: several processes must agree */
  constructor(known: ReadonlyMap<string, number> = new Map()) {
    this.#numbers = new Map(known);
  }

  get numbers(): ReadonlyMap<string, number> {
    return this.#numbers;
  }

  number(...of: (string | undefined)[]): number {
    const key = of.join('\u001f');
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#numbers.size + 1);
    return this.#numbers.size;
  }
}

interface SavingRow {
  lineGroup: number;
  year: number;
  /** Micro-euros of one case. */
  amount: bigint;
}

/** An event with what it comes to. */
export interface PeerEvent {
  event: CaseEvent;
  data: AssessedData;
  themeGroup: number;
  factor: number;
  cost: bigint;
  /** One for each line and year; {@link totalsOf} adds them up by group. */
  lines: SavingRow[];
}

const { programme, priceList } = checkedSettings();

/** Values an event as it stands in the stream. */
export function peerEvent(event: CaseEvent, groups: PeerGroups): PeerEvent {
  const data = event.data as AssessedData;
  const { factor, cost, lines } = valueCase(data, programme, priceList) as Valuation;
  const { municipality, organisation, theme, goal, workType } = data;
  return {
    ...{ event, data, factor, cost },
    themeGroup: groups.number('theme', municipality, organisation, data.programme, theme, goal, workType),
    lines: lines.flatMap((line) => {
      const { costBearer, recurrence, effect, cashable, service } = line;
      const lineGroup = groups.number('line', costBearer, recurrence, effect, cashable, service);
      return line.values.map((amount, year) => ({ lineGroup, year, amount }));
    }),
  };
}

/** A case's gross saving, all years, in micro-euros. */
export function grossOf({ data, lines }: PeerEvent): bigint {
  return lines.reduce((sum, { amount }) => sum + amount, 0n) * BigInt(data.similarCases);
}

/**
 * Records the event and applies it, in the transaction that is open. An event that is known already changes
 * nothing.
 */
export async function recordAndApply(client: ClientBase, of: PeerEvent, text: string): Promise<void> {
  const { event, data } = of;
  const { rowCount } = await run(client, 'event', [event.id, data.caseId, text]);
  if (rowCount === 1) await applyToTables(client, of);
}

/**
 * The case, the ledger and the totals, in the transaction that is open. @throws Error for the second event of
 * a case
 */
export async function applyToTables(client: ClientBase, of: PeerEvent): Promise<void> {
  const { event, data, themeGroup, factor, cost, lines } = of;
  const { rows } = await run(client, 'case', [data.caseId, data.revision, event.id, contributionText(of)]);
  if (rows[0]?.was !== null) throw new Error('The load has one event a case');
  const month = `${data.date.slice(0, 7)}-01`;
  const similar = BigInt(data.similarCases);
  await run(client, 'ledger', [
    ...[event.id, themeGroup, data.date, data.similarCases, String(cost), factor],
    ...[
      column('int4', lines, 'lineGroup'),
      column('int2', lines, 'year'),
      column('numeric', lines, 'amount'),
    ],
  ]);
  await run(client, 'case total', [themeGroup, month, String(similar), String(cost * similar)]);
  const totals = totalsOf(lines);
  const gross = totals.map(({ amount }) => amount * similar);
  await run(client, 'saving total', [
    ...[themeGroup, month, column('int4', totals, 'lineGroup'), column('int2', totals, 'year')],
    arrayOf('numeric', gross),
    arrayOf(
      'numeric',
      gross.map((amount) => amount * BigInt(factor)),
    ),
    column('numeric', totals, 'amount'),
  ]);
}

/** Once for each group and year, in the order of the key: two workers then never wait for each other. */
function totalsOf(lines: readonly SavingRow[]): SavingRow[] {
  const sums = new Map<string, SavingRow>();
  for (const line of lines) {
    const key = `${line.lineGroup} ${line.year}`;
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, { ...line });
    else sum.amount += line.amount;
  }
  return [...sums.values()].sort((one, other) => one.lineGroup - other.lineGroup || one.year - other.year);
}

function column(
  type: 'int2' | 'int4' | 'numeric',
  rows: readonly SavingRow[],
  name: keyof SavingRow,
): Buffer {
  return arrayOf(type, rows.map((row) => row[name]) as never[]);
}

function contributionText({ themeGroup, data, factor, cost, lines }: PeerEvent): string {
  const amounts = lines.map(({ lineGroup, year, amount }) => [lineGroup, year, String(amount)]);
  return JSON.stringify([themeGroup, data.date, data.similarCases, String(cost), factor, amounts]);
}

function run(client: ClientBase, name: keyof typeof SQL, values: unknown[]) {
  return client.query<{ was: string | null }>({ name: `peer ${name}`, text: SQL[name], values });
}

const SQL = {
  event: `INSERT INTO peer.event (id, case_id, payload) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
  case: `INSERT INTO peer.case_state AS c (case_id, revision, event, contribution) VALUES ($1, $2, $3, $4)
    ON CONFLICT (case_id) DO UPDATE SET revision = excluded.revision, event = excluded.event,
      contribution = excluded.contribution WHERE c.revision < excluded.revision
    RETURNING old.contribution AS was`,
  ledger: `INSERT INTO peer.ledger
      (event, sign, theme_group, date, similar_cases, cost, factor, line_groups, years, amounts)
    VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9)`,
  'case total': `INSERT INTO peer.case_total AS t (theme_group, month, assessed, represented, cost)
    VALUES ($1, $2, 1, $3, $4)
    ON CONFLICT (theme_group, month) DO UPDATE SET assessed = t.assessed + 1,
      represented = t.represented + excluded.represented, cost = t.cost + excluded.cost`,
  'saving total': `INSERT INTO peer.saving_total AS t
      (theme_group, month, line_group, year, gross, corrected, counted)
    SELECT $1::integer, $2::date, u.* FROM unnest($3::integer[], $4::smallint[], $5::numeric[], $6::numeric[],
      $7::numeric[]) AS u
    ON CONFLICT (theme_group, month, line_group, year) DO UPDATE SET gross = t.gross + excluded.gross,
      corrected = t.corrected + excluded.corrected, counted = t.counted + excluded.counted`,
} as const;
