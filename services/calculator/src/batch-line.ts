/** Batches one behind the other: while PostgreSQL writes one, the next is prepared. */

import { type CaseMessage, commit, type Prepared, prepare, targetOf } from './apply.ts';
import { isDataFault } from './database-fault.ts';
import { applyOneByOne } from './one-by-one.ts';
import type { WorkerState } from './worker-state.ts';

export class BatchLine {
  readonly #state: WorkerState;
  #writing: { prepared: Prepared; done: Promise<void> } | undefined;

  constructor(state: WorkerState) {
    this.#state = state;
  }

  /** Prepares messages and starts to write them once the batch before them is in. */
  async apply(messages: readonly CaseMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const prepared = await this.#prepare(messages);
    if (prepared === undefined) return;
    const done = commit(this.#state, prepared);
    done.catch(() => undefined); // looked at in settle()
    this.#writing = { prepared, done };
  }

  /** Waits until everything that was handed in is committed. @throws what a commit throws. */
  async settle(): Promise<'committed' | 'set apart'> {
    const writing = this.#writing;
    this.#writing = undefined;
    if (writing === undefined) return 'committed';
    try {
      await writing.done;
      return 'committed';
    } catch (error) {
      if (!isDataFault(error)) throw error;
      this.#state.positions = [...writing.prepared.before];
      await applyOneByOne(this.#state, writing.prepared.messages, error);
      return 'set apart';
    }
  }

  /** Undefined where the messages could only be applied one by one, which has then been done. */
  async #prepare(messages: readonly CaseMessage[]): Promise<Prepared | undefined> {
    const before = this.#state.positions;
    try {
      const prepared = await prepare(
        this.#state,
        messages,
        targetOf(messages),
        this.#writing?.prepared.stored,
      );
      if ((await this.settle()) === 'committed') return prepared;
    } catch (error) {
      if (!isDataFault(error)) throw error;
      this.#state.positions = before;
      await this.settle();
      await applyOneByOne(this.#state, messages, error);
      return undefined;
    }
    // The batch before it came out otherwise than this one supposed.
    return prepare(this.#state, messages, targetOf(messages), undefined);
  }
}
