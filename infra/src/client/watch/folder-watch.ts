import { setTimeout as sleep } from 'node:timers/promises';
import { describe, isOfTheSystem } from '../describe.ts';
import { ClientFault, Refused, ServerAway } from '../faults.ts';
import { printable } from '../terminal.ts';
import { megabytes } from '../words.ts';
import { Bell } from './bell.ts';
import { fileAt, findFiles } from './find-files.ts';
import { type Finished, finishImported, finishRefused } from './finish-claimed.ts';
import type { WatchedFolder } from './folders.ts';
import { FileRefused, importClaimed, type WatchServers } from './import-claimed.ts';
import { Sightings } from './sightings.ts';

/** How a folder is watched. */
export interface WatchChoices {
  mapping: string;
  full: boolean;
  /** Ends when what was there has been taken. */
  once: boolean;
  settleMs: number;
  needsMarker: boolean;
  fits: (name: string) => boolean;
  /** The servers for as long as a signal lasts. */
  serversFor: (signal: AbortSignal) => WatchServers;
  log: (line: string) => void;
}

const LOOK_EVERY_MS = 5_000;
const LEAST_BETWEEN_LOOKS_MS = 200;
const AFTER_FAULT_MS = 30_000;

/** What can happen to a file that is being imported. */
const MEANWHILE = {
  changed: 'veranderde nog tijdens het inlezen en wordt opnieuw ingelezen.',
  interrupted: 'is door de server onderbroken en gaat straks verder.',
} as const;

/** The watching of a folder by the one that has the lock. */
export class FolderWatch {
  readonly #folder: WatchedFolder;
  readonly #choices: WatchChoices;
  readonly #signal: AbortSignal;
  readonly #servers: WatchServers;
  readonly #sightings: Sightings;
  /** Files that this run claimed: whatever else is in busy may have been sent before. */
  readonly #claimed = new Set<string>();
  /** When it first looked: what was there then, and has not changed for `settleMs` since, is complete. */
  #looksSince = Number.POSITIVE_INFINITY;
  #isAllWell = true;

  constructor(folder: WatchedFolder, choices: WatchChoices, signal: AbortSignal) {
    this.#folder = folder;
    this.#choices = choices;
    this.#signal = signal;
    this.#servers = choices.serversFor(signal);
    this.#sightings = new Sightings(choices.settleMs, choices.needsMarker);
  }

  async run(): Promise<boolean> {
    const { once, settleMs } = this.#choices;
    const bell = new Bell(this.#folder.root);
    try {
      for (;;) {
        const isLastLook = once && performance.now() - this.#looksSince >= settleMs;
        const wasBusy = await this.#round();
        if (wasBusy) continue;
        if (isLastLook) return this.#isAllWell;
        await bell.wait(LEAST_BETWEEN_LOOKS_MS, Math.min(LOOK_EVERY_MS, settleMs), this.#signal);
      }
    } finally {
      bell.close();
    }
  }

  /** Takes one complete file and handles what is in busy. False where there was nothing to do. */
  async #round(): Promise<boolean> {
    const { once, log } = this.#choices;
    try {
      this.#folder.removeLeftJournals();
      if (this.#folder.busyFiles().length === 0) this.#claimOldest();
      const [oldest] = this.#folder.busyFiles();
      if (oldest === undefined) return false;
      await this.#handle(oldest);
      return true;
    } catch (error) {
      if (this.#signal.aborted || once || !passes(error)) throw error;
      log(`✘ ${describe(error).replaceAll('\n', ' ')} Over ${AFTER_FAULT_MS / 1000} s opnieuw.`);
      await sleep(AFTER_FAULT_MS, undefined, { signal: this.#signal });
      return true;
    }
  }

  #claimOldest(): void {
    const found = findFiles(this.#folder.root, this.#choices.fits);
    const now = performance.now();
    this.#looksSince = Math.min(this.#looksSince, now);
    for (const file of this.#sightings.look(found, now)) {
      const claimed = this.#folder.claim(file, new Date());
      if (claimed === undefined) continue;
      this.#claimed.add(claimed);
      return;
    }
  }

  async #handle(claimed: string): Promise<void> {
    const { log } = this.#choices;
    const name = printable(claimed);
    const isLeftover = !this.#claimed.delete(claimed);
    const { bytes = 0 } = fileAt(this.#folder.busyPath(claimed)) ?? {};
    const starts = isLeftover ? 'was nog niet klaar en gaat verder' : 'wordt ingelezen';
    log(`${name} (${megabytes(bytes)}) ${starts} …`);
    const { ending, isAllWell, text } = await this.#import(claimed, isLeftover);
    this.#isAllWell &&= isAllWell;
    log(`${isAllWell ? '✔' : '✘'} ${name}: ${text} → ${ending}/`);
  }

  async #import(claimed: string, isLeftover: boolean): Promise<Finished> {
    const { mapping, full, settleMs, log } = this.#choices;
    const file = {
      path: this.#folder.busyPath(claimed),
      name: claimed,
      journalPath: this.#folder.journalPath(claimed),
      ...{ isLeftover, mapping, full, settleMs },
    };
    const tell = (what: keyof typeof MEANWHILE) => log(`${printable(claimed)} ${MEANWHILE[what]}`);
    try {
      const ended = await importClaimed(this.#servers, file, tell);
      return await finishImported(this.#servers.forFollowing, this.#folder, claimed, ended);
    } catch (error) {
      if (error instanceof FileRefused) return finishRefused(this.#folder, claimed, error.reason);
      throw error;
    }
  }
}

/** A full disk, a share that is away, a proxy that answers in the server's place: they pass. */
function passes(error: unknown): boolean {
  const isOfServer = error instanceof Refused || error instanceof ServerAway || error instanceof ClientFault;
  return isOfServer || isOfTheSystem(error);
}
