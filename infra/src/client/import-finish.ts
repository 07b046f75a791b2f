import type { Import } from '@effectstroom/contracts';
import { NOT_ALL_WELL, type Surroundings } from './command.ts';
import { describeBriefly } from './describe.ts';
import { ClientFault, type Refused, ServerAway } from './faults.ts';
import { followImport } from './follow-import.ts';
import { getRefusedRows, hasEnded, stopImport } from './import-calls.ts';
import { importLine } from './progress.ts';
import { reportKindOf, saveReport } from './report-file.ts';
import type { Server } from './server.ts';
import { importLines, refusedTable } from './show-import.ts';
import { count } from './words.ts';

/** An import goes on without us: it is worth to wait for a server that is being restarted. */
const AWAY_FOR_MS = 10 * 60_000;
const PLAIN_LINE_EVERY_MS = 10_000;
const SHOWN_REFUSED_ROWS = 10;
const AFTER_INTERRUPT_MS = 15_000;

/**
 * Follows an import with a line of progress. At Ctrl-C it is stopped on the server where `stops` says so or
 * the person does; else it goes on there.
 *
 * @throws {ClientFault} when it goes on without us
 */
export async function followPatiently(
  server: Server,
  around: Surroundings,
  started: Import,
  { stops }: { stops: boolean },
): Promise<Import> {
  const { terminal } = around;
  const { id } = started;
  const onWait = (reason: ServerAway | Refused) =>
    terminal.showProgress(`Even wachten: ${describeBriefly(reason)} …`);
  const patient = server.with({ patience: { ...server.patience, awayMs: AWAY_FOR_MS, onWait } });
  try {
    const ended = await followImport(patient, id, progressTo(around));
    terminal.showProgress('');
    return ended;
  } catch (error) {
    terminal.showProgress('');
    if (around.signal.aborted) return leave(server, around, id, stops);
    if (!(error instanceof ServerAway)) throw error;
    throw new ClientFault(`De server is al ${AWAY_FOR_MS / 60_000} minuten niet te bereiken (${error.code}).
${goesOn(id)}`);
  }
}

/** Shows what came of an import, its first refused rows, and writes the report. Gives the exit code. */
export async function finishImport(
  given: Server,
  { terminal }: Surroundings,
  ended: Import,
  report: string | undefined,
): Promise<number> {
  const server = given.signal.aborted ? afterInterrupt(given) : given;
  const { id, rows, state, vanished } = ended;
  for (const line of importLines(ended)) terminal.say(line);
  if (rows.refused > 0) {
    const refused = await getRefusedRows(server, id, SHOWN_REFUSED_ROWS);
    terminal.say('');
    for (const line of refusedTable(refused, rows.refused, terminal.width)) terminal.say(line);
  }
  const kind = report === undefined ? undefined : reportKindOf(report);
  if (report !== undefined && kind !== undefined) {
    await saveReport(server, id, kind, report);
    terminal.say(`Verslag: ${report}`);
  } else if (rows.refused > SHOWN_REFUSED_ROWS) {
    terminal.say(`Alle rijen: effectstroom import show ${id} --report verslag.html`);
  }
  if (vanished && !ended.dryRun) {
    terminal.say(`${count(vanished, 'casus staat', 'casussen staan')} niet meer in het bestand.
Bekijken en intrekken: effectstroom import withdraw ${id}`);
  }
  if (state === 'stopped') terminal.say(`Doorgaan: effectstroom import resume ${id}`);
  return state === 'done' && rows.refused === 0 ? 0 : NOT_ALL_WELL;
}

/** Where a person looks a line that changes, elsewhere now and then a new one. */
function progressTo({ terminal }: Surroundings): (found: Import) => void {
  let told = performance.now();
  return (found) => {
    if (hasEnded(found)) return;
    terminal.showProgress(importLine(found));
    if (terminal.isInteractive || performance.now() - told < PLAIN_LINE_EVERY_MS) return;
    told = performance.now();
    terminal.note(importLine(found));
  };
}

/** With time of its own, as that of the command is over. */
function afterInterrupt(server: Server): Server {
  return server.with({ signal: AbortSignal.timeout(AFTER_INTERRUPT_MS) });
}

async function leave(server: Server, around: Surroundings, id: string, stops: boolean): Promise<Import> {
  const asked = stops
    ? ''
    : await around.question(`\nImport ${id} gaat door op de server. Daar ook stoppen? [j/N] `);
  if (!stops && !/^j/i.test(asked)) throw new ClientFault(goesOn(id));
  const last = afterInterrupt(server);
  await stopImport(last, id);
  return followImport(last, id, () => {});
}

function goesOn(id: string): string {
  return `De import gaat door op de server.
  volgen:   effectstroom import show ${id}
  stoppen:  effectstroom import stop ${id}`;
}
