import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { getImport, getReportPage, importPath } from './import-calls.ts';
import type { Server } from './server.ts';

const ACCEPTS = { html: 'text/html', csv: 'text/csv', json: 'application/json' } as const;

const PAGE_ROWS = '1000';

/** Forms of the report of an import. */
export type ReportKind = keyof typeof ACCEPTS;

/** The form of a report file by its name, undefined where that says none. */
export function reportKindOf(file: string): ReportKind | undefined {
  const [, ending] = /\.(html?|csv|json)$/i.exec(file) ?? [];
  if (ending === undefined) return undefined;
  const lower = ending.toLowerCase();
  return lower === 'csv' || lower === 'json' ? lower : 'html';
}

/**
 * Writes the report of an import to a file, which by default only its owner can read; it is there whole or
 * not at all.
 *
 * @throws {ServerAway | Refused} when patience is at its end, or an error of the disk
 */
export async function saveReport(
  server: Server,
  id: string,
  kind: ReportKind,
  file: string,
  mode = 0o600,
): Promise<void> {
  const partial = `${file}.part`;
  const write = (bytes: AsyncIterable<string | Uint8Array>) =>
    pipeline(bytes, createWriteStream(partial, { mode, flush: true }));
  try {
    const question = { method: 'GET', path: `${importPath(id)}/report`, accept: ACCEPTS[kind] } as const;
    await (kind === 'json' ? write(jsonReport(server, id)) : server.takeBytes(question, write));
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

/** The report as one JSON document, a row a line; the server gives it in pages. */
async function* jsonReport(server: Server, id: string): AsyncGenerator<string> {
  yield `{"import":${JSON.stringify(await getImport(server, id))},"rows":[`;
  let isFirst = true;
  for (let after: number | null | undefined; after !== null; ) {
    const { rows, next } = await getReportPage(server, id, { after: after?.toString(), limit: PAGE_ROWS });
    const lines = rows.map((row) => JSON.stringify(row)).join(',\n');
    if (lines !== '') yield `${isFirst ? '\n' : ',\n'}${lines}`;
    isFirst &&= lines === '';
    after = next;
  }
  yield '\n]}\n';
}
