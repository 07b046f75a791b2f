/**
 * The combinations of dimensions that occur, each with a small number, so that a ledger entry names them in
 * four bytes. The tables only grow; a worker keeps the ids it has seen.
 */
import type { Kysely } from 'kysely';
import type { Database } from '../tables.ts';
import { DimensionIndex } from './dimension-index.ts';
import { groupKey, insertGroups, joinedDimensions, type Waiting } from './group-rows.ts';

/** A group's id is 0 until {@link Groups.assign} has given it one. */
interface ThemeGroup {
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

/** More combinations than a worker should keep in memory: beyond this they are read again. */
const GROUPS_KEPT_MAX = 500_000;

export class Groups {
  readonly #themeGroups = new DimensionIndex<ThemeGroup>();
  readonly #caseGroups = new DimensionIndex<CaseGroup>();
  readonly #lineGroups = new DimensionIndex<LineGroup>();
  #waitingThemes: Waiting[] = [];
  #waitingCases: { organisation: number; group: CaseGroup; dimensions: CaseDimensions }[] = [];
  #waitingLines: Waiting[] = [];

  /** The group of a case; the same object for the same dimensions. */
  caseGroup(organisation: number, dimensions: CaseDimensions): CaseGroup {
    const { municipality, programme, theme, goal, workType } = dimensions;
    const { targetGroup, supportType, team, area, wellbeing } = dimensions;
    const place = this.#caseGroups.place([
      organisation,
      municipality,
      programme,
      theme,
      goal,
      workType,
      targetGroup,
      supportType,
      team,
      area,
      wellbeing,
    ]);
    if (place.found !== undefined) return place.found;
    const group = { id: 0, themeGroup: this.#themeGroup(organisation, dimensions) };
    this.#caseGroups.put(place, group);
    this.#waitingCases.push({ organisation, group, dimensions });
    return group;
  }

  /** The group of an avoided line; the same object for the same dimensions. */
  lineGroup(organisation: number, dimensions: LineDimensions): LineGroup {
    const { costBearer, municipal, recurrence, effect, cashable, service, price } = dimensions;
    const ofPrice = service === undefined ? undefined : price;
    const place = this.#lineGroups.place([
      organisation,
      costBearer,
      municipal,
      recurrence,
      effect,
      cashable,
      service,
      ofPrice,
    ]);
    if (place.found !== undefined) return place.found;
    const group = { id: 0 };
    this.#lineGroups.put(place, group);
    const ofService = service === undefined ? [] : [service, price?.toString()];
    const key = groupKey(organisation, [
      ...[costBearer, String(municipal), recurrence, effect, cashable, ...ofService],
    ]);
    const columns = { cost_bearer: costBearer, municipal, recurrence, effect, cashable };
    const priced = { service, price: price?.toString() };
    this.#waitingLines.push({ group, organisation, key, columns: { ...columns, ...priced } });
    return group;
  }

  #themeGroup(organisation: number, dimensions: CaseDimensions): ThemeGroup {
    const { municipality, programme, theme, goal, workType } = dimensions;
    const place = this.#themeGroups.place([organisation, municipality, programme, theme, goal, workType]);
    if (place.found !== undefined) return place.found;
    const group = { id: 0 };
    this.#themeGroups.put(place, group);
    const key = groupKey(organisation, [municipality, programme, theme, goal, workType]);
    const columns = { municipality, programme, theme, goal, work_type: workType };
    this.#waitingThemes.push({ group, organisation, key, columns });
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
    key: joinedDimensions([String(group.themeGroup.id), targetGroup, supportType, team, area, wellbeing]),
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
