import { CASE_TYPES, type CaseType } from '@effectstroom/contracts';
import type { SourceRow } from '../tables/table.ts';
import type { CellFault, CellPlace } from './cell-fault.ts';
import type { CompiledMapping } from './compile-mapping.ts';
import type { Value } from './convert-cell.ts';
import type { FieldReader } from './field-reader.ts';
import { keyOf } from './key-of.ts';
import { placeInLine, type ReadLine, readLines } from './read-lines.ts';

/** A case as its rows say it: the `data` of an event that is still to be checked as one. */
export interface CaseDraft {
  type: CaseType;
  /** Without `revision` where the mapping has none. */
  data: Record<string, unknown>;
  /** The cell that a pointer into the event, such as `/data/avoided/0/service`, got its value from. */
  originOf(pointer: string): CellPlace | undefined;
}

/** The draft, or every cell that cannot be read. */
export type ReadResult =
  | { draft: CaseDraft; faults?: undefined }
  | { faults: CellFault[]; draft?: undefined };

/** Fields that only an assessed case has. */
const OF_ASSESSED: ReadonlySet<string> = new Set(['similarCases', 'cost']);

/**
 * Reads one case from its rows, at least one, all with the same key. Where a row is a whole case, more rows
 * must say the same. Where a row is a line, the fields of the case must not differ between its rows, and the
 * lines get an order of their own: the same rows in another order give the same draft.
 */
export function readCase(compiled: CompiledMapping, rows: readonly SourceRow[]): ReadResult {
  const [first, ...others] = rows;
  if (first === undefined) throw new Error('a case has at least one row');
  if (compiled.mapping.rows === 'line' || others.length === 0) return readRows(compiled, rows);
  const results = rows.map((row) => readRows(compiled, [row]));
  const faults = results.flatMap((result) => result.faults ?? []);
  const said = results.map(({ draft }) => JSON.stringify([draft?.type, draft?.data]));
  const detail = `must say the same as row ${first.row}, which is of the same case and revision`;
  for (const [i, row] of others.entries()) {
    if (faults.length > 0 || said[i + 1] === said[0]) continue;
    const place = compiled.caseId.placeIn(row);
    if (place !== undefined) faults.push({ ...place, code: 'mismatch', detail });
  }
  const [result] = results;
  return faults.length > 0 || result === undefined ? { faults } : result;
}

function readRows(compiled: CompiledMapping, rows: readonly SourceRow[]): ReadResult {
  const faults: CellFault[] = [];
  const [first] = rows;
  const key = first === undefined ? { faults } : keyOf(compiled, first);
  if (key.faults !== undefined) return { faults: key.faults };
  const data: Record<string, unknown> = {};
  set(data, 'municipality', readShared(compiled.municipality, rows, faults));
  data['organisation'] = compiled.mapping.organisation;
  set(data, 'programme', readShared(compiled.programme, rows, faults));
  data['caseId'] = key.caseId;
  set(data, 'revision', key.revision);
  const said = compiled.type === undefined ? undefined : readShared(compiled.type, rows, faults);
  const lines = said === undefined || said === 'assessed' ? readLines(compiled.lines, rows, faults) : [];
  const type = typeOf(compiled, said, lines.length > 0);
  if (type === undefined) {
    faults.push(...unknownType(compiled, rows));
    return { faults };
  }
  readFields(compiled, type, rows, data, faults);
  if (type === CASE_TYPES.assessed) data['avoided'] = lines.map(({ line }) => line);
  if (faults.length > 0) return { faults };
  return { draft: { type, data, originOf: (pointer) => originOf(compiled, rows, lines, pointer) } };
}

function typeOf(compiled: CompiledMapping, said: Value | undefined, hasLines: boolean): CaseType | undefined {
  if (compiled.type === undefined || said === undefined) {
    return hasLines ? CASE_TYPES.assessed : CASE_TYPES.registered;
  }
  if (said === 'registered' || said === 'assessed' || said === 'withdrawn') return CASE_TYPES[said];
  return undefined;
}

function unknownType({ type }: CompiledMapping, rows: readonly SourceRow[]): CellFault[] {
  const place = rows[0] === undefined ? undefined : type?.placeIn(rows[0]);
  const detail = 'must be registered, assessed or withdrawn: translate it with values in the mapping';
  return place === undefined ? [] : [{ ...place, code: 'unknown-value', detail }];
}

/**
 * The fields of the case that its type has. Of a withdrawn one only the reason: it counts nothing, and what
 * is wrong with the rest must not keep it.
 */
function readFields(
  { fields, followUp }: CompiledMapping,
  type: CaseType,
  rows: readonly SourceRow[],
  data: Record<string, unknown>,
  faults: CellFault[],
): void {
  const isWithdrawn = type === CASE_TYPES.withdrawn;
  for (const [name, reader] of fields) {
    if (isWithdrawn !== (name === 'reason')) continue;
    if (OF_ASSESSED.has(name) && type !== CASE_TYPES.assessed) continue;
    set(data, name, readShared(reader, rows, faults));
  }
  if (followUp === undefined || isWithdrawn) return;
  const said: Record<string, unknown> = {};
  set(said, 'date', readShared(followUp.date, rows, faults));
  set(said, 'outcome', readShared(followUp.outcome, rows, faults));
  if (Object.keys(said).length > 0) data['followUp'] = said;
}

/** A field that all rows of a case share: empty in some is allowed, different is not. */
function readShared(reader: FieldReader, rows: readonly SourceRow[], faults: CellFault[]): Value | undefined {
  let found: { value: Value; row: SourceRow } | undefined;
  for (const row of rows) {
    const value = reader.read(row, faults);
    if (value === undefined) continue;
    if (found === undefined) found = { value, row };
    else if (found.value !== value) {
      const place = reader.placeIn(row);
      const detail = `must not differ from row ${found.row.row}, which is of the same case`;
      if (place !== undefined) faults.push({ ...place, code: 'mismatch', detail });
    }
  }
  return found === undefined ? reader.otherwise : found.value;
}

function originOf(
  compiled: CompiledMapping,
  rows: readonly SourceRow[],
  lines: readonly ReadLine[],
  pointer: string,
): CellPlace | undefined {
  const ofLine = placeInLine(lines, pointer);
  if (ofLine !== undefined) return ofLine;
  const reader = compiled.byPointer.get(pointer) ?? (pointer === '' ? compiled.caseId : undefined);
  const row = rows.find((one) => reader !== undefined && !reader.isEmptyIn(one)) ?? rows[0];
  return row === undefined ? undefined : reader?.placeIn(row);
}

function set(data: Record<string, unknown>, name: string, value: Value | undefined): void {
  if (value !== undefined) data[name] = value;
}
