/** What faults prepare before the parts are started. */
import { repository } from '@effectstroom/infra';
import type { PartName, WorldSetup } from './fault.ts';

export class Preparation implements WorldSetup {
  readonly folder: string;
  /** What is added to the environment of services. */
  readonly environments = new Map<PartName, Record<string, string>>();
  /** The folder of the version that services are of. */
  root = repository;
  readonly #undo: (() => void | Promise<void>)[] = [];

  constructor(folder: string) {
    this.folder = folder;
  }

  useVersion(root: string): void {
    this.root = root;
  }

  environment(part: PartName, variables: Readonly<Record<string, string>>): void {
    this.environments.set(part, { ...this.environments.get(part), ...variables });
  }

  atEnd(undo: () => void | Promise<void>): void {
    this.#undo.push(undo);
  }

  /** Once everything has ended. */
  async undo(): Promise<void> {
    for (const undo of this.#undo.toReversed()) await undo();
  }
}
