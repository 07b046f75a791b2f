import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Surroundings } from './command.ts';
import { ClientFault } from './faults.ts';
import { getMappingVersion, startImport } from './import-calls.ts';
import { finishImport, followPatiently } from './import-finish.ts';
import { sendingLine } from './progress.ts';
import type { Server } from './server.ts';
import { type Withdrawal, withdrawVanished } from './vanished.ts';

/** How one file is imported and reported. */
export interface FileChoices {
  mapping: string;
  dryRun: boolean;
  full: boolean;
  /** File for the report. */
  report: string | undefined;
  /** Whether Ctrl-C stops the import on the server. */
  stops: boolean;
  /** Where vanished cases are to be withdrawn. */
  withdrawal: Withdrawal | undefined;
}

/** Imports a file, follows it to its end and shows what came of it. Gives the exit code. */
export async function importFile(
  server: Server,
  around: Surroundings,
  file: string,
  choices: FileChoices,
): Promise<number> {
  const { terminal } = around;
  const bytes = sizeOf(file);
  // Before a large file goes over the line: the key, the rights and the mapping.
  await getMappingVersion(server, choices.mapping);
  const onSent = (sent: number) => terminal.showProgress(sendingLine(sent, bytes));
  const started = await startImport(server, { file, bytes, name: basename(file), onSent }, choices);
  terminal.note(`Verstuurd; dit is import ${started.id}.`);
  const ended = await followPatiently(server, around, started, choices);
  const code = await finishImport(server, around, ended, choices.report);
  if (choices.withdrawal === undefined || ended.state !== 'done') return code;
  return Math.max(code, await withdrawVanished(server, around, ended, choices.withdrawal));
}

/**
 * Bytes of a file.
 *
 * @throws {ClientFault} where it is empty or no file
 */
export function sizeOf(file: string): number {
  const found = statSync(file);
  if (!found.isFile()) throw new ClientFault(`${file} is geen bestand.`);
  if (found.size === 0) throw new ClientFault(`${file} is leeg.`);
  return found.size;
}
