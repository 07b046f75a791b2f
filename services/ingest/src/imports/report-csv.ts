import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import type { ReportRow, RowStatus } from '@effectstroom/contracts';
import { faultInDutch } from '@effectstroom/contracts';
import { stringify } from 'csv-stringify/sync';
import type { ReportReader } from './report-file.ts';

const PAGE_ROWS = 1000;

const COLUMNS = ['rij', 'casus', 'uitkomst', 'cel', 'kolom', 'reden', 'toegestaan'];

/** What became of a row, in Dutch. */
export const STATUS_WORDS: Readonly<Record<RowStatus, string>> = {
  accepted: 'aangenomen',
  unchanged: 'ongewijzigd',
  refused: 'geweigerd',
};

/** The first line: all there is before there are rows. */
export function csvHeader(): string {
  return csvOf([COLUMNS], true);
}

/**
 * The whole report as CSV for a Dutch spreadsheet: `;`, UTF-8 with a byte order mark, a line for each row and
 * for each fault of a refused one. The reader is closed at its end, or when it is left.
 */
export function csvReport(report: ReportReader, status: RowStatus | undefined): Readable {
  return Readable.from(lines(report, status));
}

async function* lines(report: ReportReader, status: RowStatus | undefined): AsyncGenerator<string> {
  try {
    yield csvHeader();
    for (let after = 0; ; ) {
      const rows = report.page(status, after, PAGE_ROWS);
      if (rows.length > 0) yield csvOf(rows.flatMap(recordsOf), false);
      if (rows.length < PAGE_ROWS) return;
      after = rows.at(-1)?.row ?? after;
      // Others have their turn between two pages.
      await turn();
    }
  } finally {
    report.close();
  }
}

function recordsOf({ row, caseId, status, faults }: ReportRow): string[][] {
  const start = [String(row), caseId ?? '', STATUS_WORDS[status]];
  if (faults.length === 0) return [[...start, '', '', '', '']];
  return faults.map(({ cell, column, code, detail }) => [...start, cell, column, faultInDutch(code), detail]);
}

/** A text that a spreadsheet would take for a formula gets a quote in front. */
function csvOf(records: readonly string[][], bom: boolean): string {
  return stringify([...records], { bom, delimiter: ';', record_delimiter: 'windows', escape_formulas: true });
}
