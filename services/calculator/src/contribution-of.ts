/** From a judged event to what its case contributes. */
import { CASE_TYPES } from '@effectstroom/contracts';
import type { Contribution, ContributionLine, LineDimensions, LineGroup } from '@effectstroom/database';
import type { LineContribution } from '@effectstroom/valuation';
import type { GroupBook } from './group-book.ts';
import type { CaseEventRecord } from './resolve.ts';
import type { Judgement } from './settings-book.ts';

/** The event that counts, and what it is worth. */
export interface Counted {
  record: CaseEventRecord;
  judgement: Judgement;
}

const NOTHING: Contribution['lines'] = [];

/** What the counted event contributes; undefined for a withdrawn case. */
export function contributionOf(
  organisation: number,
  { record, judgement }: Counted,
  groups: GroupBook,
): Contribution | undefined {
  const { event, number } = record;
  if (event.type === CASE_TYPES.withdrawn) return undefined;
  const { valuation, programmeVersion, priceListVersion } = judgement;
  const { data } = event;
  return {
    event: number,
    group: groups.caseGroup(organisation, data),
    date: data.date,
    assessed: valuation !== undefined,
    similarCases: 'similarCases' in data ? data.similarCases : 0,
    cost: valuation?.cost ?? 0n,
    factor: valuation?.factor ?? 10_000,
    programmeVersion,
    priceListVersion,
    lines: valuation === undefined ? NOTHING : mergedLines(organisation, valuation.lines, groups),
  };
}

/** Lines of one group and year are added up: the ledger keeps one amount for them. */
export function mergedLines(
  organisation: number,
  lines: readonly LineContribution[],
  groups: GroupBook,
): ContributionLine[] {
  const merged: ContributionLine[] = [];
  for (const line of lines) {
    const { values, lows, highs } = line;
    const group = groups.lineGroup(organisation, dimensionsOf(line));
    for (let year = 0; year < values.length; year++) {
      const [amount = 0n, low = 0n, high = 0n] = [values[year], lows[year], highs[year]];
      const same = lineOf(merged, group, year);
      if (same === undefined) merged.push({ group, year, amount, low, high });
      else {
        same.amount += amount;
        same.low += low;
        same.high += high;
      }
    }
  }
  return merged.slice(); // without the room that a list keeps to grow: contributions stay in memory for a while
}

function lineOf(
  lines: readonly ContributionLine[],
  group: LineGroup,
  year: number,
): ContributionLine | undefined {
  for (const line of lines) if (line.group === group && line.year === year) return line;
  return undefined;
}

/** An amount that the event states is not told apart: there would be a group for every amount. */
function dimensionsOf(line: LineContribution): LineDimensions {
  const { costBearer, municipal, recurrence, effect, cashable, service } = line;
  const price = service === undefined ? undefined : line.line.price;
  return { costBearer, municipal, recurrence, effect, cashable, service, price };
}
