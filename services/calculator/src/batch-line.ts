/** Batches one behind the other: while PostgreSQL writes one, the next is prepared. */
import { SETTINGS_SUBJECT } from '@effectstroom/contracts';
import { type CaseMessage, commit, type Prepared, targetOf } from './apply.ts';
import { isDataFault, isRecorded } from './database-fault.ts';
import { decode, type RawMessage, type Reading } from './decode.ts';
import type { Stored } from './fold.ts';
import { applyOneByOne } from './one-by-one.ts';
import { prepare } from './prepare.ts';
import { Repetitions } from './repetitions.ts';
import type { SettingsMessage } from './revalue.ts';
import type { WorkerState } from './worker-state.ts';

interface Writing {
  messages: readonly RawMessage[];
  prepared: Prepared;
  done: Promise<void>;
}

export class BatchLine {
  readonly #state: WorkerState;
  readonly #reading: Reading;
  readonly #repetitions = new Repetitions();
  #writing: Writing | undefined;

  constructor(state: WorkerState) {
    this.#state = state;
    const own = new Set(state.positions.map(({ partition }) => partition));
    this.#reading = { partitions: state.stream.partitions, own };
  }

  /** Of a message of settings; undefined where it is none, or cannot be read. */
  settingsOf(message: RawMessage): SettingsMessage | undefined {
    if (message.subject !== SETTINGS_SUBJECT) return undefined;
    const decoded = decode(message, this.#reading);
    return decoded.kind === 'settings' ? decoded : undefined;
  }

  /** Prepares messages, none of them of settings, and starts to write them once the batch before them is in. */
  async apply(messages: readonly RawMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const prepared = await this.#prepareBehind(messages);
    if (prepared === undefined) return;
    const done = commit(this.#state, prepared);
    done.catch(() => undefined); // looked at in settle()
    this.#writing = { messages, prepared, done };
  }

  /**
   * Waits until everything that was handed in is committed. @throws what a commit throws.
   * @returns whether it was written as it was prepared
   */
  async settle(): Promise<'as prepared' | 'otherwise'> {
    const writing = this.#writing;
    this.#writing = undefined;
    if (writing === undefined) return 'as prepared';
    try {
      await writing.done;
      return 'as prepared';
    } catch (error) {
      this.#state.positions = [...writing.prepared.before];
      if (isRecorded(error) && !this.#repetitions.areExpected) await this.#writeLookedUp(writing.messages);
      else if (isDataFault(error)) await this.#oneByOne(writing.messages, error);
      else throw error;
      return 'otherwise';
    }
  }

  /** Undefined where the messages could only be applied one by one, which has then been done. */
  async #prepareBehind(messages: readonly RawMessage[]): Promise<Prepared | undefined> {
    const before = this.#state.positions;
    try {
      const prepared = await this.#prepare(messages, this.#writing?.prepared.stored);
      if ((await this.settle()) === 'as prepared') return prepared;
    } catch (error) {
      if (!isDataFault(error)) throw error;
      this.#state.positions = before;
      await this.settle();
      await this.#oneByOne(messages, error);
      return undefined;
    }
    // The batch before it came out otherwise than this one supposed.
    return this.#prepare(messages, undefined);
  }

  async #prepare(messages: readonly RawMessage[], under: Stored | undefined): Promise<Prepared> {
    const lookUp = this.#repetitions.areExpected;
    const prepared = await prepare(this.#state, this.#decoded(messages), targetOf(messages), {
      under,
      lookUp,
    });
    if (lookUp) this.#repetitions.found(prepared.recorded);
    return prepared;
  }

  /** Once more, with what is recorded of its identities. */
  async #writeLookedUp(messages: readonly RawMessage[]): Promise<void> {
    const { positions } = this.#state;
    this.#repetitions.found(1);
    try {
      await commit(this.#state, await this.#prepare(messages, undefined));
    } catch (error) {
      if (!isDataFault(error)) throw error;
      this.#state.positions = positions;
      await this.#oneByOne(messages, error);
    }
  }

  #oneByOne(messages: readonly RawMessage[], reason: unknown): Promise<void> {
    return applyOneByOne(this.#state, [...this.#decoded(messages)], reason);
  }

  *#decoded(messages: readonly RawMessage[]): Generator<CaseMessage> {
    for (const message of messages) {
      const decoded = decode(message, this.#reading);
      if (decoded.kind !== 'settings') yield decoded;
    }
  }
}
