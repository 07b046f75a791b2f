import { CASE_FIELDS, holdsBsn, holdsPersonalData } from '@effectstroom/contracts';
import { isEmptyCell, type SourceRow } from '../tables/table.ts';
import { type CellFault, type CellFaultCode, placeOf } from './cell-fault.ts';
import type { CompiledMapping } from './compile-mapping.ts';
import type { FieldReader } from './field-reader.ts';

/** What case a row belongs to: rows with the same of both go together. */
export type CaseKey =
  | { caseId: string; revision?: number; faults?: undefined }
  | { faults: CellFault[]; caseId?: undefined; revision?: undefined };

const BSN = 'holds a citizen service number (BSN): export a number of the case instead';
const PERSON = 'holds a name, telephone number or e-mail address: export a number of the case instead';

/**
 * The case that a row belongs to, checked as an event's is. A row of a CSV file with more cells than there
 * are columns belongs to none: its cells may have shifted.
 */
export function keyOf(compiled: CompiledMapping, row: SourceRow): CaseKey {
  const faults: CellFault[] = [];
  const { columns } = compiled;
  if (!isEmptyCell(row.cells[columns.length])) {
    const detail = 'more cells than columns: put a text that holds the delimiter between quotes';
    faults.push({ ...placeOf(row.row, columns.length, columns), code: 'too-many-cells', detail });
  }
  const caseId = readCaseId(compiled.caseId, row, faults);
  if (compiled.revision === undefined) {
    return caseId === undefined || faults.length > 0 ? { faults } : { caseId };
  }
  const revision = compiled.revision.read(row, faults);
  if (faults.length === 0 && typeof revision !== 'number') {
    report(compiled.revision, row, 'required', 'must give the revision, as every row does', faults);
  }
  if (caseId === undefined || typeof revision !== 'number' || faults.length > 0) return { faults };
  return { caseId, revision };
}

function readCaseId(reader: FieldReader, row: SourceRow, faults: CellFault[]): string | undefined {
  const before = faults.length;
  const value = reader.read(row, faults);
  if (faults.length > before) return undefined;
  if (value === undefined) {
    report(reader, row, 'required', 'must name the case', faults);
    return undefined;
  }
  const caseId = String(value);
  const { success, error } = CASE_FIELDS.caseId.schema.safeParse(caseId);
  if (!success) report(reader, row, 'format', error.issues[0]?.message ?? '', faults);
  else if (holdsBsn(caseId)) report(reader, row, 'bsn', BSN, faults);
  else if (holdsPersonalData(caseId)) report(reader, row, 'personal-data', PERSON, faults);
  return faults.length > before ? undefined : caseId;
}

function report(
  reader: FieldReader,
  row: SourceRow,
  code: CellFaultCode,
  detail: string,
  faults: CellFault[],
): void {
  const place = reader.placeIn(row);
  if (place !== undefined) faults.push({ ...place, code, detail });
}
