/** What a client sends, drawn from the seed: cases with their revisions, conflicts and repetitions. */
import { identityOf } from '../../harness/auditor.ts';
import type { SentEvent, SentPriceList, SentProgramme } from '../../harness/sent.ts';
import { type Random, seededRandom } from '../../scenarios/random.ts';
import { inventEvents } from '../../simulation/invent-events.ts';
import { inventPriceList, inventProgramme, PLACES, type Place } from '../../simulation/invent-settings.ts';

/** So many chunks are of the same organisations; then come new ones: what a setting touches stays small. */
export const CHUNKS_PER_EPOCH = 20;
const EVENTS_PER_CHUNK = 150;

export interface Chunk {
  epoch: number;
  /** In the order in which they are to be sent; identity conflicts not among them. */
  events: SentEvent[];
  /** Other contents under identities of `events`: only after what came first. */
  conflicts: SentEvent[];
}

/** The chunk of this number of a client, the same in every run with this seed. */
export function chunkOf(seed: number, client: number, number: number): Chunk {
  const random = randomAt(seed, 1 + client, number);
  const epoch = Math.floor(number / CHUNKS_PER_EPOCH);
  const planned = inventEvents(EVENTS_PER_CHUNK, random).sort((one, other) => one.at - other.at);
  const moved = planned.map((one) => ({ ...one, event: moveTo(one.event, epoch, `${client}-${number}`) }));
  const events = moved.filter((one) => !one.isIdentityConflict).map(({ event }) => event);
  return {
    epoch,
    events,
    conflicts: moved.filter((one) => one.isIdentityConflict).map(({ event }) => event),
  };
}

/** The same event of an organisation of the epoch, and of a case of this chunk alone. */
function moveTo(event: SentEvent, epoch: number, chunk: string): SentEvent {
  const { organisation, caseId } = event.data;
  const data = { ...event.data, organisation: `${organisation}-${epoch}`, caseId: `${chunk}-${caseId}` };
  return { ...event, id: `${event.id}-${chunk}`, data };
}

/** Draws that depend on the seed and on these two only. */
export function randomAt(seed: number, one: number, other: number): Random {
  return seededRandom(mixed((BigInt(seed) << 40n) ^ (BigInt(one) << 24n) ^ BigInt(other)));
}

/** Spreads numbers that follow each other over 64 bits: first draws from them would resemble (splitmix64). */
function mixed(number: bigint): bigint {
  const first = BigInt.asUintN(64, (number + 0x9e3779b97f4a7c15n) * 0xbf58476d1ce4e5b9n);
  const second = BigInt.asUintN(64, (first ^ (first >> 27n)) * 0x94d049bb133111ebn);
  return second ^ (second >> 31n);
}

export function placesOf(epoch: number): Place[] {
  return PLACES.map((place) => ({ ...place, organisation: `${place.organisation}-${epoch}` }));
}

export function programmeOf(place: Place, epoch: number, random: Random): SentProgramme {
  const programme = inventProgramme(place, random);
  return { ...programme, priceList: `${programme.priceList}-${epoch}` };
}

export function priceListOf(random: Random): SentPriceList {
  return inventPriceList(random);
}

/** Those under whose identity nothing else may stand yet. */
export function withoutFirst(conflicts: readonly SentEvent[], missing: ReadonlySet<string>): SentEvent[] {
  return conflicts.filter((event) => !missing.has(identityOf(event)));
}
