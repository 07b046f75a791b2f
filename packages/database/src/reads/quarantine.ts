/** Events that cannot count now, and why. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { utcText } from './snapshot.ts';

export interface QuarantineScope {
  organisations: readonly string[] | undefined;
  organisation?: string | undefined;
  reason?: string | undefined;
}

/** Where a page of quarantine starts: behind this event. */
export interface QuarantinePlace {
  organisation: number;
  number: bigint;
}

export interface QuarantinedEvent {
  place: QuarantinePlace;
  organisation: string;
  caseId: string;
  reason: string;
  detail: string;
  /** When the event became known, RFC 3339 in UTC. */
  since: string;
  /** The event as it was published. Only its identity may be shown. */
  payload: string;
}

/** Quarantined events in the order of their organisation and number, `limit` at most. */
export async function readQuarantine(
  db: Kysely<Database>,
  scope: QuarantineScope,
  after: QuarantinePlace | undefined,
  limit: number,
): Promise<QuarantinedEvent[]> {
  const start = after ?? { organisation: 0, number: -1n };
  const { rows } = await sql<Omit<QuarantinedEvent, 'place'> & { id: number; number: bigint }>`
    SELECT q.organisation AS id, q.number, o.code AS organisation, q.case_id AS "caseId", q.reason, q.detail,
      ${utcText(sql`q.known_at`)} AS since, coalesce(q.payload, e.payload) AS payload
    FROM quarantine q
    JOIN organisation o ON o.id = q.organisation
    LEFT JOIN event e ON e.organisation = q.organisation AND e.number = q.number
    WHERE (q.organisation, q.number) > (${start.organisation}::integer, ${start.number}::bigint)
      AND ${inScope(scope)} AND ${withReason(scope.reason)}
    ORDER BY q.organisation, q.number LIMIT ${limit}`.execute(db);
  return rows.map(({ id, number, ...event }) => ({ place: { organisation: id, number }, ...event }));
}

/** How many events are in quarantine for each reason; `scope.reason` does not narrow it. */
export async function countQuarantine(
  db: Kysely<Database>,
  scope: QuarantineScope,
): Promise<Map<string, bigint>> {
  const { rows } = await sql<{ reason: string; count: bigint }>`SELECT q.reason, count(*) AS count
    FROM quarantine q JOIN organisation o ON o.id = q.organisation
    WHERE ${inScope(scope)} GROUP BY q.reason ORDER BY q.reason`.execute(db);
  return new Map(rows.map(({ reason, count }) => [reason, count]));
}

/** Messages, or lines of them, that hold no event: they belong to no organisation. */
export async function countUnreadable(db: Kysely<Database>): Promise<bigint> {
  const { rows } = await sql<{ count: bigint }>`SELECT count(*) AS count FROM unreadable`.execute(db);
  return rows[0]?.count ?? 0n;
}

/** What is dismissed is only shown where it is asked for. */
function withReason(reason: string | undefined): RawBuilder<unknown> {
  return reason === undefined ? sql`q.reason <> 'dismissed'` : sql`q.reason = ${reason}`;
}

function inScope({ organisations, organisation }: QuarantineScope): RawBuilder<unknown> {
  const conditions: RawBuilder<unknown>[] = [sql`true`];
  if (organisations !== undefined) conditions.push(sql`o.code = ANY(${[...organisations]}::text[])`);
  if (organisation !== undefined) conditions.push(sql`o.code = ${organisation}`);
  return sql.join(conditions, sql` AND `);
}
