import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { codeOf } from '../faults.ts';

const journalSchema = z.object({
  /** Id of the import at the server. */
  import: z.string(),
  /** What the file was when it was sent. */
  bytes: z.number(),
  changedAt: z.number(),
});

/** What is known of a claimed file that has been sent: kept, so that it is not sent again after a crash. */
export type Journal = z.infer<typeof journalSchema>;

/** What is kept; undefined where there is none, or nothing that can be used: then the file is sent again. */
export function readJournal(path: string): Journal | undefined {
  try {
    return journalSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data;
  } catch (error) {
    if (error instanceof SyntaxError || codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Keeps it, whole or not at all. */
export function writeJournal(path: string, journal: Journal): void {
  const partial = `${path}.part`;
  const descriptor = openSync(partial, 'w', 0o600);
  try {
    writeSync(descriptor, `${JSON.stringify(journal)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(partial, path);
}

export function removeJournal(path: string): void {
  rmSync(path, { force: true });
}
