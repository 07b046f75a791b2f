import { CASE_FIELDS, type LineFieldName } from '@effectstroom/contracts';
import { isEmptyCell, type SourceRow } from '../tables/table.ts';
import { textOfCell } from './convert-cell.ts';
import { type CaseColumns, caseColumns, lineColumns, plain } from './header-words.ts';
import { isPersonalColumn } from './personal-columns.ts';
import {
  type DraftField,
  proposeField,
  proposeThemeAndGoal,
  type SampledColumn,
  sampleColumn,
} from './propose-field.ts';
import { translate } from './value-words.ts';

/** What is known of the export beside its rows. */
export interface ProposalGiven {
  municipality?: string | undefined;
  organisation?: string | undefined;
  source?: string | undefined;
  programme?: string | undefined;
}

/** A draft of a mapping's body, and what a person must still look at, in Dutch. */
export interface MappingProposal {
  mapping: Record<string, unknown>;
  questions: string[];
}

type Lines = readonly ReadonlyMap<LineFieldName, number>[];

const DECIMAL_FIELDS: ReadonlySet<string> = new Set(['amount', 'quantity']);

/**
 * Proposes a mapping from the headers and first rows of an export, as Dutch registration systems make them.
 * What looks like data of persons is left out and named in the questions.
 */
export function proposeMapping(
  columns: readonly string[],
  sample: readonly SourceRow[],
  given: ProposalGiven,
): MappingProposal {
  const sampled = columns.map((header, column) => sampleColumn(header, column, sample));
  const personal = new Set(
    sampled.filter((one) => isPersonalColumn(one.header, one.personalShare)).map(({ header }) => header),
  );
  const headers = sampled.map(({ header }) => (personal.has(header) ? '' : plain(header)));
  const found = caseColumns(headers);
  const lines = lineColumns(headers);
  const questions: string[] = [];
  const type = proposeType(columnOf(found, 'type', sampled));
  const body = {
    name: 'Voorstel',
    municipality: given.municipality ?? municipalityOf(columnOf(found, 'municipality', sampled)),
    organisation: given.organisation,
    programme: given.programme ?? 'main',
    source: given.source,
    table: tableOf(found, lines, sampled),
    rows: rowsOf(found, lines.length, sample),
    type,
    case: caseOf(found, type !== undefined, sampled, questions),
    lines: lines.map((line) => lineOf(line, sampled, questions)),
  };
  const used = new Set([...[...found.values()].flat(), ...lines.flatMap((line) => [...line.values()])]);
  const unused = columns.filter((header, column) => !used.has(column) && !personal.has(header));
  return {
    mapping: JSON.parse(JSON.stringify(body)),
    questions: [
      ...missingFrom(body),
      ...questions,
      ...choicesOf(found, columns),
      ...leftOut(personal, unused),
    ],
  };
}

function columnOf(
  found: CaseColumns,
  field: Parameters<CaseColumns['get']>[0],
  sampled: readonly SampledColumn[],
): SampledColumn | undefined {
  const [column] = found.get(field) ?? [];
  return column === undefined ? undefined : sampled[column];
}

function caseOf(
  found: CaseColumns,
  hasType: boolean,
  sampled: readonly SampledColumn[],
  questions: string[],
): Record<string, DraftField> {
  const fields: Record<string, DraftField> = {};
  const hasFollowUp = found.has('followUpDate') && found.has('followUpOutcome');
  for (const [field, [column = -1]] of found) {
    const one = sampled[column];
    if (!(field in CASE_FIELDS) || one === undefined || field === 'theme' || field === 'goal') continue;
    if ((field === 'followUpDate' || field === 'followUpOutcome') && !hasFollowUp) continue;
    if (field === 'reason' && !hasType) continue;
    fields[field] = proposeField(field, one, questions);
  }
  const theme = columnOf(found, 'theme', sampled);
  const goal = columnOf(found, 'goal', sampled);
  return { ...fields, ...proposeThemeAndGoal(theme, goal, questions) };
}

function lineOf(
  line: ReadonlyMap<LineFieldName, number>,
  sampled: readonly SampledColumn[],
  questions: string[],
): Record<string, DraftField> {
  const fields: Record<string, DraftField> = {};
  for (const [field, column] of line) {
    const one = sampled[column];
    const needs = field === 'quantity' ? 'service' : field === 'years' ? 'recurrence' : field;
    if (one !== undefined && line.has(needs)) fields[field] = proposeField(field, one, questions);
  }
  if (line.has('amount') && !line.has('service') && !line.has('costBearer'))
    questions.push('Welke kolom is de kostenhouder van het bedrag? Of geef een vaste (constant).');
  return fields;
}

