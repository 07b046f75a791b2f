/** Rows in which everything that no reader of `reporting` may see is marked. */
import { type Database, partCode } from '@effectstroom/database';
import { type Kysely, sql } from 'kysely';

/** Stands in every secret. */
export const SECRET = 'geheim';

/** A case of an organisation with everything that is known of it, in all tables that name cases. */
export async function writeSecrets(db: Kysely<Database>): Promise<void> {
  await sql`INSERT INTO organisation (code) VALUES ('welzijn')`.execute(db);
  await sql`INSERT INTO source (uri) VALUES ('urn:nld:kvknr:12345679')`.execute(db);
  await sql`INSERT INTO theme_group (organisation, key, municipality, programme, theme)
    VALUES (1, '1', 'GM0394', 'main', '1')`.execute(db);
  await sql`INSERT INTO case_group (organisation, key, theme_group, team, area, support_type)
    VALUES (1, '1', 1, ${SECRET}, ${SECRET}, ${SECRET})`.execute(db);
  await sql`INSERT INTO line_group (organisation, key, cost_bearer, municipal, recurrence)
    VALUES (1, '1', 'gemeente', true, 'one-off')`.execute(db);
  await sql`INSERT INTO event (organisation, number, source, id, case_id, known_at, payload)
    VALUES (1, 1, 1, ${SECRET}, ${SECRET}, now(), ${SECRET})`.execute(db);
  await sql`INSERT INTO case_state
      (organisation, case_id, partition, events, counted, state, programme, contribution)
    VALUES (1, ${SECRET}, 0, '{1}', 1, 'assessed', 'GM0394/welzijn/main', ${SECRET})`.execute(db);
  await sql`INSERT INTO quarantine (organisation, number, reason, detail, case_id, partition, programme,
      known_at, payload, source)
    VALUES (1, 2, 'no-price', ${SECRET}, ${SECRET}, 0, 'GM0394/welzijn/main', now(), ${SECRET}, 1),
      (1, 3, 'dismissed', ${SECRET}, ${SECRET}, 0, 'GM0394/welzijn/main', now(), NULL, 1)`.execute(db);
  await sql`INSERT INTO unreadable (number, detail, known_at, payload)
    VALUES (1, ${SECRET}, now(), '')`.execute(db);
  await sql`INSERT INTO verification (seconds, cases, faults)
    VALUES (1, 1, ${JSON.stringify([SECRET])}::jsonb)`.execute(db);
  await sql`INSERT INTO partition_position (partition, epoch, sequence, stored_at, known_at, revaluation)
    VALUES (0, 0, 1, now(), now(), ${JSON.stringify({ done: 7, caseId: SECRET })}::jsonb)`.execute(db);
  await sql`INSERT INTO closing (organisation, period, number, known_at, note)
    VALUES (1, '2025', 1, now(), ${SECRET})`.execute(db);
}

/** A case of €1 dated and known then, in ledger and totals, after {@link writeSecrets}. */
export async function writeCase(db: Kysely<Database>, date: string, knownAt: string): Promise<void> {
  await sql`INSERT INTO ledger (organisation, known_at, cause, revalued, event, sign, case_group, date,
      assessed, similar_cases, cost, factor, programme_version, line_groups, years, amounts, lows, highs, part,
      resident)
    VALUES (1, ${knownAt}::timestamptz, 1, false, 1, 1, 1, ${date}::date, true, 1, 0, 9000, 0, '{1}', '{0}',
      '{1000000}', '{1000000}', '{1000000}', ${partCode('new')}, ${SECRET})`.execute(db);
  await sql`INSERT INTO case_total (organisation, theme_group, month, registered, assessed, represented, cost,
      weighted_square, counted_square)
    VALUES (1, 1, date_trunc('month', ${date}::date), 1, 1, 1, 0, 0, 0)`.execute(db);
  await sql`INSERT INTO saving_total (organisation, theme_group, month, line_group, year, gross, corrected,
      counted_gross, counted_corrected, low, high)
    VALUES (1, 1, date_trunc('month', ${date}::date), 1, 0, 1000000, 9000000000, 1000000,
      9000000000, 9000000000, 9000000000)`.execute(db);
}
