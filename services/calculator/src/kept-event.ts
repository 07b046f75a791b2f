/** An event of which the text is kept. */
import { type CaseEvent, parseCaseEvent } from '@effectstroom/contracts';
import type { Judged } from './settings-book.ts';

/** In the form in which it was folded first, however it was written; as it is, where it was kept under other rules. */
export function eventOf(payload: string): CaseEvent {
  const value: unknown = JSON.parse(payload);
  try {
    return parseCaseEvent(value);
  } catch {
    return value as CaseEvent; // it was checked before it was kept
  }
}

/**
 * The parsed form takes several times the memory of the text, and for most events of a case it is asked once. So it can
 * be let go of, and is made again when it is asked for.
 */
export abstract class KeptEvent implements Judged {
  judged: Judged['judged'] = undefined;
  #event: CaseEvent | undefined;

  constructor(event: CaseEvent | undefined) {
    this.#event = event;
  }

  abstract readonly payload: string;

  get event(): CaseEvent {
    this.#event ??= eventOf(this.payload);
    return this.#event;
  }

  /** Lets go of what can be made again. */
  forget(): void {
    this.#event = undefined;
    this.judged = undefined;
  }
}
