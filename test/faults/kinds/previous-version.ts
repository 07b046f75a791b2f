/** The run begins with an earlier version; all of it is killed, and this version goes on with its data. */
import { join } from 'node:path';
import { commitOf, git, unpackVersion } from '../../harness/older-version.ts';
import { type Fault, PART_NAMES } from '../fault.ts';

/** Its schema is that of `0004-trust`: it knows no schema `reporting`. */
const BEFORE_RELEASES = '8e1b98b';

export const previousVersion: Fault = {
  kind: 'previous-version',
  opens: true,
  lacks: () =>
    hasPrevious() ? [] : ['the history of this repository (git, and a whole clone: git fetch --unshallow)'],
  prepare: async (setup) => {
    const root = join(setup.folder, 'previous-version');
    unpackVersion(previousCommit(), root);
    setup.useVersion(root);
  },
  strike: async (world) => {
    world.useThisVersion();
    for (const name of PART_NAMES) world.part(name).signal('SIGKILL');
    return `${previousCommit()} killed, this version on its data`;
  },
};

/** Whether the earlier version can be made here; where it cannot, test/upgrade has data that it left. */
export function hasPrevious(): boolean {
  try {
    return previousCommit() !== '';
  } catch {
    return false;
  }
}

/** The newest release; as long as there is none, the last whole version of before that one. @throws Error */
export function previousCommit(): string {
  const tag = git('tag', '--list', 'v*', '--sort=-v:refname').toString().split('\n')[0];
  const commit = commitOf(tag || BEFORE_RELEASES);
  if (commit === undefined) throw new Error('this repository has no history');
  return commit;
}
