/** The documents that show measured tables, and the reports that those are made from. */
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '@effectstroom/infra';
import { fillTables } from './fill-tables.ts';
import { type KeptReport, MEASURED_FOLDER } from './report.ts';

export interface FilledDocument {
  /** From the root of the repository. */
  name: string;
  text: string;
  /** With every table filled anew. */
  filled: string;
  /** Ids of tables that no report has. */
  missing: string[];
}

const DOCUMENTS = ['*.md', '{infra,packages,services,test}/**/*.md'];

/** Every document with a table. @throws {Error} naming the document where a table cannot be filled */
export function filledDocuments(reports: readonly KeptReport[] = keptReports()): FilledDocument[] {
  const names = globSync(DOCUMENTS, { cwd: repository, exclude: (name) => name.includes('node_modules') });
  return names.sort().flatMap((name) => {
    const text = readFileSync(join(repository, name), 'utf8');
    if (!text.includes('<!-- table')) return [];
    try {
      const { text: filled, missing } = fillTables(text, reports);
      return { name, text, filled, missing };
    } catch (error) {
      throw new Error(`${name}: ${error instanceof Error ? error.message : error}`, { cause: error });
    }
  });
}

export function keptReports(): KeptReport[] {
  return readdirSync(MEASURED_FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(MEASURED_FOLDER, name), 'utf8')) as KeptReport);
}
