/** Tells from the plan of a statement whether each worker could do its share alone. Pure. */
import { DISTRIBUTED, ON_COORDINATOR } from './distribution.ts';

/** A node of EXPLAIN (FORMAT JSON, VERBOSE): conditions are texts whose columns are qualified. */
export interface PlanNode {
  'Node Type': string;
  Operation?: string;
  'Relation Name'?: string;
  Alias?: string;
  'Parent Relationship'?: string;
  Plans?: readonly PlanNode[];
  [other: string]: unknown;
}

/**
 * What is joined together. What is worked out by itself first (a CTE, a branch of a UNION) has a level of
 * its own.
 */
interface Level {
  /** Names of tables by their aliases. */
  tables: Map<string, string>;
  /** Columns, parameters and values that are the same. */
  equal: [string, string][];
  /** Aliases of rows that are changed or removed. */
  changed: Set<string>;
}

const CONDITIONS = ['Hash Cond', 'Merge Cond', 'Join Filter', 'Index Cond', 'Recheck Cond', 'Filter'];
const BRANCHES: ReadonlySet<string> = new Set(['Append', 'Merge Append', 'SetOp', 'Recursive Union']);
const EQUALITY = /(\w+\.\w+) = (\w+\.\w+\b|\$\d+\b|\d+\b)/g;

/** Why a statement would not be local to an organisation, in sentences; none where it is. */
export function localityFaults(plan: PlanNode): string[] {
  const levels: Level[] = [];
  visit(plan, newLevel(levels), levels);
  return levels.flatMap(faultsOf);
}

function newLevel(levels: Level[]): Level {
  const level: Level = { tables: new Map(), equal: [], changed: new Set() };
  levels.push(level);
  return level;
}

function visit(node: PlanNode, level: Level, levels: Level[]): void {
  const { 'Relation Name': table, Alias: alias, Operation: operation } = node;
  const isTarget = node['Node Type'] === 'ModifyTable';
  if (table !== undefined && alias !== undefined && !isTarget) level.tables.set(alias, table);
  if (isTarget && alias !== undefined && operation !== 'Insert') level.changed.add(alias);
  for (const name of CONDITIONS) {
    const condition = node[name];
    if (typeof condition !== 'string') continue;
    for (const [, one = '', other = ''] of condition.matchAll(EQUALITY)) level.equal.push([one, other]);
  }
  level.equal.push(...passedOn(node));
  const isBranching = BRANCHES.has(node['Node Type']);
  for (const child of node.Plans ?? []) {
    const isApart = isBranching || child['Parent Relationship'] === 'InitPlan';
    visit(child, isApart ? newLevel(levels) : level, levels);
  }
}

/** A subquery has the organisation of the rows that it is made of, by its own alias. */
function passedOn({ 'Node Type': type, Alias: alias, Plans: [inner] = [] }: PlanNode): [string, string][] {
  const output = inner?.['Output'];
  if (type !== 'Subquery Scan' || alias === undefined || !Array.isArray(output)) return [];
  const owners = output.filter((column) => /^\w+\.organisation$/.test(String(column)));
  return owners.length === 1 ? [[organisationOf(alias), String(owners[0])]] : [];
}

function faultsOf({ tables, equal, changed }: Level): string[] {
  const of = classes(equal);
  const distributed = [...tables].filter(([, table]) => DISTRIBUTED.has(table));
  const onCoordinator = [...tables.values()].filter((table) => ON_COORDINATOR.has(table));
  const together = new Set(distributed.map(([alias]) => of.get(organisationOf(alias)) ?? alias));
  const names = distributed
    .map(([alias, table]) => (alias === table ? table : `${table} ${alias}`))
    .join(', ');
  const faults: string[] = [];
  if (together.size > 1) faults.push(`joins without organisation = organisation: ${names}`);
  if (distributed.length > 0 && onCoordinator.length > 0)
    faults.push(`joins ${names} with what only the coordinator has: ${onCoordinator.join(', ')}`);
  for (const alias of changed)
    if (DISTRIBUTED.has(tables.get(alias) ?? '') && !of.has(organisationOf(alias)))
      faults.push(`changes ${tables.get(alias)} of organisations that it does not name`);
  return faults;
}

function organisationOf(alias: string): string {
  return `${alias}.organisation`;
}

/** For each column that is made equal to something: one name for all that are equal to it. */
function classes(equal: readonly [string, string][]): Map<string, string> {
  const of = new Map<string, string>();
  for (const [one, other] of equal) {
    const [into, gone] = [of.get(one) ?? one, of.get(other) ?? other];
    of.set(one, into).set(other, into);
    for (const [column, name] of of) if (name === gone) of.set(column, into);
  }
  return of;
}
