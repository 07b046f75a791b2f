import { setTimeout as sleep } from 'node:timers/promises';
import type { Import } from '@effectstroom/contracts';
import { ClientFault, Refused } from '../faults.ts';
import { followImport } from '../follow-import.ts';
import { listImports, resumeImport, startImport } from '../import-calls.ts';
import type { Server } from '../server.ts';
import { fileAt } from './find-files.ts';
import { type Journal, readJournal, removeJournal, writeJournal } from './journal.ts';
import { untilSettled } from './until-settled.ts';

/** A claimed file and how it is to be imported. */
export interface ClaimedFile {
  path: string;
  /** Its name in busy, which is also its name at the server. */
  name: string;
  journalPath: string;
  /** Whether it was found in busy: an earlier run may have sent it. */
  isLeftover: boolean;
  mapping: string;
  full: boolean;
  settleMs: number;
}

/** How to ask the server: both wait for one that is away. */
export interface WatchServers {
  /** Waits also until a key or mapping is right. */
  forSending: Server;
  /** Is told when there is no such import (any more). */
  forFollowing: Server;
}

/** This file cannot be imported, however often it is tried. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';
  readonly reason: Refused | ClientFault;
  constructor(reason: Refused | ClientFault) {
    super(reason.message);
    this.reason = reason;
  }
}

/** Times that a file is sent again because it changed meanwhile. */
const MOST_CHANGES = 10;
const RESUME_AFTER_MS = 30_000;
/** Statuses that say something about the file, and not about the server, the key or the mapping. */
const ABOUT_THE_FILE = new Set([400, 413, 415, 422, 500]);
const KEEPS_CHANGING = 'Het bestand bleef veranderen terwijl het werd ingelezen. Lever het opnieuw aan.';
/** There is no such import, or it may not go on. */
const GONE = new Set([404, 409]);

/**
 * Imports a claimed file, or follows the import that an earlier run started, until it has ended. A file that
 * changes meanwhile was not complete: it is sent again when it has settled.
 *
 * @throws {FileRefused} when the server does not take the file, or it goes on changing
 */
export async function importClaimed(
  servers: WatchServers,
  file: ClaimedFile,
  tell: (what: 'changed' | 'interrupted') => void,
): Promise<Import> {
  for (let changes = 0; ; changes++) {
    const journal = readJournal(file.journalPath) ?? (await send(servers, file, changes));
    const ended = await follow(servers.forFollowing, journal.import, tell);
    if (ended === undefined) {
      removeJournal(file.journalPath);
      continue;
    }
    const now = fileAt(file.path);
    if (now === undefined || (now.bytes === journal.bytes && now.changedAt === journal.changedAt))
      return ended;
    removeJournal(file.journalPath);
    if (changes === MOST_CHANGES) throw new FileRefused(new ClientFault(KEEPS_CHANGING));
    tell('changed');
    await untilSettled(file.path, file.settleMs, servers.forSending.signal);
  }
}

async function send(
  { forSending, forFollowing }: WatchServers,
  { path, name, journalPath, isLeftover, mapping, full }: ClaimedFile,
  changes: number,
): Promise<Journal> {
  const now = fileAt(path);
  if (now === undefined) throw new ClientFault(`${path} is verdwenen.`);
  // A crash between the answer of the server and the journal: the name, with its moment, tells.
  const known = isLeftover && changes === 0 ? await findByName(forFollowing, name) : undefined;
  const sent = { file: path, bytes: now.bytes, name };
  const choices = { mapping, full, dryRun: false };
  const { id } =
    known ??
    (await startImport(forSending, sent, choices).catch((error: unknown) => {
      const isAboutIt = error instanceof Refused && ABOUT_THE_FILE.has(error.status);
      throw isAboutIt ? new FileRefused(error) : error;
    }));
  const journal = { import: id, ...now };
  writeJournal(journalPath, journal);
  return journal;
}

async function findByName(server: Server, name: string): Promise<Import | undefined> {
  return (await listImports(server)).find((one) => one.name === name);
}

/** To its end; undefined where the server does not know it (any more), or cannot go on with it. */
async function follow(
  server: Server,
  id: string,
  tell: (what: 'interrupted') => void,
): Promise<Import | undefined> {
  try {
    for (;;) {
      const found = await followImport(server, id, () => {});
      // Stopped by a person has no failure; by itself, as without a stream, it can go on later.
      if (found.state !== 'stopped' || found.failure === null) return found;
      tell('interrupted');
      await sleep(RESUME_AFTER_MS, undefined, { signal: server.signal });
      await resumeImport(server, id);
    }
  } catch (error) {
    if (error instanceof Refused && GONE.has(error.status)) return undefined;
    throw error;
  }
}
