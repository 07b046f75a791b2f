import { hash } from 'node:crypto';
import {
  caseSubject,
  LIMITS,
  partitionOf,
  SETTINGS_SUBJECT,
  type SettingsEvent,
} from '@effectstroom/contracts';
import type { AcceptedEvent } from './parse.ts';

/** One message for the stream. The same request makes the same messages, with the same ids. */
export interface Message {
  subject: string;
  payload: Buffer;
  /** JetStream drops a message whose id it has seen in the last two minutes. */
  id: string;
}

/**
 * The messages of one request's events: the events of one partition together, one JSON line each, in the
 * order of the request; more messages where they do not fit in one.
 */
export function caseMessages(events: readonly AcceptedEvent[], partitions: number): Message[] {
  const linesOf: (string[] | undefined)[] = new Array(partitions);
  for (const { event, line } of events) {
    const partition = partitionOf(event.data.organisation, event.data.caseId, partitions);
    const lines = linesOf[partition];
    if (lines === undefined) linesOf[partition] = [line];
    else lines.push(line);
  }
  const messages: Message[] = [];
  for (const [partition, lines] of linesOf.entries()) {
    if (lines !== undefined) addMessages(caseSubject(partition), lines, messages);
  }
  return messages;
}

function addMessages(subject: string, lines: readonly string[], messages: Message[]): void {
  const payload = Buffer.from(lines.join('\n'));
  if (payload.length <= LIMITS.messageBytes) {
    messages.push({ subject, payload, id: hash('sha256', payload) });
    return;
  }
  const middle = Math.ceil(lines.length / 2);
  addMessages(subject, lines.slice(0, middle), messages);
  addMessages(subject, lines.slice(middle), messages);
}

/** The message of a settings event. */
export function settingsMessage(event: SettingsEvent): Message {
  return { subject: SETTINGS_SUBJECT, payload: Buffer.from(JSON.stringify(event)), id: event.id };
}
