import type { Fault } from '@effectstroom/contracts';
import type { CaseDraft } from '../records/read-case.ts';
import type { SourceRow } from '../tables/table.ts';
import type { CellFault } from './report-file.ts';

/** Brings faults of an event back to the cells that it was read from. */
export function cellFaults(
  faults: readonly Fault[],
  rows: readonly SourceRow[],
  draft: CaseDraft | undefined,
): CellFault[] {
  const first = rows[0]?.row ?? 0;
  return faults.map(({ pointer, code, detail }) => {
    const origin = originOf(pointer, draft);
    return origin === undefined ? rowFault(first, code, detail) : { ...origin, code, detail };
  });
}

/** The cell of a place in the event, or of the smallest part around it that has one. */
function originOf(pointer: string, draft: CaseDraft | undefined): ReturnType<CaseDraft['originOf']> {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const origin = draft?.originOf(at);
    if (origin !== undefined) return origin;
  }
  return undefined;
}

/** A fault of no one cell. */
export function rowFault(row: number, code: string, detail: string): CellFault {
  return { row, cell: '', column: '', code, detail };
}
