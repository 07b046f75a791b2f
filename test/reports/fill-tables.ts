/** Puts the tables of the kept reports in the documents, between the comments that name them. Pure. */
import { type KeptReport, origin, tableMarkdown } from './report.ts';

const PLACE = /<!-- table ([a-z0-9-]+) -->\n(?:[\s\S]*?\n)?<!-- end -->/g;

/**
 * @returns the document with every `<!-- table <id> -->` … `<!-- end -->` filled anew
 * @throws {Error} naming every id that no report has
 */
export function fillTables(document: string, reports: readonly KeptReport[]): string {
  const unknown: string[] = [];
  const filled = document.replaceAll(PLACE, (_whole, id: string) => {
    const report = reports.find(({ tables }) => tables.some((table) => table.id === id));
    const table = report?.tables.find((one) => one.id === id);
    if (report === undefined || table === undefined) unknown.push(id);
    const text = report && table ? `${tableMarkdown(table)}\n\n_${origin(report)}_` : '';
    return `<!-- table ${id} -->\n\n${text}\n\n<!-- end -->`;
  });
  if (unknown.length > 0) throw new Error(`No report in test/measured has the table ${unknown.join(', ')}`);
  return filled;
}
