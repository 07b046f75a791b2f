/** How the lines of an assessed case were valued, under the settings that its ledger entry names. */
import type {
  AssessedData,
  AvoidedLine,
  CaseHistoryLine,
  PriceList,
  Programme,
} from '@effectstroom/contracts';
import { inForce, type LineContribution, valueCase } from '@effectstroom/valuation';
import { exactGross } from '../euros.ts';

/**
 * Values the case again, as the calculator did: the same event and the same settings give the same amounts.
 * @param programme body of the recorded programme
 * @param priceList body of the recorded price list, where the programme has one
 * @returns no lines where a later version of the arithmetic no longer values it
 */
export function valuedLines(data: AssessedData, programme: unknown, priceList: unknown): CaseHistoryLine[] {
  const prices = priceList as PriceList | undefined;
  const valuation = valueCase(data, programme as Programme, prices);
  if ('reason' in valuation) return [];
  return data.avoided.map((line, place) => {
    const valued = valuation.lines[place];
    if (valued === undefined) throw new Error('A valuation has fewer lines than its case');
    return lineAnswer(line, valued, editionOf(line, data.date, prices));
  });
}

function lineAnswer(
  line: AvoidedLine,
  valued: LineContribution,
  edition: CaseHistoryLine['edition'],
): CaseHistoryLine {
  const { deadweight, displacement, dropOff, service, quantity } = line;
  const { costBearer, municipal, recurrence, effect, cashable } = valued;
  const { price, likelihood, contribution } = valued.line;
  return {
    service: service ?? null,
    price: exactGross(price),
    quantity: quantity ?? '1',
    edition,
    ...{ likelihood, contribution, deadweight, displacement, dropOff },
    ...{ costBearer, municipal, recurrence },
    effect: effect ?? null,
    cashable: cashable ?? null,
    years: valued.values.map(exactGross),
  };
}

/** The edition of the price list that gave the price; an item's own source says more than the edition's. */
function editionOf(
  { service }: AvoidedLine,
  date: string,
  prices: PriceList | undefined,
): CaseHistoryLine['edition'] {
  if (service === undefined || prices === undefined) return null;
  const edition = inForce(prices.editions, date);
  if (edition === undefined) return null;
  const item = edition.items.find((one) => one.service === service);
  return {
    from: edition.from,
    priceLevel: item?.priceLevel ?? edition.priceLevel ?? null,
    source: item?.source ?? edition.source ?? null,
  };
}
