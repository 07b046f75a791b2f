/** Puts the tables of the kept reports in the documents, between the comments that name them. Pure. */
import { faultsMarkdown } from './caveats.ts';
import { type KeptReport, origin, type Table, tableMarkdown } from './report.ts';

const PLACE = /<!-- table ([a-z0-9-]+) -->\n(?:[\s\S]*?\n)??<!-- end -->/g;
/** What looks as if it should have been one. */
const STARTS = /<!--\s*table\b/g;

/** What stands in the place of a table that was not measured. */
const NOT_MEASURED = '_Not measured: no report in test/measured has this table._';

export interface FilledTables {
  /** With every `<!-- table <id> -->` … `<!-- end -->` filled anew. */
  text: string;
  /** Ids of tables that no report has: a report may have been made without a part of it. */
  missing: string[];
}

/**
 * Where a report was made stands once, below the last of its tables in the document.
 * @throws {Error} naming every id that several reports have; or for a comment without its end
 */
export function fillTables(document: string, reports: readonly KeptReport[]): FilledTables {
  const ids = [...document.matchAll(PLACE)].map(([, id = '']) => id);
  if (ids.length !== [...document.matchAll(STARTS)].length)
    throw new Error(
      'A table must stand as <!-- table <id> -->, its lines, <!-- end -->, each on a line of its own',
    );
  const places = ids.map((id) => placeOf(id, reports));
  let place = 0;
  const text = document.replaceAll(PLACE, (_, id: string) => {
    const found = places[place++];
    const isLast = !places.slice(place).some((later) => later?.report === found?.report);
    return `<!-- table ${id} -->\n\n${textOf(found, isLast)}\n\n<!-- end -->`;
  });
  return { text, missing: ids.filter((_, at) => places[at] === undefined) };
}

interface Place {
  report: KeptReport;
  table: Table;
}

function textOf(place: Place | undefined, isLast: boolean): string {
  if (place === undefined) return NOT_MEASURED;
  const { faults } = place.report;
  return (
    faultsMarkdown(faults) + tableMarkdown(place.table) + (isLast ? `\n\n_${origin(place.report)}_` : '')
  );
}

function placeOf(id: string, reports: readonly KeptReport[]): Place | undefined {
  const found = reports.flatMap((report) =>
    report.tables.filter((table) => table.id === id).map((table) => ({ report, table })),
  );
  if (found.length > 1)
    throw new Error(
      `Several reports have the table ${id}: ${found.map(({ report }) => report.name).join(', ')}`,
    );
  return found[0];
}
