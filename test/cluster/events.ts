/** What is sent: cases of one programme that are registered, assessed, assessed anew and withdrawn. */
import { PLACE } from '../harness/plain-programme.ts';
import { type SentEvent, TYPES } from '../harness/sent.ts';
import { type Random, seededRandom } from '../scenarios/random.ts';

const SOURCE = 'urn:nld:kvknr:41224547:systeem:registratie';
const BATCH_MAX = 20;
const REMEMBERED = 200;

/** One registration system: the same seed and number say the same. */
export class Registration {
  readonly #random: Random;
  readonly #number: number;
  readonly #revisions: [caseId: string, revision: number][] = [];
  #cases = 0;
  #events = 0;

  constructor(seed: number, number: number) {
    this.#random = seededRandom(BigInt(seed * 1_000 + number + 1));
    this.#number = number;
  }

  /** Events of one request: of new cases and of some that were sent before. */
  batch(): SentEvent[] {
    return Array.from({ length: 1 + this.#random.below(BATCH_MAX) }, () => this.#next());
  }

  #next(): SentEvent {
    const known =
      this.#random.below(100) < 30
        ? this.#revisions[this.#random.below(this.#revisions.length || 1)]
        : undefined;
    const [caseId, revision] = known ?? [`r${this.#number}-${this.#cases++}`, 0];
    if (known !== undefined) known[1]++;
    else if (this.#revisions.push([caseId, 0]) > REMEMBERED) this.#revisions.shift();
    const type = this.#random.pick([TYPES.assessed, TYPES.assessed, TYPES.assessed, TYPES.registered]);
    const at = known === undefined ? revision : known[1];
    if (known !== undefined && this.#random.below(100) < 10) return this.#event(TYPES.withdrawn, caseId, at);
    return this.#event(type, caseId, at);
  }

  #event(type: SentEvent['type'], caseId: string, revision: number): SentEvent {
    const id = `r${this.#number}-e${this.#events++}`;
    const time = new Date(Date.UTC(2021, 6, 1) + this.#events * 1_000).toISOString();
    const base = { ...PLACE, caseId, revision };
    const of = { specversion: '1.0', id, source: SOURCE, type, time } as const;
    if (type === TYPES.withdrawn) return { ...of, data: { ...base, reason: 'error' } };
    const month = String(1 + this.#random.below(6)).padStart(2, '0');
    const data = { ...base, date: `2021-${month}-14`, theme: this.#random.pick(['1', '2', '3']) };
    if (type === TYPES.registered) return { ...of, data };
    const line = {
      ...{ service: 'begeleiding', quantity: String(1 + this.#random.below(400) / 4) },
      ...{ likelihood: 'probable', contribution: this.#random.pick(['certain', 'possible']) },
    };
    const amount = {
      amount: `${this.#random.below(9_000)}.50`,
      costBearer: 'zorgverzekeraar',
      likelihood: 70,
    };
    return {
      ...of,
      data: { ...data, avoided: [line, { ...amount, contribution: 35, recurrence: 'yearly' }] },
    };
  }
}

/** One event for each of these cases, as of a program that looks whether everything works. */
export function probeEvents(number: number, caseIds: readonly string[]): SentEvent[] {
  const time = new Date(Date.UTC(2021, 7, 1) + number * 1_000).toISOString();
  return caseIds.map((caseId) => ({
    ...{ specversion: '1.0', id: `${caseId}-${number}`, source: SOURCE, type: TYPES.registered, time },
    data: { ...PLACE, caseId, revision: number, date: '2021-03-17', theme: '1' },
  }));
}
