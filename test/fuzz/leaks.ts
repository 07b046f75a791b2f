/** Looks for what was refused wherever something is kept. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { type Markers, markersIn } from './marker.ts';
import { isTakenBySchema } from './schema-oracle.ts';
import type { FuzzStack } from './stack.ts';

/** A case event as the stream has it. */
interface Kept {
  id: string;
  data: { caseId: string };
}

export class Leaks {
  readonly #stack: FuzzStack;
  readonly #markers: Markers;
  /** Case events in the stream, by id and case. */
  readonly events = new Set<string>();
  readonly #seen = new Map<string, number>();

  constructor(stack: FuzzStack, markers: Markers) {
    this.#stack = stack;
    this.#markers = markers;
  }

  /** Everything that was kept of what was refused, in sentences. */
  async find(): Promise<string[]> {
    const faults = [...(await this.#inStreams()), ...this.#in('a log', this.#stack.logs())];
    for (const file of filesIn(this.#stack.dataFolder)) {
      faults.push(...this.#in(`the file ${file.split('/').pop()}`, readFileSync(file, 'latin1')));
    }
    return [...new Set(faults)];
  }

  async #inStreams(): Promise<string[]> {
    const { connection } = this.#stack.pipeline;
    const manager = await jetstreamManager(connection);
    const faults: string[] = [];
    for await (const { config, state } of manager.streams.list()) {
      const { name } = config;
      const from = Math.max((this.#seen.get(name) ?? 0) + 1, state.first_seq);
      this.#seen.set(name, state.last_seq);
      if (state.messages === 0 || from > state.last_seq) continue;
      const consumer = await jetstream(connection).consumers.get(name, { opt_start_seq: from });
      for await (const message of await consumer.consume()) {
        const text = message.string();
        faults.push(
          ...this.#in(`the stream ${name}`, `${message.subject}\n${message.headers ?? ''}\n${text}`),
        );
        if (message.subject.startsWith('cases.')) faults.push(...this.#keepEvents(text));
        if (message.seq >= state.last_seq) break;
      }
    }
    return faults;
  }

  #keepEvents(text: string): string[] {
    return text.split('\n').flatMap((line) => {
      const event: Kept = JSON.parse(line);
      this.events.add(`${event.id} ${event.data.caseId}`);
      return isTakenBySchema('case-event', event) ? [] : [`the schema refuses what the stream has: ${line}`];
    });
  }

  #in(where: string, text: string): string[] {
    return markersIn(text)
      .filter((marker) => this.#markers.refused.has(marker))
      .map((marker) => `${where} holds something of refused input: ${around(text, marker)}`);
  }
}

function around(text: string, marker: string): string {
  const at = text.toLowerCase().indexOf(marker);
  return JSON.stringify(text.slice(Math.max(0, at - 200), at + 100));
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
}
