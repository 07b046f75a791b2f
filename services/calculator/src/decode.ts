/** From a message of the stream to events. What cannot be read is kept apart and stops nothing. */
import {
  type CaseEvent,
  LIMITS,
  parseCaseEvent,
  parseSettingsEvent,
  partitionOf,
  partitionOfSubject,
  SETTINGS_SUBJECT,
  type SettingsEvent,
} from '@effectstroom/contracts';
import type { Micros } from '@effectstroom/database';

export interface RawMessage {
  subject: string;
  sequence: bigint;
  /** JetStream's timestamp. */
  storedAt: Micros;
  data: Uint8Array;
}

export interface DecodedEvent {
  /** Place in the message. */
  index: number;
  event: CaseEvent;
  /** The line as it came: part of the message's own bytes. */
  payload: Buffer;
}

export interface UnreadableLine {
  index: number;
  detail: string;
  payload: Buffer;
}

interface Place {
  sequence: bigint;
  storedAt: Micros;
}

export type Decoded = Place &
  (
    | { kind: 'cases'; partition: number; events: DecodedEvent[]; unreadable: UnreadableLine[] }
    | { kind: 'settings'; event: SettingsEvent }
    | { kind: 'unreadable'; partition: number; unreadable: UnreadableLine[] }
  );

/** A byte order mark stays, so that its line cannot be read: it would stand in the record, and JSON has none. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Which partitions there are, and which of them a worker reads. */
export interface Reading {
  /** Number of partitions of the stream. */
  partitions: number;
  own: ReadonlySet<number>;
}

const NEW_LINE = 10;

/** How many lines a message of cases has; 0 where it is not the worker's, or of settings. */
export function linesOf({ subject, data }: RawMessage, { own }: Reading): number {
  const partition = partitionOfSubject(subject);
  if (partition === undefined || !own.has(partition)) return 0;
  let lines = 1;
  for (let at = data.indexOf(NEW_LINE); at >= 0; at = data.indexOf(NEW_LINE, at + 1)) lines++;
  return lines;
}

/** Reads a message; cases of partitions that are not the worker's stay unread. Never throws. */
export function decode(
  { subject, sequence, storedAt, data }: RawMessage,
  { partitions, own }: Reading,
): Decoded {
  const place = { sequence, storedAt };
  const partition = partitionOfSubject(subject);
  if (partition !== undefined && !own.has(partition))
    return { ...place, kind: 'cases', partition, events: [], unreadable: [] };
  try {
    if (subject === SETTINGS_SUBJECT)
      return { ...place, kind: 'settings', event: parseSettingsEvent(JSON.parse(utf8.decode(data))) };
    if (partition === undefined) throw new Error(`Subject ${subject} is not one of the stream's`);
    return { ...place, kind: 'cases', partition, ...decodeLines(bytesOf(data), partition, partitions) };
  } catch (error) {
    // What is of no partition is kept by the worker of the first.
    return {
      ...place,
      kind: 'unreadable',
      partition: partition ?? 0,
      unreadable: [unreadable(0, error, bytesOf(data))],
    };
  }
}

function decodeLines(data: Buffer, partition: number, partitions: number) {
  const text = utf8.decode(data);
  const events: DecodedEvent[] = [];
  const bad: UnreadableLine[] = [];
  const lines = text.split('\n');
  if (lines.length > LIMITS.eventsPerRequest)
    throw new Error(`A message holds at most ${LIMITS.eventsPerRequest} events`);
  let from = 0;
  lines.forEach((line, index) => {
    const end = data.indexOf(NEW_LINE, from);
    const payload = data.subarray(from, end < 0 ? data.length : end);
    from = end + 1;
    try {
      const event = parseCaseEvent(JSON.parse(line));
      const { organisation, caseId } = event.data;
      if (partitionOf(organisation, caseId, partitions) !== partition)
        throw new Error('The case belongs to another partition');
      events.push({ index, event, payload });
    } catch (error) {
      bad.push(unreadable(index, error, payload));
    }
  });
  return { events, unreadable: bad };
}

/** The same bytes, as a Buffer. */
function bytesOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function unreadable(index: number, error: unknown, payload: Buffer): UnreadableLine {
  return { index, detail: error instanceof Error ? error.message : String(error), payload };
}
