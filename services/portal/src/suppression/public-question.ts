/** Which questions a reader may ask who may not see small numbers. */
import {
  type Dimension,
  type Fault,
  FaultsError,
  lastDayOfMonth,
  type SavingsQuery,
} from '@effectstroom/contracts';
import type { FastifyRequest } from 'fastify';
import { requireDetail } from './detail.ts';
import type { JudgedQuestion } from './judge.ts';

/** Every dimension more leaves fewer cases in a group, and more tables to compare it with. */
const DIMENSIONS_MAX = 4;

const NEEDS_DETAIL = 'a key without the scope detail';

/**
 * Whole months only, because periods that differ by a day tell the cases of that day; and few dimensions.
 * @throws FaultsError naming every fault
 */
export function checkPublicQuestion(query: JudgedQuestion & { from: string; to: string }): void {
  const faults: Fault[] = wholeMonthFaults(query);
  const named = new Set([...query.groupBy, ...(Object.keys(query.filters) as Dimension[])]);
  named.delete('municipality');
  if (named.size > DIMENSIONS_MAX) {
    const detail = `${NEEDS_DETAIL} may group by and filter on ${DIMENSIONS_MAX} dimensions at most, besides municipality`;
    faults.push({ pointer: '/groupBy', code: 'range', detail });
  }
  if (faults.length > 0) throw new FaultsError(faults);
}

/** Other prices divide a group by its services, which are not judged. @throws ProblemError 403 */
export function checkPublicPrices(request: FastifyRequest, { prices }: SavingsQuery): void {
  if (prices !== undefined) requireDetail(request, '"prices" tells services apart');
}

/** The faults of a period that does not consist of whole months. */
function wholeMonthFaults({ from, to }: { from: string; to: string }): Fault[] {
  const faults: Fault[] = [];
  if (!from.endsWith('-01'))
    faults.push({
      pointer: '/from',
      code: 'range',
      detail: `must be the first day of a month for ${NEEDS_DETAIL}`,
    });
  if (to !== lastDayOfMonth(to))
    faults.push({
      pointer: '/to',
      code: 'range',
      detail: `must be the last day of a month for ${NEEDS_DETAIL}`,
    });
  return faults;
}
