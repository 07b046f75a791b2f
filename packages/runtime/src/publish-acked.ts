import { STREAM } from '@effectstroom/contracts';
import { createInbox, headers, type Msg, type NatsConnection } from '@nats-io/nats-core';

/** Publishes one message and waits until JetStream has stored it. `id`: a repetition is stored once. */
export type PublishAcked = (
  subject: string,
  payload: Uint8Array,
  id: string,
  timeout: number,
) => Promise<void>;

/** JetStream answered that it does not store a message. */
export class PublishRefused extends Error {}

interface Waiting {
  stored(): void;
  failed(error: Error): void;
}

/**
 * Publishing with acknowledgements over one inbox. The client's own `publish` makes several errors and
 * promises for every message, which took most of the CPU of publishing.
 *
 * The promise is rejected where JetStream refuses the message, does not listen to its subject, or does not
 * answer within `timeout` milliseconds. A message without an answer may be stored all the same.
 */
export function publishAcked(connection: NatsConnection): PublishAcked {
  const inbox = createInbox();
  const waiting = new Map<string, Waiting>();
  let last = 0;
  connection.subscribe(`${inbox}.*`, {
    callback: (error, message) => {
      if (error !== null) return;
      const token = message.subject.slice(inbox.length + 1);
      const one = waiting.get(token);
      const refusal = refusalOf(message);
      if (refusal === undefined) one?.stored();
      else one?.failed(refusal);
    },
  });
  return (subject, payload, id, timeout) =>
    new Promise((resolve, reject) => {
      const token = String(++last);
      const timer = setTimeout(() => one.failed(new Error('no acknowledgement in time')), timeout);
      const end = (): void => {
        clearTimeout(timer);
        waiting.delete(token);
      };
      const one: Waiting = {
        stored: () => {
          end();
          resolve();
        },
        failed: (error) => {
          end();
          reject(error);
        },
      };
      waiting.set(token, one);
      const own = headers();
      own.set('Nats-Msg-Id', id);
      try {
        connection.publish(subject, payload, { reply: `${inbox}.${token}`, headers: own });
      } catch (error) {
        one.failed(error instanceof Error ? error : new Error(String(error)));
      }
    });
}

/** Why a message was not stored; undefined where it was. */
function refusalOf(message: Msg): Error | undefined {
  // From the server alone: a member of a cluster that is cut off from the others says this too.
  if (message.data.length === 0) return new Error('no stream listens to this subject');
  const { stream, seq, error } = message.json<{
    stream?: string;
    seq?: number;
    error?: { description?: string };
  }>();
  if (error !== undefined) return new PublishRefused(error.description ?? 'refused');
  // nats-server 2.10 says so of the repetition of a message that it proposed to its cluster, and may yet lose.
  if (stream === STREAM && seq === 0) return new Error('the message is not stored yet');
  return stream === STREAM ? undefined : new PublishRefused('the answer is no acknowledgement of ours');
}
