/** Running totals of a whole country, straight into the tables: what the exporter reads for its figures. */
import { connect, migrate } from '@effectstroom/database';
import { sql } from 'kysely';

/** Municipalities of the Netherlands, about; each with one organisation. */
const MUNICIPALITIES = 342;
const COST_BEARERS = 5;
const RECURRENCES = ['one-off', 'yearly'];

/** Series of savings for each combination of labels: gross and corrected, this year and last. */
const SERIES_EACH = 4;

/** Series of savings that so many themes give. */
export function savingsSeries(themes: number): number {
  return MUNICIPALITIES * themes * COST_BEARERS * RECURRENCES.length * SERIES_EACH;
}

/**
 * Fills an empty database: each theme, cost bearer and recurrence has a saving in each month of two years.
 */
export async function fillCountry(url: string, themes: number): Promise<void> {
  const db = connect({ url, applicationName: 'bench', connectionsMax: 1 });
  try {
    await migrate(db);
    await sql`INSERT INTO organisation (code)
      SELECT 'organisation-' || n FROM generate_series(1, ${sql.lit(MUNICIPALITIES)}) AS n`.execute(db);
    await sql`INSERT INTO theme_group (organisation, key, municipality, programme, theme)
      SELECT id, 'theme ' || n, 'GM' || lpad(id::text, 4, '0'), 'main', n::text
      FROM organisation, generate_series(1, ${sql.lit(themes)}) AS n`.execute(db);
    await sql`INSERT INTO line_group (organisation, key, cost_bearer, municipal, recurrence)
      SELECT id, n || recurrence, 'cost-bearer-' || n, n <= 2, recurrence
      FROM organisation, generate_series(1, ${sql.lit(COST_BEARERS)}) AS n,
        unnest(${RECURRENCES}::text[]) AS recurrence`.execute(db);
    const months = sql`generate_series(date_trunc('year', now()) - interval '1 year',
      date_trunc('month', now()), interval '1 month') AS month`;
    await sql`INSERT INTO case_total
        (organisation, theme_group, month, registered, assessed, represented, cost,
          weighted_square, counted_square)
      SELECT organisation, id, month::date, 10, 9, 30, 0, 0, 0 FROM theme_group, ${months}`.execute(db);
    await sql`INSERT INTO saving_total (organisation, theme_group, month, line_group, year,
        gross, corrected, counted_gross, counted_corrected, low, high)
      SELECT t.organisation, t.id, month::date, l.id, 0,
        1234567890123 + t.id, (1234567890123 + t.id) * 9000::numeric, 0, 0, 0, 0
      FROM theme_group t JOIN line_group l ON l.organisation = t.organisation, ${months}`.execute(db);
    await sql`VACUUM ANALYZE`.execute(db);
  } finally {
    await db.destroy();
  }
}
