import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkMapping, type Mapping } from '@effectstroom/contracts';
import type { RefusedRow } from './invented-export.ts';

/** The three exports: what they are called, and where their settings go. */
export const EXPORTS = [
  { name: 'regix', file: 'hulpvragen.csv', kind: 'csv', priceList: 'regix-prijzen' },
  { name: 'buurtlog', file: 'casussen.csv', kind: 'csv', priceList: 'buurtlog-prijzen' },
  { name: 'sociodesk', file: 'gezinswerk.xlsx', kind: 'xlsx', priceList: 'sociodesk-prijzen' },
] as const;

/** Name of an export. */
export type ExportName = (typeof EXPORTS)[number]['name'];

/** Path of a file of an export. */
export function pathOf(name: ExportName, file: string): string {
  return fileURLToPath(new URL(`./${name}/${file}`, import.meta.url));
}

/** A JSON file of an export: `mapping.json`, `programme.json` or `price-list.json`, as they are sent. */
export function readBody(name: ExportName, file: string): unknown {
  return JSON.parse(readFileSync(pathOf(name, file), 'utf8'));
}

/** The mapping of an export, checked. */
export function readMapping(name: ExportName): Mapping {
  const { mapping, faults } = checkMapping(name, readBody(name, 'mapping.json'));
  if (mapping === undefined) throw new Error(JSON.stringify(faults));
  return mapping;
}

/**
 * The same cases as events, made without a mapping. Those without revisions in their export have revision 1.
 */
export function readEvents(name: ExportName): { type: string; data: Record<string, unknown> }[] {
  return readLines(name, 'events.ndjson');
}

/** The rows that must be refused. */
export function readRefused(name: ExportName): RefusedRow[] {
  return readLines(name, 'refused.ndjson');
}

function readLines<Line>(name: ExportName, file: string): Line[] {
  const lines = readFileSync(pathOf(name, file), 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Line);
}
