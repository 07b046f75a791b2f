/** From decoded messages to events with the numbers of everything that they name. */
import { type DroppedEvents, eventNumber, type Micros, type UnreadableRow } from '@effectstroom/database';
import { type CaseMessage, knownAtOf, positionOf } from './apply.ts';
import type { DecodedEvent } from './decode.ts';
import { Dropped } from './erasures/erased-cases.ts';
import { type Arrival, caseKeyOf, identityOf } from './fold.ts';
import { KeptEvent } from './kept-event.ts';
import type { WorkerState } from './worker-state.ts';

/** Where an event comes from, and its numbers. */
type Numbers = Pick<Arrival, 'number' | 'knownAt' | 'organisation' | 'source' | 'partition'>;

/** An event of the stream. */
export class ArrivedEvent extends KeptEvent implements Arrival {
  readonly number: bigint;
  readonly knownAt: Micros;
  readonly organisation: number;
  readonly source: number;
  readonly partition: number;
  readonly identity: string;
  readonly caseKey: string;
  /** The payload. It stays outside the heap, where nothing copies it. */
  readonly bytes: Buffer;

  constructor(numbers: Numbers, { event, payload }: DecodedEvent) {
    super(event);
    this.number = numbers.number;
    this.knownAt = numbers.knownAt;
    this.organisation = numbers.organisation;
    this.source = numbers.source;
    this.partition = numbers.partition;
    this.identity = identityOf(numbers.organisation, numbers.source, event.id);
    this.caseKey = caseKeyOf(numbers.organisation, event.data.caseId);
    this.bytes = payload;
  }

  get payload(): string {
    return this.bytes.toString();
  }
}

interface Own {
  message: CaseMessage;
  knownAt: Micros;
  events: readonly DecodedEvent[];
}

/** The arrivals of one batch, slice by slice. */
export class Arrivals {
  /** What could not be read. */
  readonly unreadable: UnreadableRow[] = [];
  readonly #state: WorkerState;
  readonly #dropped = new Dropped();
  /** A clock that steps back must not bring the entries of one case out of order. */
  #storedAt: Micros = 0n;

  constructor(state: WorkerState) {
    this.#state = state;
  }

  /** Events of erased cases, which count nowhere. */
  get dropped(): DroppedEvents[] {
    return this.#dropped.all();
  }

  /** The events of the next messages that were not applied before. */
  async of(messages: readonly CaseMessage[]): Promise<ArrivedEvent[]> {
    const own: Own[] = [];
    for (const message of messages) this.#sift(message, own);
    await this.#numberCodes(own);
    const { epoch, organisations, sources } = this.#state;
    const arrived: ArrivedEvent[] = [];
    for (const { message, knownAt, events } of own) {
      const first = eventNumber({ epoch, sequence: message.sequence, index: 0 });
      const { partition } = message;
      for (const decoded of events) {
        const organisation = organisations.id(decoded.event.data.organisation);
        const source = sources.id(decoded.event.source);
        const number = first + BigInt(decoded.index);
        arrived.push(new ArrivedEvent({ number, knownAt, organisation, source, partition }, decoded));
      }
    }
    return arrived;
  }

  #sift(message: CaseMessage, own: Own[]): void {
    const { epoch, erased } = this.#state;
    const { sequence, storedAt } = message;
    if (storedAt > this.#storedAt) this.#storedAt = storedAt;
    const position = positionOf(this.#state, message);
    if (position === undefined) return;
    const knownAt = knownAtOf(this.#storedAt, position);
    const from = { epoch, sequence, storedAt };
    const events = message.kind === 'cases' ? erased.sift(message.events, from, this.#dropped) : [];
    own.push({ message, knownAt, events });
    for (const { index, detail, payload } of message.unreadable)
      this.unreadable.push({ number: eventNumber({ epoch, sequence, index }), detail, payload, knownAt });
  }

  async #numberCodes(own: readonly Own[]): Promise<void> {
    const { reads, organisations, sources } = this.#state;
    const codes = new Set<string>();
    const uris = new Set<string>();
    for (const { events } of own)
      for (const { event } of events) {
        if (!organisations.has(event.data.organisation)) codes.add(event.data.organisation);
        if (!sources.has(event.source)) uris.add(event.source);
      }
    if (codes.size > 0) await organisations.ensure(reads, codes);
    if (uris.size > 0) await sources.ensure(reads, uris);
  }
}
