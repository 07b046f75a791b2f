/** Another version of this repository, in a folder of its own. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '@effectstroom/infra';

/** What is needed to run services. */
const PATHS = ['package.json', 'packages', 'services', 'infra'];

/**
 * The short hash of a commit.
 * @returns undefined where this repository has no history
 * @throws Error where its history does not hold the commit
 */
export function commitOf(ref: string): string | undefined {
  if (!existsSync(join(repository, '.git'))) return undefined;
  try {
    return git('rev-parse', '--short', '--verify', `${ref}^{commit}`).toString().trim();
  } catch (cause) {
    const how = 'needed are git, and a whole clone (git fetch --unshallow --tags)';
    throw new Error(`the history that is here does not hold ${ref}: ${how}`, { cause });
  }
}

/** What git prints. @throws Error where there is no git, or git refuses */
export function git(...args: readonly string[]): Buffer {
  return execFileSync('git', args, { cwd: repository, maxBuffer: 2 ** 28, stdio: 'pipe' });
}

/** Unpacks a commit, to be run with the dependencies that are installed here. @throws Error as `git` */
export function unpackVersion(commit: string, folder: string): void {
  const archive = git('archive', commit, ...PATHS);
  mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['--extract', '--directory', folder], { input: archive });
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  // Links to the packages beside them, and to what is installed: relative, so they lead into this folder.
  for (const links of globSync('{packages,services}/*/node_modules', { cwd: repository }))
    cpSync(join(repository, links), join(folder, links), { recursive: true, verbatimSymlinks: true });
}
