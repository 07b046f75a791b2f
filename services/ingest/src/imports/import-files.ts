import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const KINDS = ['incoming', 'upload', 'staged', 'report'] as const;

/**
 * What an import has on disk: the file while it comes in and as it came, its rows by case, and what became of
 * them.
 */
export type FileKind = (typeof KINDS)[number];

/** SQLite's own companions of a file. */
const COMPANIONS = ['', '-wal', '-shm', '-journal'];

/** The files of imports in ingest's own folder. */
export class ImportFiles {
  readonly folder: string;

  /** `dataFolder`: ingest's own folder. */
  constructor(dataFolder: string) {
    this.folder = join(dataFolder, 'imports');
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    chmodSync(this.folder, 0o700);
  }

  /** Removes what was coming in when ingest ended. */
  forgetIncoming(): void {
    this.sweep((_id, kind) => kind !== 'incoming');
  }

  path(id: string, kind: FileKind): string {
    return join(this.folder, `${id}.${kind}`);
  }

  /** Removes files of an import, where they are there. */
  remove(id: string, ...kinds: readonly FileKind[]): void {
    for (const kind of kinds) {
      for (const companion of COMPANIONS) rmSync(this.path(id, kind) + companion, { force: true });
    }
  }

  /** Removes every file that is not wanted any more. */
  sweep(isWanted: (id: string, kind: FileKind) => boolean): void {
    for (const name of readdirSync(this.folder)) {
      const [id = '', rest = ''] = name.split('.');
      const kind = KINDS.find((one) => rest === one || rest.startsWith(`${one}-`));
      if (kind === undefined || !isWanted(id, kind)) rmSync(join(this.folder, name), { force: true });
    }
  }
}
