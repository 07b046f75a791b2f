/** A price list as the table that people keep of it. */
import type { SentPriceList } from '../harness/sent.ts';

export interface PriceLists extends Omit<SentPriceList, 'editions'> {
  code?: string;
  note?: string;
  editions: {
    from: string;
    priceLevel?: number;
    source?: string;
    items: Record<string, string | number | undefined>[];
  }[];
}

const DUTCH: readonly (readonly [header: string, member: string])[] = [
  ['Dienst', 'service'],
  ['Naam', 'name'],
  ['Eenheid', 'unit'],
  ['Prijs', 'price'],
  ['Kostenhouder', 'costBearer'],
  ['Soort', 'kind'],
  ['Prijspeil', 'priceLevel'],
  ['Bron', 'source'],
  ['Verzilverbaar', 'cashable'],
  ['Vanaf', 'from'],
];

/** The rows of all editions below the given members, each as text; a price as it stands in the list. */
export function rowsOf({ editions }: PriceLists, members: readonly string[]): string[][] {
  return editions.flatMap(({ from, priceLevel, source, items }) =>
    items.map((item) => {
      const all: Record<string, string | number | undefined> = { from, priceLevel, source, ...item };
      return members.map((member) => String(all[member] ?? ''));
    }),
  );
}

/** CSV as a Dutch spreadsheet saves it: `;`, a decimal comma, days first. */
export function dutchCsv(list: PriceLists): string {
  const members = DUTCH.map(([, member]) => member);
  const rows = rowsOf(list, members).map((row) =>
    row.map((cell, column) => {
      if (members[column] === 'price') return cell.replace('.', ',');
      if (members[column] === 'from') return cell.split('-').reverse().join('-');
      return `"${cell.replaceAll('"', '""')}"`;
    }),
  );
  return [DUTCH.map(([header]) => header), ...rows].map((row) => row.join(';')).join('\r\n');
}
