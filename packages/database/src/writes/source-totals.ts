/**
 * Who has delivered, kept with the ledger: what each source counts for, and the days on which its events
 * became known. A source counts for the entries of its own events: a case that another source corrects moves there.
 * What is assessed on the board stays with the source that the case first came from: it has delivered it.
 */
import { type Kysely, sql, type Transaction } from 'kysely';
import { planAsWritten, planByKey } from '../reads/query-plan.ts';
import type { Database } from '../tables.ts';
import { bySource, type SourceChange, type SourceDelivery } from './source-sums.ts';
import { unnestRows } from './unnest.ts';

/** What a batch changes of the sources. */
export interface SourceChanges {
  totals: readonly SourceChange[];
  deliveries: readonly SourceDelivery[];
}

/** Adds changes, in the order of the key: workers that write the same rows at once would deadlock without. */
export async function addToSources(
  tx: Transaction<Database>,
  { totals, deliveries }: SourceChanges,
): Promise<void> {
  if (totals.length > 0) await addTotals(tx, totals);
  if (deliveries.length > 0) await addDeliveries(tx, deliveries);
}

async function addTotals(tx: Transaction<Database>, rows: readonly SourceChange[]): Promise<void> {
  const changes = unnestRows('u', rows, {
    organisation: ['int4', (row) => row.organisation],
    source: ['int4', (row) => row.source],
    municipality: ['text', (row) => row.municipality],
    month: ['date', (row) => row.month],
    registered: ['int8', (row) => row.registered],
    assessed: ['int8', (row) => row.assessed],
  });
  await sql`INSERT INTO source_total AS t (organisation, source, municipality, month, registered, assessed)
    SELECT organisation, source, municipality, month, registered, assessed FROM ${changes}
    ON CONFLICT (organisation, source, municipality, month) DO UPDATE SET
      registered = t.registered + excluded.registered, assessed = t.assessed + excluded.assessed`.execute(tx);
}

async function addDeliveries(tx: Transaction<Database>, rows: readonly SourceDelivery[]): Promise<void> {
  const deliveries = unnestRows('u', rows, {
    organisation: ['int4', (row) => row.organisation],
    source: ['int4', (row) => row.source],
    first_known: ['int8', (row) => row.firstKnownAt],
    last_known: ['int8', (row) => row.lastKnownAt],
    first_number: ['int8', (row) => row.firstNumber],
    last_number: ['int8', (row) => row.lastNumber],
  });
  await sql`INSERT INTO source_delivery AS d
      (organisation, source, day, first_known_at, last_known_at, first_number, last_number)
    SELECT organisation, source, (first_at AT TIME ZONE 'Europe/Amsterdam')::date AS day,
      min(first_at), max(last_at), min(first_number), max(last_number)
    FROM ${deliveries}
    CROSS JOIN LATERAL (SELECT timestamptz 'epoch' + first_known * interval '1 microsecond' AS first_at,
      timestamptz 'epoch' + last_known * interval '1 microsecond' AS last_at) AS moments
    GROUP BY organisation, source, day ORDER BY organisation, source, day
    ON CONFLICT (organisation, source, day) DO UPDATE SET
      first_known_at = least(d.first_known_at, excluded.first_known_at),
      last_known_at = greatest(d.last_known_at, excluded.last_known_at),
      first_number = least(d.first_number, excluded.first_number),
      last_number = greatest(d.last_number, excluded.last_number)`.execute(tx);
}

/** All totals of sources as they stand, without zeros, in the form of {@link SourceSums}. */
export async function readSourceTotals(db: Kysely<Database>): Promise<SourceChange[]> {
  const { rows } =
    await sql<SourceChange>`SELECT organisation, source, municipality, month, registered, assessed
    FROM source_total WHERE registered <> 0 OR assessed <> 0`.execute(db);
  return rows.sort(bySource);
}

