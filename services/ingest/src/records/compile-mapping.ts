import {
  CASE_FIELDS,
  type CaseFieldName,
  comparable,
  type Fault,
  type FieldRule,
  isColumnField,
  LINE_FIELDS,
  type LineFieldName,
  type Mapping,
  type MappingField,
  pointerTo,
  TOP_FIELDS,
} from '@effectstroom/contracts';
import { FieldReader, type FieldTable, placesOf } from './field-reader.ts';

/** A field of the case, or of one line, with its reader. */
export type CompiledField<Name extends string> = readonly [name: Name, reader: FieldReader];

/** One line that a row may hold. */
export interface CompiledLine {
  fields: readonly CompiledField<LineFieldName>[];
  /**
   * Readers of which one must find something, or the row does not hold the line: of its service and amount;
   * or of its quantity, where these are constants, as with a column of quantities per service. None: always
   * there.
   */
  fills: readonly FieldReader[];
}

/** A mapping made ready for the columns of one table. */
export interface CompiledMapping {
  mapping: Mapping;
  columns: readonly string[];
  municipality: FieldReader;
  programme: FieldReader;
  type: FieldReader | undefined;
  caseId: FieldReader;
  revision: FieldReader | undefined;
  /** All fields of the case but its identity and its follow-up. */
  fields: readonly CompiledField<CaseFieldName>[];
  followUp: { date: FieldReader; outcome: FieldReader } | undefined;
  lines: readonly CompiledLine[];
  /**
   * Places of the columns that are read, from 0, and of the cell after the last column: what stands elsewhere
   * need not be kept.
   */
  used: ReadonlySet<number>;
  /** Readers by their pointer in the event's `data`, but for those of the lines. */
  byPointer: ReadonlyMap<string, FieldReader>;
}

/** A compiled mapping, or every column that the table does not have. */
export type CompileResult =
  | { compiled: CompiledMapping; faults?: undefined }
  | { faults: Fault[]; compiled?: undefined };

const APART: ReadonlySet<string> = new Set(['caseId', 'revision', 'followUpDate', 'followUpOutcome']);

/** Makes a mapping ready for a table's columns. A field must find at least one of its columns. */
export function compileMapping(mapping: Mapping, columns: readonly string[]): CompileResult {
  const table: FieldTable = {
    columns,
    places: new Map(columns.map((column, place) => [comparable(column), place])),
    decimal: mapping.table.decimal,
  };
  const faults = fieldsOf(mapping).flatMap(([path, field]) => missingColumns(path, field, table));
  if (faults.length > 0) return { faults };
  const reader = (field: MappingField, rule: FieldRule) => new FieldReader(field, rule, table);
  const orConstant = (value: string | MappingField, rule: FieldRule) =>
    reader(typeof value === 'string' ? { constant: value } : value, rule);
  const { type } = mapping;
  const all = namedFields(mapping.case, CASE_FIELDS).map(
    ([name, field]) => [name, reader(field, CASE_FIELDS[name])] as const,
  );
  const readers = new Map<string, FieldReader>(all);
  const date = readers.get('followUpDate');
  const outcome = readers.get('followUpOutcome');
  const municipality = orConstant(mapping.municipality, TOP_FIELDS.municipality);
  const programme = orConstant(mapping.programme, TOP_FIELDS.programme);
  const caseId = readers.get('caseId') ?? reader(mapping.case.caseId, CASE_FIELDS.caseId);
  const used = fieldsOf(mapping).flatMap(([, field]) => placesOf(field, table));
  return {
    compiled: {
      mapping,
      columns,
      municipality,
      programme,
      type: type === undefined ? undefined : reader(type, TOP_FIELDS.type),
      caseId,
      revision: readers.get('revision'),
      fields: all.filter(([name]) => !APART.has(name)),
      followUp: date === undefined || outcome === undefined ? undefined : { date, outcome },
      used: new Set([...used, columns.length]),
      lines: mapping.lines.map((line) => compileLine(line, table)),
      byPointer: new Map([
        ...all.map(([name, one]) => [`/data/${name}`, one] as const),
        ...(date === undefined
          ? []
          : [['/data/followUp', date] as const, ['/data/followUp/date', date] as const]),
        ...(outcome === undefined ? [] : [['/data/followUp/outcome', outcome] as const]),
        ['/data/municipality', municipality],
        ['/data/programme', programme],
      ]),
    },
  };
}

function compileLine(line: Mapping['lines'][number], table: FieldTable): CompiledLine {
  const fields = namedFields(line, LINE_FIELDS).map(
    ([name, field]) => [name, new FieldReader(field, LINE_FIELDS[name], table)] as const,
  );
  const fromColumns = (names: readonly LineFieldName[]) =>
    fields.filter(([name, { columns }]) => names.includes(name) && columns.length > 0).map(([, one]) => one);
  const fills = fromColumns(['service', 'amount']);
  return { fields, fills: fills.length > 0 ? fills : fromColumns(['quantity']) };
}

/** The headers that a mapping names, each once: by these a table's row of headers is recognised. */
export function headersOf(mapping: Mapping): string[] {
  const headers = fieldsOf(mapping).flatMap(([, field]) => (isColumnField(field) ? field.column : []));
  return [...new Set(headers)];
}

/** Every field of a mapping with its path. */
function fieldsOf(mapping: Mapping): [path: (string | number)[], field: MappingField][] {
  const { municipality, programme, type, lines } = mapping;
  const fields: [(string | number)[], MappingField][] = [];
  if (typeof municipality !== 'string') fields.push([['municipality'], municipality]);
  if (typeof programme !== 'string') fields.push([['programme'], programme]);
  if (type !== undefined) fields.push([['type'], type]);
  for (const [name, field] of namedFields(mapping.case, CASE_FIELDS)) fields.push([['case', name], field]);
  for (const [i, line] of lines.entries()) {
    for (const [name, field] of namedFields(line, LINE_FIELDS)) fields.push([['lines', i, name], field]);
  }
  return fields;
}

function namedFields<Name extends string>(
  fields: { readonly [N in Name]?: MappingField },
  names: Readonly<Record<Name, unknown>>,
): [Name, MappingField][] {
  return (Object.keys(names) as Name[]).flatMap((name) => {
    const field = fields[name];
    return field === undefined ? [] : [[name, field] satisfies [Name, MappingField]];
  });
}

function missingColumns(path: (string | number)[], field: MappingField, table: FieldTable): Fault[] {
  if (!isColumnField(field) || placesOf(field, table).length > 0) return [];
  const detail = 'the table has no column of this name: correct the mapping, or table.headerRow in it';
  return [{ pointer: pointerTo([...path, 'column']), code: 'unknown-code', detail }];
}