/** Only a status that says withdrawn is of use: whether a case is assessed, its lines tell. */
function proposeType(column: SampledColumn | undefined): DraftField | undefined {
  if (column === undefined) return undefined;
  const { values, unknown } = translate('type', column.header, column.values);
  if (unknown.length === column.values.length) return undefined;
  return { column: column.header, values, others: 'empty' };
}

function municipalityOf(column: SampledColumn | undefined): string | DraftField | undefined {
  if (column === undefined || !column.values.every((value) => /^GM\d{4}$/.test(value))) return undefined;
  const [only] = column.values;
  return column.values.length === 1 ? only : { column: column.header };
}

/** The sign before decimals, where the amounts show it. */
function tableOf(
  found: CaseColumns,
  lines: Lines,
  sampled: readonly SampledColumn[],
): { decimal?: ',' | '.' } {
  const places = lines.flatMap((line) =>
    [...line].filter(([field]) => DECIMAL_FIELDS.has(field)).map(([, column]) => column),
  );
  const columns = [...places, ...(found.get('cost') ?? [])].map((column) => sampled[column]);
  const values = columns.flatMap((one) => (one === undefined || one.hasNumbers ? [] : one.values));
  if (values.some((value) => /,\d{1,2}\D*$/.test(value))) return { decimal: ',' };
  return values.some((value) => /\.\d{1,2}\D*$/.test(value)) ? { decimal: '.' } : {};
}

/** One row is a line where cases stand in more rows than one and nothing tells their revisions apart. */
function rowsOf(found: CaseColumns, lines: number, sample: readonly SourceRow[]): 'case' | 'line' {
  const [caseId] = found.get('caseId') ?? [];
  if (caseId === undefined || lines !== 1) return 'case';
  const [revision] = found.get('revision') ?? [];
  const seen = new Set<string>();
  for (const { cells } of sample) {
    const cell = cells[caseId];
    if (cell === undefined || isEmptyCell(cell)) continue;
    const key = JSON.stringify([textOfCell(cell), revision === undefined ? null : cells[revision]]);
    if (seen.has(key)) return 'line';
    seen.add(key);
  }
  return 'case';
}

function missingFrom(body: {
  municipality: unknown;
  organisation: unknown;
  source: unknown;
  case: Record<string, DraftField>;
  lines: readonly unknown[];
}): string[] {
  const missing: string[] = [];
  if (body.municipality === undefined)
    missing.push('Van welke gemeente zijn de casussen? Geef de CBS-code (GM…).');
  if (body.organisation === undefined) missing.push('Van welke organisatie is dit bestand?');
  if (body.source === undefined)
    missing.push('Uit welk systeem komt dit bestand? Geef de source (urn:nld:…).');
  const { caseId, theme, date } = body.case;
  if (caseId === undefined) missing.push('Welke kolom is het nummer van de casus?');
  if (date === undefined) missing.push('Welke kolom is de datum van de casus?');
  if (theme === undefined) missing.push('Welke kolom is het thema? Of geef een vast thema (constant).');
  if (body.lines.length === 0) {
    missing.push(
      'Geen kolom met een dienst of bedrag gevonden: alle casussen worden zonder beoordeling gelezen.',
    );
  }
  return missing;
}

function choicesOf(found: CaseColumns, columns: readonly string[]): string[] {
  const [date, ...others] = (found.get('date') ?? []).map((column) => `“${columns[column] ?? ''}”`);
  if (date === undefined || others.length === 0) return [];
  return [`Is ${date} de datum die telt? Er is ook ${others.join(', ')}.`];
}

function leftOut(personal: ReadonlySet<string>, unused: readonly string[]): string[] {
  const quoted = (headers: Iterable<string>) => [...headers].map((header) => `“${header}”`).join(', ');
  const said: string[] = [];
  if (personal.size > 0) {
    said.push(`Met opzet niet gebruikt, want het lijken persoonsgegevens: ${quoted(personal)}.`);
  }
  if (unused.length > 0) said.push(`Niet herkend en niet gebruikt: ${quoted(unused)}.`);
  return said;
}
