/** A price list that arrives as a table: CSV or XLSX. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPriceList, type PriceList, type PriceListQuery } from '@effectstroom/contracts';
import { ProblemError } from '@effectstroom/runtime';
import { faultsProblem } from '../parse.ts';
import { openTable } from '../tables/open-table.ts';
import { TableFault } from '../tables/table.ts';
import { tableKindOf } from '../tables/table-kind.ts';
import { PRICE_HEADERS } from './price-columns.ts';
import { type PlacedFault, type PricesRead, readPrices } from './read-prices.ts';

export interface PriceListFile {
  list: PriceList;
  /** Headers of the columns that are not read. */
  ignored: string[];
}

/**
 * The price list in a file. Throws a problem, 400, where it is no table, or naming all faults, each with its
 * row and column.
 */
export async function readPriceListFile(
  code: string,
  bytes: Buffer,
  { name, note, from }: PriceListQuery,
): Promise<PriceListFile> {
  const { editions, faults, places, ignored } = await pricesIn(bytes, from);
  const body = { ...(name !== undefined && { name }), ...(note !== undefined && { note }), editions };
  const checked = checkPriceList(code, body);
  const all = [...faults, ...newFaults(checked.faults ?? [], { faults, places })];
  if (checked.settings !== undefined && all.length === 0) return { list: checked.settings, ignored };
  const inOrder = all.toSorted((one, other) => (one.row ?? 0) - (other.row ?? 0));
  throw faultsProblem(400, 'this price list is not taken: see errors', inOrder);
}

/** The table readers want a file: it is there for as long as it is read. */
async function pricesIn(bytes: Buffer, from: string | undefined): Promise<PricesRead> {
  const folder = await mkdtemp(join(tmpdir(), 'effectstroom-prices-'));
  try {
    const file = join(folder, 'prices');
    await writeFile(file, bytes, { mode: 0o600 });
    const table = await openTable(file, await tableKindOf(file), {}, PRICE_HEADERS);
    return await readPrices(table, from);
  } catch (error) {
    if (error instanceof TableFault) throw new ProblemError(400, error.message, {}, { code: error.code });
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The faults of the contract with their cells, but those of what was not read: its own fault says more. */
function newFaults(
  found: readonly PlacedFault[],
  { faults, places }: Pick<PricesRead, 'faults' | 'places'>,
): PlacedFault[] {
  const said = new Set(faults.map(({ pointer }) => pointer));
  const withoutDate = said.has('/from');
  return found
    .filter(({ pointer }) => !said.has(pointer) && !(withoutDate && /^\/editions\/\d+\/from$/.test(pointer)))
    .map((fault) => {
      const place = places.get(fault.pointer);
      if (place !== undefined) return { ...fault, ...place };
      if (fault.pointer !== '/name') return fault;
      return { ...fault, detail: 'give the name of the list in the address: ?name=…' };
    })
    .filter((fault) => 'row' in fault || !/^\/editions\/\d+\/items\/\d+\//.test(fault.pointer));
}
