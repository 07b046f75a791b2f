/** The erased cases whose events are dropped, as a worker knows them. */
import { createHash } from 'node:crypto';
import {
  type Database,
  type DroppedEvents,
  type ErasedCase,
  eventNumber,
  KEPT_OUT_HOURS,
  type Micros,
  readErasedCases,
  readErasureSalt,
} from '@effectstroom/database';
import type { Kysely } from 'kysely';
import type { DecodedEvent } from '../decode.ts';

/** How long a case is kept out, in microseconds. */
export const KEPT_OUT = BigInt(KEPT_OUT_HOURS) * 3_600_000_000n;

/** A message of cases: its place in the stream, and when that stored it. */
export interface Brought {
  epoch: number;
  sequence: bigint;
  storedAt: Micros;
}

export class ErasedCases {
  readonly #salt: Buffer;
  /** By code of the organisation, then by hash in hexadecimal. */
  readonly #cases = new Map<string, Map<string, ErasedCase>>();

  constructor(salt: Buffer, cases: readonly ErasedCase[]) {
    this.#salt = salt;
    for (const one of cases) this.add(one);
  }

  static async read(db: Kysely<Database>): Promise<ErasedCases> {
    return new ErasedCases(await readErasureSalt(db), await readErasedCases(db));
  }

  /** All that is kept of which case was erased: SHA-256 of salt, organisation, a space and case. */
  hashOf(organisation: string, caseId: string): Buffer {
    return createHash('sha256').update(this.#salt).update(`${organisation} ${caseId}`).digest();
  }

  /** From here on the case is kept out. An erasure that still keeps it out goes on doing so (see recordErasure). */
  add(erased: ErasedCase): void {
    const { organisation, hash, until } = erased;
    const key = hash.toString('hex');
    const own = this.#cases.get(organisation) ?? new Map<string, ErasedCase>();
    const known = own.get(key);
    if (known === undefined || known.until <= until - KEPT_OUT) own.set(key, { ...erased });
    this.#cases.set(organisation, own);
  }

  /** The erasure found nothing: it keeps out nothing. */
  letGo({ organisation, erasure }: Pick<ErasedCase, 'organisation' | 'erasure'>): void {
    const own = this.#cases.get(organisation);
    for (const [key, known] of own ?? []) if (known.erasure === erasure) own?.delete(key);
  }

  /** The events of a message without those of erased cases, which are added to `dropped`. */
  sift(events: readonly DecodedEvent[], from: Brought, dropped: Dropped): readonly DecodedEvent[] {
    if (this.#cases.size === 0) return events;
    return events.filter(({ index, event: { data } }) => {
      const own = this.#cases.get(data.organisation);
      if (own === undefined) return true;
      const erased = own.get(this.hashOf(data.organisation, data.caseId).toString('hex'));
      const number = eventNumber({ epoch: from.epoch, sequence: from.sequence, index });
      // What came before the erasure is applied first, and then erased.
      if (erased === undefined || number < erased.number || from.storedAt >= erased.until) return true;
      const until = from.storedAt + KEPT_OUT;
      if (until > erased.until) erased.until = until;
      dropped.add(erased, from.storedAt);
      return false;
    });
  }
}

/** What a batch drops, by case. */
export class Dropped {
  readonly #byErasure = new Map<string, DroppedEvents>();

  add({ erasure, hash }: ErasedCase, storedAt: Micros): void {
    const known = this.#byErasure.get(erasure);
    if (known === undefined) this.#byErasure.set(erasure, { erasure, hash, events: 1, storedAt });
    else {
      known.events++;
      if (storedAt > known.storedAt) known.storedAt = storedAt;
    }
  }

  all(): DroppedEvents[] {
    return [...this.#byErasure.values()];
  }
}
