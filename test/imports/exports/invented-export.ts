import { CASE_TYPES, type CaseType, type Mapping } from '@effectstroom/contracts';

/** A case as it is invented: what an event says of it, without what the export's mapping gives. */
export interface InventedCase {
  type: keyof typeof CASE_TYPES;
  data: { caseId: string; revision: number } & Record<string, unknown>;
}

/** A row that must be refused, with every cell that is named for it. */
export interface RefusedRow {
  row: number;
  /** Columns and codes; none where the row is refused because of another row of its case. */
  faults: { column: string; code: string }[];
}

/** What a generator makes. */
export interface InventedExport {
  file: Buffer;
  cases: InventedCase[];
  refused: RefusedRow[];
}

/**
 * An event of an invented case: written from the case. Of the mapping only the constants of all cases are
 * used.
 */
export function eventOf({ type, data }: InventedCase, mapping: Mapping) {
  const { municipality, organisation, programme, source } = mapping;
  const eventType: CaseType = CASE_TYPES[type];
  return {
    specversion: '1.0',
    id: `${data.caseId}-${data.revision}`,
    source,
    type: eventType,
    time: '2022-01-10T09:00:00Z',
    data: { municipality, organisation, programme, ...data },
  };
}

/** `2021-03-07` → `7-3-2021`. */
export function dutchDate(date: string): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${day}-${month}-${year}`;
}

/** `1250.50` → `1.250,50`. */
export function dutchNumber(decimal: string): string {
  const [whole = '', decimals] = decimal.split('.');
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, '.');
  return decimals === undefined ? grouped : `${grouped},${decimals}`;
}

/** `items` in an order that is drawn, each at most `distance` places from its own. */
export function shuffled<T>(items: readonly T[], distance: number, below: (limit: number) => number): T[] {
  const keyed = items.map((item, place) => ({ item, key: place + below(distance) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
