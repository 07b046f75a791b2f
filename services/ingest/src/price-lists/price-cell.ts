/** Cells of a table of prices as the members of an item. */
import { Misfit } from '../records/cell-fault.ts';
import { type Converter, converterOf, textOfCell } from '../records/convert-cell.ts';
import { plain } from '../records/header-words.ts';
import type { PriceField } from './price-columns.ts';

const EITHER = new Misfit('ambiguous', 'thousands or decimals? Write two decimals: 1234,00 or 1.234,00');
/** What may stand for each, as `plain` writes it; anything else is for the contract to refuse. */
const CASHABLE: Readonly<Record<string, readonly string[]>> = {
  cash: ['cash', 'ja', 'verzilverbaar', 'geld'],
  capacity: ['capacity', 'capaciteit'],
  none: ['none', 'nee', 'niet verzilverbaar', 'niet', 'geen'],
};

const money = converterOf('money', undefined);

/** How the cells of a field become its value. */
export const PRICE_CONVERTERS: Readonly<Record<PriceField, Converter>> = {
  from: converterOf('date', undefined),
  service: converterOf('text', undefined),
  name: converterOf('text', undefined),
  unit: converterOf('text', undefined),
  price: (cell) => {
    const value = money(cell);
    return value instanceof Misfit && value.code === 'ambiguous' ? EITHER : value;
  },
  costBearer: converterOf('text', undefined),
  kind: converterOf('slug', undefined),
  priceLevel: converterOf('count', undefined),
  source: converterOf('text', undefined),
  cashable: (cell) => {
    const word = plain(textOfCell(cell));
    return Object.keys(CASHABLE).find((value) => CASHABLE[value]?.includes(word)) ?? word;
  },
};
