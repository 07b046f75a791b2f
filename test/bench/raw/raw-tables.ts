/**
 * What one might keep instead of totals: the cases themselves, asked anew with SQL at every look. Once as
 * JSON, valued while it is asked, and once as a row for each line and year, valued beforehand. Both with an
 * index on what is mostly asked for.
 */
import type { PriceList, Programme } from '@effectstroom/contracts';
import type { Client } from 'pg';

/** Settings as tables: what SQL over JSON joins with. */
const SETTINGS = `CREATE SCHEMA raw;
CREATE TABLE raw.price (list text, "from" date, service text, price numeric,
  PRIMARY KEY (list, service, "from"));
CREATE TABLE raw.programme (
  municipality text, organisation text, programme text, list text, following integer,
  PRIMARY KEY (municipality, organisation, programme));
CREATE TABLE raw.factor (municipality text, organisation text, programme text, theme text, "from" date,
  factor numeric);`;

/** Each assessed case as its newest event says it. */
const CASES = `CREATE TABLE raw.cases AS
SELECT payload->'data'->>'municipality' AS municipality, (payload->'data'->>'date')::date AS date,
  payload->'data' AS data
FROM (SELECT e.payload::jsonb AS payload FROM case_state s
  JOIN event e ON e.organisation = s.organisation AND e.number = s.counted
  WHERE s.state = 'assessed') AS newest;
CREATE INDEX ON raw.cases (municipality, date);`;

/**
 * Each line and year of each case, with the factor in force on the case's date. Rounded once, as the contract
 * says.
 */
const LINES_OF_CASES = `
  raw.cases AS c
  JOIN raw.programme AS p ON p.municipality = c.municipality AND p.organisation = c.data->>'organisation'
    AND p.programme = coalesce(c.data->>'programme', 'main')
  CROSS JOIN LATERAL (SELECT f.factor FROM raw.factor AS f
    WHERE f.municipality = p.municipality AND f.organisation = p.organisation AND f.programme = p.programme
      AND f."from" <= c.date AND (f.theme IS NULL OR f.theme = c.data->>'theme')
    ORDER BY f.theme NULLS LAST, f."from" DESC LIMIT 1) AS factor
  CROSS JOIN LATERAL jsonb_array_elements(c.data->'avoided') AS line
  LEFT JOIN LATERAL (SELECT price FROM raw.price AS q
    WHERE q.list = p.list AND q.service = line->>'service' AND q."from" <= c.date
    ORDER BY q."from" DESC LIMIT 1) AS priced ON true
  CROSS JOIN LATERAL (SELECT
    coalesce((line->>'amount')::numeric, priced.price * coalesce((line->>'quantity')::numeric, 1))
      * raw.percentage(line->>'likelihood') * raw.percentage(line->>'contribution')
      * (100 - coalesce((line->>'deadweight')::numeric, 0))
      * (100 - coalesce((line->>'displacement')::numeric, 0)) * 0.00000001 AS first_year) AS valued
  CROSS JOIN LATERAL generate_series(0, CASE WHEN line->>'recurrence' = 'yearly'
    THEN coalesce((line->>'years')::integer - 1, p.following) ELSE 0 END) AS k
  CROSS JOIN LATERAL (SELECT round(first_year * (1 - coalesce((line->>'dropOff')::numeric, 0) * 0.01) ^ k, 6)
    * (c.data->>'similarCases')::integer AS gross) AS amount`;

const PERCENTAGE = `CREATE FUNCTION raw.percentage(level text) RETURNS numeric IMMUTABLE LANGUAGE sql RETURN
  CASE level WHEN 'certain' THEN 100 WHEN 'probable' THEN 70 WHEN 'possible' THEN 35
    ELSE coalesce(level, '100')::numeric END;`;

const LINES = `CREATE TABLE raw.lines AS
SELECT c.municipality, c.date, c.data->>'theme' AS theme, k AS year, gross, gross * factor AS corrected
FROM ${LINES_OF_CASES};
CREATE INDEX ON raw.lines (municipality, date);`;

/** What is asked: corrected savings by theme, of some days and of a municipality or everywhere. */
export const RECOMPUTE = {
  jsonb: `SELECT c.data->>'theme' AS theme, round(sum(gross * factor), 2)::text AS corrected
    FROM ${LINES_OF_CASES}
    WHERE c.date BETWEEN $1 AND $2 AND ($3::text IS NULL OR c.municipality = $3) GROUP BY 1 ORDER BY 1`,
  lines: `SELECT theme, round(sum(corrected), 2)::text AS corrected FROM raw.lines
    WHERE date BETWEEN $1 AND $2 AND ($3::text IS NULL OR municipality = $3) GROUP BY 1 ORDER BY 1`,
} as const;

/**
 * Makes them from what is recorded, with the newest settings. @throws Error where those know more than the
 * SQL does
 */
export async function makeRawTables(client: Client): Promise<void> {
  await client.query(SETTINGS + PERCENTAGE);
  const priceLists = await newestSettings<PriceList>(client, 'price-list');
  const programmes = await newestSettings<Programme>(client, 'programme');
  const rows = {
    price: priceLists.flatMap(({ code, editions }) =>
      editions.flatMap(({ from, items }) =>
        items.map(({ service, price }) => ({ list: code, from, service, price })),
      ),
    ),
    programme: programmes.map((one) => ({
      ...addressOf(one),
      list: one.priceList,
      following: followingOf(one),
    })),
    factor: programmes.flatMap((one) =>
      one.correctionFactors.map((factor) => ({ ...addressOf(one), theme: null, ...factor })),
    ),
  };
  for (const [table, values] of Object.entries(rows))
    await client.query(
      `INSERT INTO raw.${table} SELECT * FROM jsonb_populate_recordset(NULL::raw.${table}, $1)`,
      [JSON.stringify(values)],
    );
  for (const made of [CASES, LINES]) {
    await client.query(made);
    await client.query('VACUUM (ANALYZE)');
  }
}

async function newestSettings<Settings>(client: Client, kind: string): Promise<Settings[]> {
  const { rows } = await client.query<{ body: Settings }>(
    'SELECT DISTINCT ON (key) body FROM settings WHERE kind = $1 ORDER BY key, number DESC',
    [kind],
  );
  return rows.map(({ body }) => body);
}

function addressOf({ municipality, organisation, programme }: Programme) {
  return { municipality, organisation, programme };
}

function followingOf({ followingYears, scale, discountRate }: Programme): number {
  const [years] = followingYears;
  if (years === undefined || followingYears.length + scale.length !== 2 || discountRate !== undefined)
    throw new Error('The SQL knows no scale, discount rate or following years of a date');
  return years.years;
}
