/**
 * One who is compared with the calculator: it does the work of some seconds, and is checked to have done it
 * right.
 */
import type { CaseEvent } from '@effectstroom/contracts';
import { moment } from '../clock.ts';
import { type PeerEvent, PeerGroups, peerEvent } from './peer-event.ts';

/** Of one of the processes of a peer; what a process can be sent. */
export interface PeerWork {
  /** Of a database with the tables of peer-tables.ts. */
  url: string;
  /** As they stand in the stream, each the first of its case; only its own where no queue divides them. */
  texts: readonly string[];
  /** Of everything that the events have in common: see {@link PeerGroups}. */
  groups: ReadonlyMap<string, number>;
  seconds: number;
}

export interface Peer {
  name: string;
  /** SQL that counts the events it has recorded, where that is not `peer.event`. */
  recorded?: string;
  /** Events that a process of it works on at once. */
  inFlight: number;
  /** Whether its processes take the events from one queue, which `prepare` fills. */
  hasQueue?: boolean;
  /** Once, before any of its processes starts and before time counts. */
  prepare?(url: string, texts: readonly string[]): Promise<void>;
  /** @returns when each event was committed, in milliseconds since 1970; none after the time was up */
  work(work: PeerWork): Promise<number[]>;
}

/** As many as each process of a peer works on at once. */
export const PEER_CONNECTIONS = 16;

/** As many as there are calculators at most. */
export const PEER_PROCESSES = 4;

/** Events that are parsed and valued as a peer gets them, and when each was committed. */
export class PeerProgress {
  readonly moments: number[] = [];
  readonly #groups: PeerGroups;
  readonly #endsAt: number;
  #done = 0;

  /** The time starts. */
  constructor({ groups, seconds }: Pick<PeerWork, 'groups' | 'seconds'>) {
    this.#groups = new PeerGroups(groups);
    this.#endsAt = moment() + seconds * 1_000;
  }

  read(event: CaseEvent): PeerEvent {
    return peerEvent(event, this.#groups);
  }

  get isTimeUp(): boolean {
    return moment() >= this.#endsAt;
  }

  /** An event is committed. */
  done(): void {
    this.#done++;
    if (!this.isTimeUp) this.moments.push(moment());
  }

  get count(): number {
    return this.#done;
  }
}
