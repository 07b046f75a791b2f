/** What came of the cases that were followed up. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';
import { claimedLines, countedCases } from './guards-percentages.ts';
import { eventOf, type GuardQuestion, guardScope } from './guards-scope.ts';

/** A follow-up tells most so many months after the case's date. */
export const FOLLOW_UP_MONTHS = { least: 6, most: 12 } as const;

export type FollowUpGroup = 'theme' | 'goal' | 'team';

export interface Outcomes {
  stayedAway: number;
  partly: number;
  usedAnyway: number;
}

export interface FollowUpCell {
  /** Undefined for the whole. */
  group: (string | null)[] | undefined;
  assessed: number;
  inTime: Outcomes;
  tooEarly: Outcomes;
  tooLate: Outcomes;
  /** Mean over the cases followed in time of the mean of their lines, in percent; null for none. */
  likelihood: string | null;
}

type Count = `${'early' | 'time' | 'late'}_${'stayed' | 'partly' | 'used'}`;

interface Row extends Record<Count, number> {
  g0: string | null;
  g1: string | null;
  whole: number;
  assessed: number;
  likelihood: string | null;
}

const COLUMNS = {
  theme: [sql`theme`, sql`NULL::text`],
  goal: [sql`theme`, sql`goal`],
  team: [sql`code`, sql`team`],
} as const;

/** The members that name a group, in the order of its values. */
export const FOLLOW_UP_MEMBERS = {
  theme: ['theme'],
  goal: ['theme', 'goal'],
  team: ['organisation', 'team'],
} as const satisfies Record<FollowUpGroup, readonly string[]>;

/** The outcomes of follow-ups by group, and of the whole. Run it in one snapshot. */
export async function readFollowUps(
  db: Kysely<Database>,
  question: GuardQuestion,
  groupBy: FollowUpGroup,
): Promise<FollowUpCell[]> {
  const scoped = await guardScope(db, question);
  const [g0, g1] = COLUMNS[groupBy];
  const counts = (['early', 'time', 'late'] as const).flatMap((when) =>
    (['stayed', 'partly', 'used'] as const).map(
      (outcome) => sql`count(*)
        FILTER (WHERE timing = ${sql.lit(when)} AND outcome = ${sql.lit(WORDS[outcome])})::integer
        AS ${sql.ref(`${when}_${outcome}`)}`,
    ),
  );
  const day = sql`(c.data -> 'followUp' ->> 'date')::date`;
  const timing = sql`CASE
    WHEN ${day} < c.date + make_interval(months => ${FOLLOW_UP_MONTHS.least}) THEN 'early'
    WHEN ${day} > c.date + make_interval(months => ${FOLLOW_UP_MONTHS.most}) THEN 'late' ELSE 'time' END`;
  const { rows } = await sql<Row>`
    WITH ${countedCases(scoped)},
    -- Few cases are followed up: looking for the word first saves reading the others.
    followed AS MATERIALIZED (SELECT c.*, c.data -> 'followUp' ->> 'outcome' AS outcome, ${timing} AS timing
      FROM (SELECT counted.*, e.payload::jsonb -> 'data' AS data FROM counted
        CROSS JOIN ${eventOf('e', sql`counted.organisation`, sql`counted.event`)}
        WHERE e.payload LIKE '%"followUp"%') AS c
      WHERE c.data ? 'followUp'),
    claimed AS (SELECT c.organisation, c.event, avg(x.a) AS likelihood
      FROM followed c ${claimedLines()} WHERE c.timing = 'time' GROUP BY c.organisation, c.event),
    grouped AS (SELECT ${g0} AS g0, ${g1} AS g1, timing, outcome, likelihood
      FROM counted LEFT JOIN (SELECT organisation, event, timing, outcome FROM followed) AS f
        USING (organisation, event)
      LEFT JOIN claimed USING (organisation, event))
    SELECT g0, g1, grouping(g0) AS whole, count(*)::integer AS assessed, ${sql.join(counts)},
      round(avg(likelihood), 6)::text AS likelihood
    FROM grouped GROUP BY GROUPING SETS ((g0, g1), ())
    ORDER BY whole, g0 COLLATE "C", g1 COLLATE "C" NULLS LAST`.execute(db);
  return rows.map((row) => ({
    group: row.whole > 0 ? undefined : [row.g0, row.g1].slice(0, FOLLOW_UP_MEMBERS[groupBy].length),
    ...{ assessed: row.assessed, likelihood: row.likelihood },
    ...{
      inTime: outcomesOf(row, 'time'),
      tooEarly: outcomesOf(row, 'early'),
      tooLate: outcomesOf(row, 'late'),
    },
  }));
}

const WORDS = { stayed: 'stayed-away', partly: 'partly', used: 'used-anyway' } as const;

function outcomesOf(row: Row, when: 'early' | 'time' | 'late'): Outcomes {
  return {
    stayedAway: row[`${when}_stayed`],
    partly: row[`${when}_partly`],
    usedAnyway: row[`${when}_used`],
  };
}
