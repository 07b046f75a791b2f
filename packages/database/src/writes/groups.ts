/**
 * The combinations of dimensions that occur, each with a small number, so that a ledger entry names them in
 * four bytes. The tables only grow; a worker keeps the ids it has seen.
 */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../tables.ts';

/** A group's id is 0 until {@link Groups.assign} has given it one. */
export interface ThemeGroup {
  id: number;
}

export interface CaseGroup {
  id: number;
  themeGroup: ThemeGroup;
}

export interface LineGroup {
  id: number;
}

export interface CaseDimensions {
  municipality: string;
  programme: string;
  theme: string;
  goal?: string | undefined;
  workType?: string | undefined;
  targetGroup?: string | undefined;
  supportType?: string | undefined;
  team?: string | undefined;
  area?: string | undefined;
  wellbeing?: string | undefined;
}

export interface LineDimensions {
  costBearer: string;
  municipal: boolean;
  recurrence: string;
  effect?: string | undefined;
  cashable?: string | undefined;
  /** Absent where the event states the amount. */
  service?: string | undefined;
  /** Unit price in micro-euros; with a service. */
  price?: bigint | undefined;
}

interface Waiting {
  group: { id: number };
  organisation: number;
  key: string;
  /** The row's other columns, by name. */
  columns: Record<string, string | number | boolean | undefined>;
}

/** More combinations than a worker should keep in memory: beyond this they are read again. */
const GROUPS_KEPT_MAX = 500_000;

export class Groups {
  readonly #themeGroups = new Map<string, ThemeGroup>();
  readonly #caseGroups = new Map<string, CaseGroup>();
  readonly #lineGroups = new Map<string, LineGroup>();
  #waitingThemes: Waiting[] = [];
  #waitingCases: { organisation: number; group: CaseGroup; dimensions: CaseDimensions }[] = [];
  #waitingLines: Waiting[] = [];

  /** The group of a case; the same object for the same dimensions. */
  caseGroup(organisation: number, dimensions: CaseDimensions): CaseGroup {
    const { municipality, programme, theme, goal, workType } = dimensions;
    const { targetGroup, supportType, team, area, wellbeing } = dimensions;
    const ofTheme = [municipality, programme, theme, goal, workType];
    const key = keyOf(organisation, [...ofTheme, targetGroup, supportType, team, area, wellbeing]);
    let group = this.#caseGroups.get(key);
    if (group === undefined) {
      group = { id: 0, themeGroup: this.#themeGroup(organisation, dimensions) };
      this.#caseGroups.set(key, group);
      this.#waitingCases.push({ organisation, group, dimensions });
    }
    return group;
  }

  /** The group of an avoided line; the same object for the same dimensions. */
  lineGroup(organisation: number, dimensions: LineDimensions): LineGroup {
    const { costBearer, municipal, recurrence, effect, cashable, service, price } = dimensions;
    const ofService = service === undefined ? [] : [service, price?.toString()];
    const key = keyOf(organisation, [
      ...[costBearer, String(municipal), recurrence, effect, cashable, ...ofService],
    ]);
    let group = this.#lineGroups.get(key);
    if (group === undefined) {
      group = { id: 0 };
      this.#lineGroups.set(key, group);
      const columns = { cost_bearer: costBearer, municipal, recurrence, effect, cashable };
      const ofPrice = { service, price: price?.toString() };
      this.#waitingLines.push({ group, organisation, key, columns: { ...columns, ...ofPrice } });
    }
    return group;
  }

  #themeGroup(organisation: number, dimensions: CaseDimensions): ThemeGroup {
    const { municipality, programme, theme, goal, workType } = dimensions;
    const key = keyOf(organisation, [municipality, programme, theme, goal, workType]);
    let group = this.#themeGroups.get(key);
    if (group === undefined) {
      group = { id: 0 };
      this.#themeGroups.set(key, group);
      const columns = { municipality, programme, theme, goal, work_type: workType };
      this.#waitingThemes.push({ group, organisation, key, columns });
    }
    return group;
  }

  /**
   * Gives every new group its id, in a transaction of its own: the tables only grow, so an id that is never
   * used does no harm, and no lock on them is held while a batch is applied.
   */
  async assign(db: Kysely<Database>): Promise<void> {
    if (this.#waitingThemes.length > 0) await insertGroups(db, 'theme_group', this.#waitingThemes);
    this.#waitingThemes = [];
    if (this.#waitingCases.length > 0) await insertGroups(db, 'case_group', this.#waitingCases.map(caseRow));
    this.#waitingCases = [];
    if (this.#waitingLines.length > 0) await insertGroups(db, 'line_group', this.#waitingLines);
    this.#waitingLines = [];
    for (const groups of [this.#themeGroups, this.#caseGroups, this.#lineGroups])
      if (groups.size > GROUPS_KEPT_MAX) groups.clear();
  }
}

function keyOf(organisation: number, values: (string | undefined)[]): string {
  return `${organisation}\u001f${joined(values)}`;
}

/** Values as one text. None holds a control character; a value that is absent differs from one that is empty. */
function joined(values: (string | undefined)[]): string {
  let text = '';
  for (const value of values) text += value === undefined ? '\u001f' : `${value}\u001e\u001f`;
  return text;
}

function caseRow({
  organisation,
  group,
  dimensions,
}: {
  organisation: number;
  group: CaseGroup;
  dimensions: CaseDimensions;
}): Waiting {
  const { targetGroup, supportType, team, area, wellbeing } = dimensions;
  return {
    group,
    organisation,
    key: joined([String(group.themeGroup.id), targetGroup, supportType, team, area, wellbeing]),
    columns: {
      theme_group: group.themeGroup.id,
      target_group: targetGroup,
      support_type: supportType,
      team,
      area,
      wellbeing,
    },
  };
}

async function insertGroups(db: Kysely<Database>, table: string, waiting: readonly Waiting[]): Promise<void> {
  const rows = JSON.stringify(
    waiting.map(({ organisation, key, columns }) => ({ organisation, key, ...columns })),
  );
  const names = sql.join(
    ['organisation', 'key', ...Object.keys(waiting[0]?.columns ?? {})].map((name) => sql.ref(name)),
  );
  const target = sql.table(table);
  // Ordered, so that workers that add the same groups at once wait for one another in one order.
  await sql`INSERT INTO ${target} (${names})
    SELECT ${names} FROM jsonb_populate_recordset(NULL::${target}, ${rows}::jsonb)
    ORDER BY organisation, key ON CONFLICT (organisation, key) DO NOTHING`.execute(db);
  const found = await sql<{ place: bigint; id: number }>`SELECT k.place, g.id
    FROM jsonb_array_elements(${rows}::jsonb) WITH ORDINALITY AS k(row, place)
    JOIN ${target} g ON g.organisation = (k.row->>'organisation')::integer AND g.key = k.row->>'key'`.execute(
    db,
  );
  for (const { place, id } of found.rows) {
    const entry = waiting[Number(place) - 1];
    if (entry !== undefined) entry.group.id = id;
  }
  if (waiting.some(({ group }) => group.id === 0)) throw new Error(`A new ${table} got no id`);
}
