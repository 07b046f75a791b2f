/** What a batch brings of each source. */
import type { EventRow, LedgerEntry, Micros } from './batch.ts';
import { monthOfDate } from './civil-dates.ts';

/** How much one row of `source_total` changes. */
export interface SourceChange {
  organisation: number;
  source: number;
  municipality: string;
  month: string;
  registered: bigint;
  assessed: bigint;
}

/** Events of one source that became known within an hour, which lies in one day of Amsterdam. */
export interface SourceDelivery {
  organisation: number;
  source: number;
  firstKnownAt: Micros;
  lastKnownAt: Micros;
  firstNumber: bigint;
  lastNumber: bigint;
}

const HOUR_MICROS = 3_600_000_000n;

type SummedEntry = Pick<LedgerEntry, 'organisation' | 'source' | 'municipality' | 'sign' | 'contribution'>;

/** One source in one municipality. */
type Place = Pick<SourceChange, 'organisation' | 'source' | 'municipality'> & {
  byMonth: Map<string, SourceChange>;
};

/** Sums of entries per source, growing entry by entry. */
export class SourceSums {
  readonly #places = new Map<string, Place>();
  /** Of the entry before: the next one is mostly of the same. */
  #place: Place | undefined;

  add(entry: SummedEntry): void {
    const { date, assessed } = entry.contribution;
    const { organisation, source, municipality, byMonth } = this.#placeOf(entry);
    const month = monthOfDate(date);
    let sum = byMonth.get(month);
    if (sum === undefined) {
      sum = { organisation, source, municipality, month, registered: 0n, assessed: 0n };
      byMonth.set(month, sum);
    }
    const signed = BigInt(entry.sign);
    sum.registered += signed;
    if (assessed) sum.assessed += signed;
  }

  #placeOf({ organisation, source, municipality }: SummedEntry): Place {
    let place = this.#place;
    if (
      place?.source === source &&
      place.organisation === organisation &&
      place.municipality === municipality
    )
      return place;
    const key = `${organisation} ${source} ${municipality}`;
    place = this.#places.get(key);
    if (place === undefined) {
      place = { organisation, source, municipality, byMonth: new Map() };
      this.#places.set(key, place);
    }
    this.#place = place;
    return place;
  }

  /** Without rows that change nothing, in the order of the key. */
  changes(): SourceChange[] {
    return [...this.#places.values()]
      .flatMap(({ byMonth }) => [...byMonth.values()])
      .filter((row) => row.registered || row.assessed)
      .sort(bySource);
  }
}

/** In the order of the key. */
export function bySource(one: SourceChange, other: SourceChange): number {
  return (
    one.organisation - other.organisation ||
    one.source - other.source ||
    compare(one.municipality, other.municipality) ||
    compare(one.month, other.month)
  );
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

/** The deliveries that new events are part of, growing event by event. */
export class Deliveries {
  readonly #deliveries = new Map<string, SourceDelivery>();
  /** Of the event before: the next one mostly became known with it. */
  #last: { delivery: SourceDelivery; hour: bigint; knownAt: Micros } | undefined;

  add(event: Pick<EventRow, 'organisation' | 'source' | 'knownAt' | 'number'>): void {
    const { knownAt, number } = event;
    const delivery = this.#deliveryOf(event);
    if (knownAt < delivery.firstKnownAt) delivery.firstKnownAt = knownAt;
    if (knownAt > delivery.lastKnownAt) delivery.lastKnownAt = knownAt;
    if (number < delivery.firstNumber) delivery.firstNumber = number;
    if (number > delivery.lastNumber) delivery.lastNumber = number;
  }

  #deliveryOf({
    organisation,
    source,
    knownAt,
    number,
  }: Pick<EventRow, 'organisation' | 'source' | 'knownAt' | 'number'>): SourceDelivery {
    const last = this.#last;
    const hour = last?.knownAt === knownAt ? last.hour : knownAt / HOUR_MICROS;
    if (last?.hour === hour && last.delivery.source === source && last.delivery.organisation === organisation)
      return last.delivery;
    const key = `${organisation} ${source} ${hour}`;
    let delivery = this.#deliveries.get(key);
    if (delivery === undefined) {
      const moment = { firstKnownAt: knownAt, lastKnownAt: knownAt, firstNumber: number, lastNumber: number };
      delivery = { organisation, source, ...moment };
      this.#deliveries.set(key, delivery);
    }
    this.#last = { delivery, hour, knownAt };
    return delivery;
  }

  all(): SourceDelivery[] {
    return [...this.#deliveries.values()];
  }
}
