import { type Fault, pointerTo } from '../fault.ts';
import { comparable } from './mapping.ts';
import {
  CASE_FIELDS,
  type FieldRule,
  LINE_FIELDS,
  TEXT_KINDS,
  TOP_FIELDS,
  valueOfTarget,
} from './mapping-fields.ts';
import { MAPPING_LIMITS } from './mapping-schema.ts';

type Members = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What only goes with a column. */
const OF_COLUMN = ['values', 'others', 'default', 'prefix'] as const;
/** Fields that say which case it is: they stand in every row. */
const KEYS: ReadonlySet<string> = new Set(['caseId', 'revision']);

/**
 * Faults of a mapping as it was sent, against the rules that span fields. Takes any value: the rules are also
 * checked where single fields are wrong, so that one answer names all faults.
 */
export function mappingRuleFaults(code: string, body: unknown): Fault[] {
  if (!isMembers(body)) return [];
  const faults: Fault[] = [];
  if (typeof body['code'] === 'string' && body['code'] !== code) {
    faults.push({ pointer: '/code', code: 'mismatch', detail: 'must equal the code in the address' });
  }
  checkFields(body, TOP_FIELDS, [], faults);
  const { case: fields, lines } = body;
  if (isMembers(fields)) {
    checkFields(fields, CASE_FIELDS, ['case'], faults);
    checkPair(fields, 'followUpDate', 'followUpOutcome', ['case'], faults);
    checkPair(fields, 'followUpOutcome', 'followUpDate', ['case'], faults);
  }
  if (Array.isArray(lines)) {
    for (const [i, line] of lines.entries()) if (isMembers(line)) checkLine(line, ['lines', i], faults);
  }
  if (body['rows'] === 'line' && !(Array.isArray(lines) && lines.length > 0)) {
    const detail = 'required: with rows "line", lines says which columns make a line';
    faults.push({ pointer: '/lines', code: 'required', detail });
  }
  return faults;
}

function checkLine(line: Members, path: Path, faults: Fault[]): void {
  checkFields(line, LINE_FIELDS, path, faults);
  if (line['service'] === undefined && line['amount'] === undefined) {
    const detail = 'required: a line has a service, or else an amount with its costBearer';
    faults.push({ pointer: pointerTo([...path, 'service']), code: 'required', detail });
  }
  if (line['service'] === undefined) checkPair(line, 'amount', 'costBearer', path, faults);
  checkPair(line, 'quantity', 'service', path, faults);
  checkPair(line, 'years', 'recurrence', path, faults);
}

/** A fault where `name` is mapped and the field that it needs is not. */
function checkPair(fields: Members, name: string, needed: string, path: Path, faults: Fault[]): void {
  if (fields[name] === undefined || fields[needed] !== undefined) return;
  const detail = `required: ${name} needs ${needed}`;
  faults.push({ pointer: pointerTo([...path, needed]), code: 'required', detail });
}

function checkFields(
  fields: Members,
  rules: Readonly<Record<string, FieldRule>>,
  path: Path,
  faults: Fault[],
): void {
  for (const [name, rule] of Object.entries(rules)) {
    const field = fields[name];
    if (isMembers(field)) checkField(field, name, rule, [...path, name], faults);
  }
}

function checkField(field: Members, name: string, rule: FieldRule, path: Path, faults: Fault[]): void {
  const { column, constant } = field;
  const report = (member: string, code: Fault['code'], detail: string) => {
    faults.push({ pointer: pointerTo([...path, member]), code, detail });
  };
  if (constant === undefined && column === undefined) {
    report('column', 'required', 'required: a column, or else a constant');
  }
  if (constant !== undefined) {
    for (const member of ['column', ...OF_COLUMN]) {
      if (field[member] !== undefined) report(member, 'not-allowed', 'not allowed beside a constant');
    }
  }
  if (KEYS.has(name)) {
    for (const member of ['constant', 'default']) {
      if (field[member] !== undefined) {
        report(member, 'not-allowed', `${name} differs per case: it comes from a column`);
      }
    }
  }
  if (field['others'] !== undefined && field['values'] === undefined) {
    report('others', 'not-allowed', 'only allowed with values');
  }
  if (field['prefix'] !== undefined && !TEXT_KINDS.has(rule.kind)) {
    report('prefix', 'not-allowed', 'only allowed for fields that are texts');
  }
  checkColumns(column, path, faults);
  checkTarget(constant, rule, [...path, 'constant'], faults);
  checkTarget(field['default'], rule, [...path, 'default'], faults);
  if (isMembers(field['values'])) checkValues(field['values'], rule, [...path, 'values'], faults);
}

function checkColumns(column: unknown, path: Path, faults: Fault[]): void {
  if (!Array.isArray(column)) return;
  const seen = new Set<string>();
  for (const [i, header] of column.entries()) {
    if (typeof header !== 'string') continue;
    if (seen.has(comparable(header))) {
      const detail = 'must differ from the other headers of the list';
      faults.push({ pointer: pointerTo([...path, 'column', i]), code: 'duplicate', detail });
    }
    seen.add(comparable(header));
  }
}

function checkValues(values: Members, rule: FieldRule, path: Path, faults: Fault[]): void {
  const entries = Object.entries(values);
  if (entries.length > MAPPING_LIMITS.values) {
    const detail = `must have at most ${MAPPING_LIMITS.values} values`;
    faults.push({ pointer: pointerTo(path), code: 'length', detail });
  }
  const seen = new Set<string>();
  for (const [value, target] of entries) {
    const pointer = pointerTo([...path, value]);
    const key = comparable(value);
    if (key === '' || value.length > MAPPING_LIMITS.textLength) {
      const detail = `must be a text of 1 to ${MAPPING_LIMITS.textLength} characters; empty cells get default`;
      faults.push({ pointer, code: 'length', detail });
    } else if (seen.has(key)) {
      faults.push({ pointer, code: 'duplicate', detail: 'must differ from the other values' });
    }
    seen.add(key);
    checkTarget(target, rule, [...path, value], faults);
  }
}

/** What a field gets must be what an event may have there. */
function checkTarget(target: unknown, rule: FieldRule, path: Path, faults: Fault[]): void {
  if (typeof target !== 'string' && typeof target !== 'number') return;
  const checked = rule.schema.safeParse(valueOfTarget(rule.kind, String(target)));
  const issue = checked.error?.issues[0];
  if (issue !== undefined) faults.push({ pointer: pointerTo(path), code: 'format', detail: issue.message });
}
