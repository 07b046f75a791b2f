/** Puts the settings and some events in the stream, through ingest. */
import { CONNECTIONS, type Load } from './ingest-rounds.ts';
import { EVENTS_PER_REQUEST } from './options.ts';
import type { Servers } from './servers.ts';

export async function fillStream(
  servers: Servers,
  load: Load,
  seed: number,
  events: number,
  organisations = 1,
): Promise<void> {
  await servers.emptyStream();
  await load.ask({ do: 'prepare', seed, events, eventsPerRequest: EVENTS_PER_REQUEST, organisations });
  await load.ask({ do: 'send', url: `${servers.ingest.url}/v1/events`, connections: CONNECTIONS });
}
