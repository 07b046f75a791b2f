/** A proposed mapping, and how rows would be read with it, as lines for a person. */
import type { Proposal } from './import-calls.ts';
import { refusedTable } from './show-import.ts';
import { tableLines } from './table.ts';
import { printable } from './terminal.ts';
import { count } from './words.ts';

/** Dutch for the fields of a mapping. */
const FIELDS: Readonly<Record<string, string>> = {
  name: 'naam van de mapping',
  municipality: 'gemeente',
  organisation: 'organisatie',
  programme: 'programma',
  source: 'bron',
  rows: 'één rij is',
  type: 'soort gebeurtenis',
  caseId: 'casusnummer',
  revision: 'versie van de casus',
  date: 'datum',
  theme: 'thema',
  goal: 'doel',
  workType: 'werksoort',
  targetGroup: 'doelgroep',
  supportType: 'type ondersteuning',
  team: 'team',
  area: 'wijk of buurt',
  wellbeing: 'positieve gezondheid',
  residentKey: 'sleutel van de inwoner',
  similarCases: 'multiplier',
  cost: 'kosten',
  reason: 'reden van intrekken',
  followUpDate: 'datum van navraag',
  followUpOutcome: 'uitkomst van navraag',
  service: 'dienst',
  quantity: 'aantal',
  amount: 'bedrag',
  costBearer: 'kostenhouder',
  likelihood: 'kans',
  contribution: 'eigen bijdrage',
  recurrence: 'eenmalig of jaarlijks',
  years: 'aantal jaren',
  deadweight: 'deadweight',
  displacement: 'verplaatsing',
  dropOff: 'afname',
  effect: 'effect',
  cashable: 'verzilverbaar',
};
const TYPES: Readonly<Record<string, string>> = {
  registered: 'geregistreerd',
  assessed: 'beoordeeld',
  withdrawn: 'ingetrokken',
};

type Members = Readonly<Record<string, unknown>>;

/** Which column would become which field. */
export function mappingTable(proposal: Members, width: number): string[] {
  const { case: ofCase, lines, table: _, ...top } = proposal;
  const rows = [
    ...fieldRows('', top),
    ...fieldRows('casus', ofCase),
    ...asList(lines).flatMap((line, number) => fieldRows(`regel ${number + 1}`, line)),
  ];
  return tableLines(['Deel', 'Veld', 'Komt uit', 'Vertaling'], rows, width);
}

/** The first rows as they would be read, and what is wrong with the others. */
export function previewTable(preview: Proposal['preview'], width: number): string[] {
  const read = preview.flatMap(({ row, event }) => {
    if (event === undefined) return [];
    const { caseId, date, theme, goal, avoided } = asMembers(event['data']);
    const type = asText(event['type']).split('.').at(-1) ?? '';
    const lines = asList(avoided).length;
    return [[row, caseId, date, theme, goal, TYPES[type] ?? type, lines === 0 ? '' : lines].map(asText)];
  });
  const header = ['Rij', 'Casusnummer', 'Datum', 'Thema', 'Doel', 'Soort', 'Regels'];
  const wrong = preview.flatMap(({ row, faults }) => (faults === undefined ? [] : [{ row, faults }]));
  return [
    ...(read.length > 0 ? tableLines(header, read, width) : ['Geen rij is zo al te lezen.']),
    ...(wrong.length > 0
      ? [
          '',
          `Nog niet te lezen (${count(wrong.length, 'rij', 'rijen')}):`,
          ...refusedTable(wrong, wrong.length, width),
        ]
      : []),
  ];
}

function fieldRows(part: string, fields: unknown): string[][] {
  return Object.entries(asMembers(fields)).map(([name, field]) => [
    part,
    FIELDS[name] ?? name,
    originOf(field),
    translationOf(asMembers(field)),
  ]);
}

function originOf(field: unknown): string {
  const { column, constant } = asMembers(field);
  if (constant !== undefined) return `altijd: ${asText(constant)}`;
  if (column !== undefined) return `kolom ${[column].flat().map(asText).join(' of ')}`;
  return typeof field === 'object' ? '?' : asText(field);
}

function translationOf({ values, prefix, default: fallback }: Members): string {
  const pairs = Object.entries(asMembers(values)).map(([from, to]) => `${from} → ${asText(to)}`);
  return [
    ...(prefix === undefined ? [] : [`${asText(prefix)}…`]),
    ...pairs,
    ...(fallback === undefined ? [] : [`leeg → ${asText(fallback)}`]),
  ].join(', ');
}

function asMembers(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function asText(value: unknown): string {
  if (typeof value === 'string') return printable(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
