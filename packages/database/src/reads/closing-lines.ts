/** The lines of a closing's bundle, found by their hashes: the lines themselves may be too many to hold. */
import type { Kysely, Transaction } from 'kysely';
import type { Database } from '../tables.ts';
import { ClosingPlaces } from './closing-places.ts';
import { type ClosingRecord, readClosingEvents, readErasedLines, readPayloads } from './closings.ts';

const PAGE_EVENTS = 1_000;

/** A line and its SHA-256. */
interface Line {
  line: string;
  hash: string;
}

/**
 * Where each line of the counted cases of a closing is, in order of their hashes. Run it in one snapshot.
 * @param cases how many cases the figures of the closing hold
 * @param lineOf the line of a recorded event
 * @throws Error where there are more lines or fewer
 */
export async function readClosingPlaces(
  tx: Transaction<Database>,
  closing: ClosingRecord,
  cases: number,
  lineOf: (payload: string) => Line,
): Promise<ClosingPlaces> {
  const places = new ClosingPlaces(cases);
  const kept = await readErasedLines(tx, closing);
  for (const { hash, line } of kept) places.add(hash, { line });
  let erased = 0;
  for await (const events of readClosingEvents(tx, closing, PAGE_EVENTS))
    for (const { number, payload } of events)
      if (payload === null) erased++;
      else places.add(lineOf(payload).hash, { number });
  if (places.size !== cases || erased !== kept.length)
    throw new Error(
      `${closing.period} holds ${cases} cases, and lines of ${places.size}; ${kept.length} of ${erased} erased`,
    );
  places.sort();
  return places;
}

/**
 * The lines at these places, in their order, a page at a time. @throws Error where a case is erased meanwhile
 */
export async function* linesAt(
  db: Kysely<Database>,
  { organisationId }: ClosingRecord,
  places: ClosingPlaces,
  lineOf: (payload: string) => Line,
): AsyncGenerator<string[]> {
  for (let at = 0; at < places.size; at += PAGE_EVENTS) {
    const page = places.slice(at, at + PAGE_EVENTS);
    const numbers = page.flatMap((place) => (place.line === undefined ? [place.number] : []));
    const found = await readPayloads(db, organisationId, numbers);
    const payloads = new Map(found.map(({ number, payload }) => [number, payload]));
    yield page.map((place) => {
      if (place.line !== undefined) return place.line;
      const payload = payloads.get(place.number);
      if (payload === undefined) throw new Error('A case was erased while its closing was read: ask again');
      return lineOf(payload).line;
    });
  }
}
