/** What the ledger says of the cases of a period before or behind a place in the stream, by part, theme, cost bearer. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type LedgerPart, partOf } from '../ledger-part.ts';
import type { Database } from '../tables.ts';
import type { Period } from './period.ts';

/**
 * Cases by their date, entries by their cause: the number of a message, its place in the stream. Entries of a newer
 * version of the program have older settings as their cause; they move nothing, so it does not matter where they stand.
 */
export interface LedgerSpan {
  organisation: number;
  period: Period;
  /** Entries with a cause before this message; undefined does not ask. */
  before?: bigint | undefined;
  /** Entries with a cause behind this message; undefined does not ask. */
  behind?: bigint | undefined;
  /** Entries known up to this moment (RFC 3339); all of them where undefined. */
  upTo?: string | undefined;
}

/** Signed sums of entries. */
export interface LedgerSum {
  /** Contributions that started to count less those that stopped, and how many of these are assessed. */
  registered: bigint;
  assessed: bigint;
  represented: bigint;
  /** Micro-euros. */
  cost: bigint;
  gross: bigint;
  municipalGross: bigint;
  /** Ten-thousandths of a micro-euro. */
  corrected: bigint;
  municipalCorrected: bigint;
  /** How many entries start a contribution, and how many stop one. */
  starts: bigint;
  stops: bigint;
}

/** Sums by these. Cases and cost stand in rows without a cost bearer, amounts in rows with one. */
export interface LedgerSumRow extends LedgerSum {
  part: LedgerPart;
  /** Number of the settings that made the entries; null where events did, and in rows with a cost bearer. */
  settings: bigint | null;
  municipality: string;
  programme: string;
  theme: string;
  costBearer: string | null;
}

type Row = { [Name in keyof LedgerSum]?: string | bigint } & Omit<LedgerSumRow, keyof LedgerSum | 'part'> & {
    part: number;
  };

/** The sums of the entries in a span. Run both statements in one snapshot where others write. */
export async function readLedgerSums(db: Kysely<Database>, span: LedgerSpan): Promise<LedgerSumRow[]> {
  const cases = await sql<Row>`SELECT l.part, ${NAMES}, l.settings, NULL AS "costBearer",
      sum(registered) AS registered, sum(assessed) AS assessed, sum(represented) AS represented, sum(cost) AS cost,
      sum(starts) AS starts, sum(stops) AS stops
    FROM (SELECT organisation, part, case_group, CASE WHEN revalued THEN cause END AS settings,
        sum(sign) AS registered,
        coalesce(sum(sign) FILTER (WHERE assessed), 0) AS assessed,
        sum(sign * similar_cases::bigint) AS represented, sum(sign * cost::numeric * similar_cases) AS cost,
        count(*) FILTER (WHERE sign > 0) AS starts, count(*) FILTER (WHERE sign < 0) AS stops
      FROM ledger WHERE ${within(span)} GROUP BY 1, 2, 3, 4) AS l ${GROUPS}
    GROUP BY 1, 2, 3, 4, 5`.execute(db);
  const amounts = await sql<Row>`SELECT l.part, ${NAMES}, NULL AS settings, lg.cost_bearer AS "costBearer",
      sum(gross) AS gross, sum(corrected) AS corrected,
      coalesce(sum(gross) FILTER (WHERE lg.municipal), 0) AS "municipalGross",
      coalesce(sum(corrected) FILTER (WHERE lg.municipal), 0) AS "municipalCorrected"
    FROM (SELECT organisation, part, case_group, line_group, sum(sign * amount * similar_cases) AS gross,
        sum(sign * amount * similar_cases * factor) AS corrected
      FROM ledger CROSS JOIN LATERAL unnest(line_groups, amounts) AS e(line_group, amount)
      WHERE ${within(span)} GROUP BY 1, 2, 3, 4) AS l ${GROUPS}
    JOIN line_group lg ON lg.organisation = l.organisation AND lg.id = l.line_group
    GROUP BY 1, 2, 3, 4, 6`.execute(db);
  return [...cases.rows, ...amounts.rows].map(sumRow);
}

const NAMES = sql`tg.municipality, tg.programme, tg.theme`;

const GROUPS = sql`JOIN case_group cg ON cg.organisation = l.organisation AND cg.id = l.case_group
    JOIN theme_group tg ON tg.organisation = cg.organisation AND tg.id = cg.theme_group`;

function within({ organisation, period, before, behind, upTo }: LedgerSpan): RawBuilder<unknown> {
  const known = [
    ...(before === undefined ? [] : [sql`cause < ${before}::bigint`]),
    ...(behind === undefined ? [] : [sql`cause > ${behind}::bigint`]),
    ...(upTo === undefined ? [] : [sql`known_at <= ${upTo}::timestamptz`]),
  ];
  const dated = sql`organisation = ${organisation} AND date BETWEEN ${period.from}::date AND ${period.to}::date`;
  return sql.join([dated, ...known], sql` AND `);
}

function sumRow({ part, municipality, programme, theme, settings, costBearer, ...sums }: Row): LedgerSumRow {
  const names = { part: partOf(part), municipality, programme, theme, settings, costBearer };
  const values = Object.entries(sums).map(([name, value]) => [name, BigInt(value)]);
  return { ...NOTHING, ...names, ...Object.fromEntries(values) };
}

const NOTHING: LedgerSum = {
  ...{ registered: 0n, assessed: 0n, represented: 0n, cost: 0n, starts: 0n, stops: 0n },
  ...{ gross: 0n, municipalGross: 0n, corrected: 0n, municipalCorrected: 0n },
};

/** Adds up rows. */
export function addedUp(rows: readonly LedgerSum[]): LedgerSum {
  const total = { ...NOTHING };
  for (const row of rows)
    for (const name of Object.keys(NOTHING) as (keyof LedgerSum)[]) total[name] += row[name];
  return total;
}
