import { statSync, writeFileSync } from 'node:fs';
import type { Import } from '@effectstroom/contracts';
import { describe } from '../describe.ts';
import { saveReport } from '../report-file.ts';
import type { Server } from '../server.ts';
import { failureText } from '../show-import.ts';
import { count, whole } from '../words.ts';
import type { Ending, WatchedFolder } from './folders.ts';

/** What became of a claimed file, for the log. */
export interface Finished {
  ending: Ending;
  isAllWell: boolean;
  /** In Dutch; nothing from the file. */
  text: string;
}

/**
 * Puts the reports of an import beside where the file goes, and then moves the file there: a crash in between
 * makes the reports again.
 */
export async function finishImported(
  server: Server,
  folder: WatchedFolder,
  claimed: string,
  ended: Import,
): Promise<Finished> {
  const { rows, vanished, id } = ended;
  const isRefused = ended.state !== 'done' || (rows.refused > 0 && rows.refused === rows.done);
  const ending: Ending = isRefused ? 'refused' : 'done';
  const target = folder.endPath(ending, claimed);
  const mode = statSync(folder.busyPath(claimed)).mode & 0o666;
  await saveReport(server, id, 'html', `${target}.report.html`, mode);
  await saveReport(server, id, 'csv', `${target}.report.csv`, mode);
  folder.finish(claimed, ending);
  const gone = vanished
    ? [`${count(vanished, 'casus', 'casussen')} niet meer in het bestand: effectstroom import withdraw ${id}`]
    : [];
  return {
    ending,
    isAllWell: ending === 'done' && rows.refused === 0,
    text: [...reasonsOf(ended), `${countsOf(rows)} (import ${id})`, ...gone].join('; '),
  };
}

/** Puts a file that the server did not take in refused, with why. */
export function finishRefused(folder: WatchedFolder, claimed: string, error: unknown): Finished {
  const target = folder.endPath('refused', claimed);
  const why = describe(error);
  writeFileSync(`${target}.report.html`, page(claimed, why));
  writeFileSync(`${target}.report.csv`, `\ufeffreden\r\n"${why.replaceAll('"', '""')}"\r\n`);
  folder.finish(claimed, 'refused');
  return { ending: 'refused', isAllWell: false, text: why.replaceAll('\n', ' ') };
}

function reasonsOf(ended: Import): string[] {
  if (ended.state === 'failed') return [`mislukt: ${failureText(ended)}`];
  return ended.state === 'stopped' ? ['gestopt op de server'] : [];
}

function countsOf({ accepted, unchanged, refused }: Import['rows']): string {
  return `${whole(accepted)} aangenomen, ${whole(unchanged)} ongewijzigd, ${whole(refused)} geweigerd`;
}

function page(name: string, why: string): string {
  const paragraphs = why.split('\n').map((line) => `<p>${escaped(line)}</p>`);
  return `<!doctype html>
<html lang="nl">
<meta charset="utf-8">
<title>Verslag van ${escaped(name)}</title>
<h1>Niet ingelezen: ${escaped(name)}</h1>
${paragraphs.join('\n')}
</html>
`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
