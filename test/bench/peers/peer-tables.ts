/**
 * The tables of those who are compared with the calculator: lean, with numbers for what cases have in common,
 * as a careful user would make them. What the calculator keeps besides is not asked of them: totals by year
 * and by source, ranges, squares, the parts of a change and what a resident's cases have in common.
 */
import type { Client } from 'pg';

const TABLES = `CREATE SCHEMA peer;
CREATE TABLE peer.event (
  id text PRIMARY KEY,
  case_id text NOT NULL,
  known_at timestamptz NOT NULL DEFAULT now(),
  payload text NOT NULL
);
CREATE TABLE peer.case_state (
  case_id text PRIMARY KEY,
  revision bigint NOT NULL,
  event text NOT NULL,
  contribution text NOT NULL
);
CREATE TABLE peer.ledger (
  known_at timestamptz NOT NULL DEFAULT now(),
  event text NOT NULL,
  sign smallint NOT NULL,
  theme_group integer NOT NULL,
  date date NOT NULL,
  similar_cases integer NOT NULL,
  cost bigint NOT NULL,
  factor integer NOT NULL,
  line_groups integer[] NOT NULL,
  years smallint[] NOT NULL,
  amounts numeric[] NOT NULL
);
CREATE INDEX ledger_date ON peer.ledger (date);
CREATE TABLE peer.case_total (
  theme_group integer NOT NULL,
  month date NOT NULL,
  assessed bigint NOT NULL,
  represented bigint NOT NULL,
  cost numeric NOT NULL,
  PRIMARY KEY (theme_group, month)
);
CREATE TABLE peer.saving_total (
  theme_group integer NOT NULL,
  month date NOT NULL,
  line_group integer NOT NULL,
  year smallint NOT NULL,
  gross numeric NOT NULL,
  corrected numeric NOT NULL,
  counted numeric NOT NULL,
  PRIMARY KEY (theme_group, month, line_group, year)
);`;

/** Makes them in an empty database. */
export async function makePeerTables(client: Client): Promise<void> {
  await client.query(TABLES);
}

/**
 * A figure counts only for work that adds up: as many cases as events, the totals those of the ledger, and
 * those that the cases come to when they are valued again.
 * @param grossOf a case's gross saving in micro-euros, by its id
 * @param recorded of the events: they stand in `peer.event`, or where else the peer keeps them
 * @throws Error where it does not
 */
export async function checkPeerWork(
  client: Client,
  grossOf: (caseId: string) => bigint,
  recorded = 'SELECT count(*) FROM peer.event',
): Promise<void> {
  const { rows: cases } = await client.query<{ id: string }>('SELECT case_id AS id FROM peer.case_state');
  const expected = cases.reduce((sum, { id }) => sum + grossOf(id), 0n);
  const { rows } = await client.query<
    Record<'events' | 'entries' | 'ledger' | 'totals' | 'assessed', string>
  >(
    `SELECT (${recorded})::text AS events, (SELECT count(*) FROM peer.ledger)::text AS entries,
      (SELECT coalesce(sum(sign * similar_cases * amount), 0)::text
        FROM peer.ledger, unnest(amounts) AS amount)
        AS ledger,
      (SELECT coalesce(sum(gross), 0)::text FROM peer.saving_total) AS totals,
      (SELECT coalesce(sum(assessed), 0)::text FROM peer.case_total) AS assessed`,
  );
  const [found] = rows;
  const right = {
    events: cases.length,
    entries: cases.length,
    ledger: expected,
    totals: expected,
    assessed: cases.length,
  };
  for (const [name, value] of Object.entries(right))
    if (found?.[name as keyof typeof found] !== String(value))
      throw new Error(
        `The work of a peer does not add up: ${name} ${found?.[name as keyof typeof found]}, not ${value}`,
      );
  if (cases.length === 0) throw new Error('A peer has done nothing');
}
