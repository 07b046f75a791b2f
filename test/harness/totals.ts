/** What the tables say, and what they must say, in one form that compares and reads well. */
import type { Database } from '@effectstroom/database';
import { type Kysely, sql } from 'kysely';
import type { AuditedCase } from './audited-case.ts';
import type { Audit } from './auditor.ts';

/** The figures of each group, as text; groups in which nothing counts are left out. */
export type Totals = Record<string, string>;

/**
 * The totals that audited cases add up to. Amounts in micro-euros, corrected ones in their ten-thousandths.
 */
export function totalsOf(cases: readonly AuditedCase[]): Totals {
  const sums = new Map<string, bigint[]>();
  const add = (group: string, figures: bigint[]) => {
    const so = sums.get(group);
    sums.set(group, so === undefined ? figures : figures.map((figure, place) => figure + (so[place] ?? 0n)));
  };
  for (const { municipality, organisation, programme, theme, date, ...audited } of cases) {
    const group = `${municipality} ${organisation} ${programme} theme ${theme} ${date.slice(0, 7)}`;
    const similar = BigInt(audited.similarCases);
    const factor = BigInt(audited.factor);
    add(group, [1n, BigInt(audited.assessed), similar, audited.cost * similar]);
    for (const { costBearer, municipal, recurrence, values } of audited.lines)
      values.forEach((value, year) => {
        const figures = [value * similar, value * similar * factor, value, value * factor];
        add(`${group} ${costBearer} ${municipal} ${recurrence} ${year}`, figures);
      });
  }
  return asTotals([...sums].map(([group, figures]) => ({ group, figures: figures.map(String) })));
}

/** The running totals as they stand. */
export async function readTotals(db: Kysely<Database>): Promise<Totals> {
  const group = sql`concat_ws(' ', g.municipality, o.code, g.programme, 'theme', g.theme,
    to_char(t.month, 'YYYY-MM'))`;
  const { rows } = await sql<{ group: string; figures: string[] }>`
    SELECT ${group} AS group,
      ARRAY[sum(registered), sum(assessed), sum(represented), sum(cost)]::text[] AS figures
    FROM case_total t JOIN organisation o ON o.id = t.organisation
    JOIN theme_group g ON g.organisation = t.organisation AND g.id = t.theme_group GROUP BY 1
    UNION ALL
    SELECT concat_ws(' ', ${group}, l.cost_bearer, l.municipal::text, l.recurrence, t.year),
      ARRAY[sum(gross), sum(corrected), sum(counted_gross), sum(counted_corrected)]::text[]
    FROM saving_total t JOIN organisation o ON o.id = t.organisation
    JOIN theme_group g ON g.organisation = t.organisation AND g.id = t.theme_group
    JOIN line_group l ON l.organisation = t.organisation AND l.id = t.line_group GROUP BY 1`.execute(db);
  return asTotals(rows);
}

function asTotals(rows: readonly { group: string; figures: string[] }[]): Totals {
  const some = rows.filter(({ figures }) => figures.some((figure) => figure !== '0'));
  const sorted = some.map(({ group, figures }) => [group, figures.join(' ')] as const).sort();
  return Object.fromEntries(sorted);
}

/** How totals differ from what they must be, in sentences; none is right. */
export function totalFaults(are: Totals, must: Totals): string[] {
  return [...new Set([...Object.keys(are), ...Object.keys(must)])]
    .filter((group) => are[group] !== must[group])
    .map((group) => `${group} is ${are[group] ?? 'nothing'}, not ${must[group] ?? 'nothing'}`);
}

/** How the recorded and the quarantined events differ from what they must be, in sentences; none is right. */
export async function eventFaults(db: Kysely<Database>, expected: Audit): Promise<string[]> {
  const { rows } = await sql<{ identity: string; reason: string | null }>`
    SELECT concat_ws(' ', o.code, s.uri, e.id) AS identity, q.reason
    FROM event e JOIN organisation o ON o.id = e.organisation JOIN source s ON s.id = e.source
    LEFT JOIN quarantine q ON q.organisation = e.organisation AND q.number = e.number`.execute(db);
  const reasons = new Map(
    rows.flatMap(({ identity, reason }) => (reason === null ? [] : [[identity, reason]])),
  );
  const faults = expected.quarantine.flatMap(({ oneOf, reasons: allowed }) => {
    const found = oneOf.flatMap((identity) => reasons.get(identity) ?? []);
    for (const identity of oneOf) reasons.delete(identity);
    if (found.length === 1 && allowed.has(found[0] ?? '')) return [];
    return [
      `${oneOf.join(', ')}: quarantined as ${found.join() || 'nothing'}, not ${[...allowed].join(' or ')}`,
    ];
  });
  faults.push(
    ...[...reasons].map(([identity, reason]) => `${identity}: quarantined as ${reason} without reason`),
  );
  if (rows.length !== expected.events) faults.push(`${rows.length} events recorded, not ${expected.events}`);
  return [...faults, ...(await identityConflictFaults(db, expected))];
}

async function identityConflictFaults(db: Kysely<Database>, { identityConflicts }: Audit): Promise<string[]> {
  const { rows } = await sql<{ identity: string; conflicts: number }>`
    SELECT concat_ws(' ', o.code, q.payload::json->>'source', q.payload::json->>'id') AS identity,
      count(*)::integer AS conflicts
    FROM quarantine q JOIN organisation o ON o.id = q.organisation
    WHERE q.reason = 'identity-conflict' GROUP BY 1`.execute(db);
  const found = new Map(rows.map(({ identity, conflicts }) => [identity, conflicts]));
  return [...new Set([...found.keys(), ...identityConflicts.keys()])]
    .filter((identity) => found.get(identity) !== identityConflicts.get(identity))
    .map((identity) => {
      const [is, must] = [found.get(identity) ?? 0, identityConflicts.get(identity) ?? 0];
      return `${identity}: ${is} identity conflicts, not ${must}`;
    });
}