/**
 * What the tables of sources say otherwise than ledger and events do, as sentences, at most `limit` of each.
 * `boardSource` is the source of what is assessed on the board.
 *
 * Entries and events are joined first: PostgreSQL knows how many there are, and then writes only the columns that it
 * needs of what does not fit in memory. Behind a join of which it expects a few rows it writes whole events.
 */
export async function sourceFaults(
  db: Kysely<Database>,
  boardSource: string,
  limit: number,
): Promise<string[]> {
  if (!db.isTransaction) return db.transaction().execute((tx) => sourceFaults(tx, boardSource, limit));
  await planAsWritten(db);
  const totals = await sql<{ fault: string }>`
    WITH at_board AS (
      SELECT e.organisation, e.number, origin.source
      FROM source board
      JOIN event e ON e.source = board.id
      JOIN case_state s ON s.organisation = e.organisation AND s.case_id = e.case_id
      JOIN event origin ON origin.organisation = s.organisation AND origin.number = s.events[1]
      WHERE board.uri = ${boardSource}),
    summed AS (
      SELECT l.organisation, coalesce(b.source, e.source) AS source, g.municipality,
        date_trunc('month', l.date)::date AS month,
        sum(l.sign) AS registered, coalesce(sum(l.sign) FILTER (WHERE l.assessed), 0) AS assessed
      FROM ledger l
      JOIN event e ON e.organisation = l.organisation AND e.number = l.event
      LEFT JOIN at_board b ON b.organisation = l.organisation AND b.number = l.event
      JOIN case_group c ON c.organisation = l.organisation AND c.id = l.case_group
      JOIN theme_group g ON g.organisation = l.organisation AND g.id = c.theme_group
      GROUP BY 1, 2, 3, 4)
    SELECT format('source_total of organisation %s, source %s, %s, month %s differs from the ledger',
      organisation, source, municipality, month) AS fault
    FROM summed s FULL JOIN source_total t USING (organisation, source, municipality, month)
    WHERE coalesce(s.registered, 0) <> coalesce(t.registered, 0)
      OR coalesce(s.assessed, 0) <> coalesce(t.assessed, 0)
    LIMIT ${limit}`.execute(db);
  await planByKey(db);
  const deliveries = await sql<{ fault: string }>`
    WITH known AS (
      SELECT organisation, source, (known_at AT TIME ZONE 'Europe/Amsterdam')::date AS day,
        min(known_at) AS first_at, max(known_at) AS last_at, min(number) AS first, max(number) AS last
      FROM event GROUP BY 1, 2, 3)
    -- That something was delivered stays known where its events were erased.
    SELECT format('source_delivery of organisation %s, source %s, day %s differs from the recorded events',
      organisation, source, day) AS fault
    FROM known k FULL JOIN source_delivery d USING (organisation, source, day)
    WHERE (k.first_at, k.last_at, k.first, k.last) IS DISTINCT FROM
        (d.first_known_at, d.last_known_at, d.first_number, d.last_number)
      AND NOT (organisation IN (SELECT e.organisation FROM erasure e WHERE e.applied_at IS NOT NULL)
        AND d.first_number IS NOT NULL AND coalesce(k.first >= d.first_number AND k.last <= d.last_number
          AND k.first_at >= d.first_known_at AND k.last_at <= d.last_known_at, true))
    LIMIT ${limit}`.execute(db);
  const quarantine = await sql<{ fault: string }>`
    WITH standing AS (
      SELECT organisation, number, sum(sign) AS times FROM quarantine_entry GROUP BY 1, 2 HAVING sum(sign) <> 0)
    SELECT format('quarantine of organisation %s, event %s differs from its entries', organisation, number) AS fault
    FROM standing s FULL JOIN (SELECT organisation, number FROM quarantine WHERE reason <> 'dismissed') q
      USING (organisation, number)
    WHERE s.times IS DISTINCT FROM 1 OR q.number IS NULL LIMIT ${limit}`.execute(db);
  return [...totals.rows, ...deliveries.rows, ...quarantine.rows].map(({ fault }) => fault);
}
