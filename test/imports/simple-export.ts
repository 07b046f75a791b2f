/** A simple export of invented cases, one row each, and its mapping. */

export const SOURCE = 'urn:nld:kvknr:41224547:systeem:regix';

/** The mapping of `exportOf`. */
export function mappingOf(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const levels = { Zeker: 'certain', Waarschijnlijk: 'probable', Misschien: 'possible' };
  return {
    name: 'Hulpvragen',
    municipality: 'GM0394',
    organisation: 'meerwaarde',
    source: SOURCE,
    rows: 'case',
    case: {
      caseId: { column: 'Casusnummer', prefix: 'h-' },
      date: { column: 'Datum' },
      theme: { column: 'Thema' },
    },
    lines: [
      {
        service: { column: 'Dienst' },
        quantity: { column: 'Aantal' },
        likelihood: { column: 'Kans', values: levels },
        contribution: { constant: 'certain' },
      },
    ],
    ...changes,
  };
}

export interface InventedRow {
  number: number;
  date?: string;
  theme?: string;
  service?: string;
  quantity?: string;
  likelihood?: string;
}

export const HEADER = 'Casusnummer;Datum;Thema;Dienst;Aantal;Kans;Opmerking';

const LEVELS = ['Zeker', 'Waarschijnlijk', 'Misschien'];

/** An invented row: the same number gives the same. */
export function invented(number: number): Required<InventedRow> {
  return {
    number,
    date: `${String((number % 28) + 1).padStart(2, '0')}-${String((number % 12) + 1).padStart(2, '0')}-2021`,
    theme: number % 3 === 0 ? '1' : '3',
    service: number % 2 === 0 ? 'begeleiding' : 'huisarts',
    quantity: `${(number % 40) + 1},5`,
    likelihood: LEVELS[number % 3] ?? 'Zeker',
  };
}

export function lineOf(row: InventedRow): string {
  const { number, date, theme, service, quantity, likelihood } = { ...invented(row.number), ...row };
  return `${number};${date};${theme};${service};${quantity};${likelihood};tekst die niemand nodig heeft`;
}

/** The export of rows as text. */
export function exportOf(rows: readonly InventedRow[]): string {
  return `${[HEADER, ...rows.map(lineOf)].join('\r\n')}\r\n`;
}

/** Numbers as rows. */
export function numbered(from: number, to: number): InventedRow[] {
  return Array.from({ length: to - from }, (_, i) => ({ number: from + i }));
}
