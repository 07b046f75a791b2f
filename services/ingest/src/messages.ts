import { hash } from 'node:crypto';
import {
  caseSubject,
  LIMITS,
  partitionOf,
  SETTINGS_SUBJECT,
  type SettingsEvent,
} from '@effectstroom/contracts';
import type { AcceptedEvent } from './parse.ts';

/** One message for the stream. */
export interface Message {
  subject: string;
  payload: Buffer;
  /** The same for the same payload. JetStream drops a message whose id it has seen in the last two minutes. */
  id: string;
}

/** Events of one partition, as they are published: one JSON line each. */
export interface CasePiece {
  partition: number;
  events: number;
  payload: Buffer;
}

/**
 * The pieces of one request's events: the events of one partition together, in the order of the request; more
 * pieces where they do not fit in one message.
 */
export function casePieces(events: readonly AcceptedEvent[], partitions: number): CasePiece[] {
  const linesOf: (string[] | undefined)[] = new Array(partitions);
  for (const { event, line } of events) {
    const partition = partitionOf(event.data.organisation, event.data.caseId, partitions);
    const lines = linesOf[partition];
    if (lines === undefined) linesOf[partition] = [line];
    else lines.push(line);
  }
  const pieces: CasePiece[] = [];
  for (const [partition, lines] of linesOf.entries()) {
    if (lines !== undefined) addPieces(partition, lines, pieces);
  }
  return pieces;
}

function addPieces(partition: number, lines: readonly string[], pieces: CasePiece[]): void {
  const payload = Buffer.from(lines.join('\n'));
  if (payload.length <= LIMITS.messageBytes) {
    pieces.push({ partition, events: lines.length, payload });
    return;
  }
  const middle = Math.ceil(lines.length / 2);
  addPieces(partition, lines.slice(0, middle), pieces);
  addPieces(partition, lines.slice(middle), pieces);
}

/** The message that carries a payload of case events. */
export function caseMessage(partition: number, payload: Buffer): Message {
  return { subject: caseSubject(partition), payload, id: hash('sha256', payload) };
}

/** The messages of events that are published by themselves. */
export function caseMessages(events: readonly AcceptedEvent[], partitions: number): Message[] {
  return casePieces(events, partitions).map(({ partition, payload }) => caseMessage(partition, payload));
}

/** The message of a settings event. */
export function settingsMessage(event: SettingsEvent): Message {
  return { subject: SETTINGS_SUBJECT, payload: Buffer.from(JSON.stringify(event)), id: event.id };
}
