import type { Fault } from '../fault.ts';
import { code as codeSchema } from '../fields.ts';
import { LIMITS } from '../limits.ts';
import { personalDataFaults } from '../personal-data/personal-data-faults.ts';
import { faultsOfIssues } from '../zod-faults.ts';
import type { ColumnField, Mapping, MappingField } from './mapping.ts';
import { CASE_FIELDS, LINE_FIELDS } from './mapping-fields.ts';
import { mappingRuleFaults } from './mapping-rules.ts';
import { mappingSchema, type SentMapping, type SentMappingField } from './mapping-schema.ts';

/** The mapping as it is kept, or every fault of it. */
export type MappingResult =
  | { mapping: Mapping; faults?: undefined }
  | { faults: Fault[]; mapping?: undefined };

const NONE: ReadonlySet<string> = new Set();

/**
 * Checks and normalises a mapping: its code in the address and the body that was sent. Never throws; the
 * faults name no value. An equal mapping gives equal JSON, and a normalised one passes again.
 */
export function checkMapping(code: string, body: unknown): MappingResult {
  const checked = mappingSchema.safeParse(body);
  const faults = checked.success ? [] : faultsOfIssues(checked.error.issues, body, NONE);
  const pointers = new Set(faults.map((fault) => fault.pointer));
  faults.unshift(...addressFaults(code));
  faults.push(...mappingRuleFaults(code, body).filter(({ pointer }) => !pointers.has(pointer)));
  faults.push(...personalDataFaults(body));
  if (faults.length > 0 || !checked.success) return { faults };
  const mapping = normaliseMapping(code, checked.data);
  if (Buffer.byteLength(JSON.stringify(mapping)) <= LIMITS.settingsBytes) return { mapping };
  const detail = `must be at most ${LIMITS.settingsBytes} bytes: translate fewer values`;
  return { faults: [{ pointer: '', code: 'length', detail }] };
}

/** Faults of the address stand at the body's root: there is no pointer into a URL. */
function addressFaults(code: string): Fault[] {
  const checked = codeSchema.safeParse(code);
  const faults: Fault[] = checked.success ? [] : faultsOfIssues(checked.error.issues, code, NONE);
  return [...faults, ...personalDataFaults(code)].map((fault) => ({
    pointer: '',
    code: fault.code,
    detail: `code in the address: ${fault.detail}`,
  }));
}

function normaliseMapping(code: string, sent: SentMapping): Mapping {
  const { caseId, date, theme } = sent.case;
  return {
    code,
    name: sent.name,
    municipality: constantOrField(sent.municipality),
    organisation: sent.organisation,
    programme: constantOrField(sent.programme ?? 'main'),
    source: sent.source,
    table: normaliseTable(sent.table ?? {}),
    rows: sent.rows,
    ...(sent.type === undefined ? {} : { type: normaliseField(sent.type) }),
    case: {
      ...fieldsInOrder(sent.case, CASE_FIELDS),
      caseId: columnField(caseId),
      date: normaliseField(date),
      theme: normaliseField(theme),
    },
    lines: (sent.lines ?? []).map((line) => fieldsInOrder(line, LINE_FIELDS)),
  };
}

function constantOrField(sent: string | SentMappingField): string | MappingField {
  return typeof sent === 'string' ? sent : normaliseField(sent);
}

/** The fields that are there, in the order of `names`. */
function fieldsInOrder<Name extends string>(
  sent: { [N in Name]?: SentMappingField | undefined },
  names: Readonly<Record<Name, unknown>>,
): Partial<Record<Name, MappingField>> {
  const fields: Partial<Record<Name, MappingField>> = {};
  for (const name of Object.keys(names) as Name[]) {
    const field = sent[name];
    if (field !== undefined) fields[name] = normaliseField(field);
  }
  return fields;
}

function normaliseField(sent: SentMappingField): MappingField {
  return sent.constant === undefined ? columnField(sent) : { constant: String(sent.constant) };
}

function columnField(sent: SentMappingField): ColumnField {
  const { column = [], values, others, prefix } = sent;
  const field: ColumnField = {
    column: Array.isArray(column) && column.length === 1 ? column.join() : column,
  };
  if (values !== undefined) {
    const entries = Object.entries(values).map(([value, target]) => [value, String(target)] as const);
    field.values = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  if (others !== undefined) field.others = others;
  if (sent.default !== undefined) field.default = String(sent.default);
  if (prefix !== undefined) field.prefix = prefix;
  return field;
}

function normaliseTable(sent: NonNullable<SentMapping['table']>): Mapping['table'] {
  const table: Mapping['table'] = {};
  if (sent.sheet !== undefined) table.sheet = sent.sheet;
  if (sent.headerRow !== undefined) table.headerRow = sent.headerRow;
  if (sent.delimiter !== undefined) table.delimiter = sent.delimiter;
  if (sent.encoding !== undefined) table.encoding = sent.encoding;
  if (sent.decimal !== undefined) table.decimal = sent.decimal;
  return table;
}
