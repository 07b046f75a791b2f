/** In which order a figure is walked down, where nothing else is asked. */
import {
  type Dimension,
  type ExplainLevel,
  type ExplainQuery,
  type ExplainStep,
  isDimension,
  isInsideCase,
} from '@effectstroom/contracts';
import type { ChosenGroup } from '@effectstroom/database';

const USUAL = ['municipality', 'organisation', 'programme', 'theme', 'goal'] as const;

/** What the parts under the last step are; undefined where there is nothing below. */
export function partsBy({ question, figure, path, by }: ExplainQuery): ExplainLevel | undefined {
  const last = path.at(-1)?.level;
  // What a case costs is one amount: it has no lines.
  if (last === 'case') return figure === 'cost' ? undefined : 'line';
  if (last === 'line') return 'lineYear';
  if (last === 'lineYear') return undefined;
  if (by !== undefined) return by;
  const chosen = new Set<string>([...Object.keys(question.filters), ...path.map(({ level }) => level)]);
  return USUAL.find((level) => !chosen.has(level)) ?? 'case';
}

/** The steps down to a group of cases, and those inside a case. */
export function splitPath(path: readonly ExplainStep[]): { groups: ChosenGroup[]; inside: ExplainStep[] } {
  return {
    groups: path.flatMap(({ level, value }) => (isDimension(level) ? [{ level, value }] : [])),
    inside: path.filter(({ level }) => isInsideCase(level)),
  };
}

/** Whether the answer names cases. */
export function namesCases(query: ExplainQuery): boolean {
  return partsBy(query) === 'case' || query.path.some(({ level }) => isInsideCase(level));
}

/** Filters that choose the groups, as far as they have a value; and the dimensions in which they have none. */
export function chosenBy(
  { question }: ExplainQuery,
  groups: readonly ChosenGroup[],
): { filters: Partial<Record<Dimension, string>>; without: Dimension[] } {
  const filters = { ...question.filters };
  for (const { level, value } of groups) if (value !== null) filters[level] = value;
  return { filters, without: groups.filter(({ value }) => value === null).map(({ level }) => level) };
}

/** The organisation that the question is about, where it is about one. */
export function organisationAsked({ question, path }: ExplainQuery): string | undefined {
  const inside = path.find(({ level }) => level === 'case')?.value?.split('/')[0];
  const step = path.find(({ level }) => level === 'organisation')?.value ?? undefined;
  return inside ?? question.filters.organisation ?? step;
}
