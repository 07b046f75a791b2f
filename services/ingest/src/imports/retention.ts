import { statSync } from 'node:fs';
import type { Logger } from '@effectstroom/runtime';
import type { FileKind, ImportFiles } from './import-files.ts';
import type { ImportRecord } from './import-record.ts';
import type { ImportStore } from './import-store.ts';

const DAY = 24 * 60 * 60 * 1000;
/** What is kept of imports that are over: how long, how many, and bytes of their files together. */
const KEPT = { age: 90 * DAY, imports: 1000, bytes: 8 * 1024 ** 3 };
/** How long an import that is stopped can go on: until then its rows are kept. */
const STOPPED = 7 * DAY;
/** Milliseconds between two rounds. */
const EVERY = 60 * 60 * 1000;

/** Removes what is kept of imports for too long, the oldest first, now and every hour. @returns its end */
export function keepTidy(imports: ImportStore, files: ImportFiles, log: Logger): () => void {
  files.forgetIncoming();
  tidy(imports, files, Date.now());
  const round = (): void => {
    try {
      tidy(imports, files, Date.now());
    } catch (error) {
      log.error({ err: error }, 'old imports cannot be removed now');
    }
  };
  const timer = setInterval(round, EVERY).unref();
  return () => clearInterval(timer);
}

function tidy(imports: ImportStore, files: ImportFiles, now: number): void {
  let kept = 0;
  let bytes = 0;
  for (const record of [...imports.before(Number.MAX_SAFE_INTEGER)]) {
    const { state, createdAt } = record;
    if (state === 'stopped' && now - createdAt > STOPPED) imports.expire(record.id, now);
    if (state !== 'done' && state !== 'failed') continue;
    kept++;
    bytes += sizeOf(files.path(record.id, 'report'));
    const age = now - (record.endedAt ?? createdAt);
    if (age <= KEPT.age && kept <= KEPT.imports && bytes <= KEPT.bytes) continue;
    files.remove(record.id, 'upload', 'staged', 'report');
    imports.remove(record.id);
  }
  files.sweep((id, kind) => isWanted(imports.find(id), kind));
}

/** Files that a crash left behind are not wanted. */
function isWanted(record: ImportRecord | undefined, kind: FileKind): boolean {
  if (kind === 'incoming') return true;
  if (record === undefined) return false;
  const isOver = record.state === 'done' || record.state === 'failed';
  if (kind === 'upload') return !isOver && record.task === 'read';
  return kind === 'report' || !isOver;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
