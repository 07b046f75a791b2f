/** What a price list that was sent makes of the list as it is known here. Pure. */
import {
  checkPriceList,
  disappearingPrices,
  mergedPriceList,
  type PriceList,
  type PriceListPreview,
  type PriceListQuery,
  priceListChanges,
} from '@effectstroom/contracts';
import { ProblemError } from '@effectstroom/runtime';
import { refusal } from '../request.ts';

export interface PriceListPlan extends Omit<PriceListPreview, 'ignored'> {
  list: PriceList;
}

const UNKNOWN = 'no price list of this code is known here, though there may be one of before it was kept';
const UNKNOWN_FILE =
  `${UNKNOWN}: this file would take its place, with all its editions. Send it with removes=true where the list ` +
  'is new or the file holds all of it, or send the whole list as JSON';

/** A list in JSON takes the place of the whole list. */
export function planOfJson(list: PriceList, before: PriceList | undefined): PriceListPlan {
  return before === undefined
    ? { list, changes: null, disappearing: null, says: UNKNOWN }
    : { ...changesOf(before, list), says: null };
}

/**
 * A file adds the editions that it holds, or replaces them; with `replace` it is the whole list. Throws a
 * problem, 400, where both together are no price list, as with too many editions.
 */
export function planOfFile(
  file: PriceList,
  before: PriceList | undefined,
  { replace }: Pick<PriceListQuery, 'replace'>,
): PriceListPlan {
  if (before === undefined) return { list: file, changes: null, disappearing: null, says: UNKNOWN_FILE };
  const { settings, faults } =
    replace === 'true' ? { settings: file } : checkPriceList(file.code, mergedPriceList(before, file));
  if (settings === undefined) throw refusal(faults);
  const plan = changesOf(before, settings);
  const prices = plan.disappearing === 1 ? '1 price disappears' : `${plan.disappearing} prices disappear`;
  const says =
    plan.disappearing === 0
      ? null
      : `${prices}, and cases without a price count no more: send it with removes=true where that is meant`;
  return { ...plan, says };
}

/** Throws a problem, 409, where prices would disappear, or might, and that was not said to be meant. */
export function checkRemoves(
  { disappearing, says }: PriceListPlan,
  { removes }: Pick<PriceListQuery, 'removes'>,
): void {
  if (says !== null && removes !== 'true') throw new ProblemError(409, says, {}, { disappearing });
}

function changesOf(before: PriceList, list: PriceList): Omit<PriceListPlan, 'says'> {
  const changes = priceListChanges(before, list);
  return { list, changes, disappearing: disappearingPrices(changes) };
}
