/** The load: a process that sends prepared requests as fast as they are answered, or at a steady pace. */
import { Agent, request } from 'node:http';
import { answerRequests } from './child.ts';
import { moment } from './clock.ts';
import { sentEvents } from './workload.ts';

export type LoadRequest =
  /** Makes the requests, so that making them takes no time while they are sent. */
  | { do: 'prepare'; seed: number; events: number; eventsPerRequest: number; organisations?: number }
  /** Sends everything that was prepared over so many connections, each waiting for its answer. */
  | { do: 'send'; url: string; connections: number }
  /** Sends what was prepared at a pace, whether or not the earlier ones were answered. */
  | { do: 'pace'; url: string; requestsPerSecond: number };

/** By place of the request: milliseconds since 1970. */
export interface LoadAnswer {
  dueAt: Float64Array;
  answeredAt: Float64Array;
}

/** The key that the local stack accepts on loopback. */
const AUTHORIZATION = 'Bearer local-ingest';
/** More than a pace of 1,000 a second needs, unless answers stay out. */
const PACE_CONNECTIONS = 256;

let bodies: Buffer[] = [];
let contentType = '';

answerRequests(async (asked: LoadRequest): Promise<LoadAnswer> => {
  if (asked.do === 'prepare') {
    prepare(asked);
    return { dueAt: new Float64Array(), answeredAt: new Float64Array() };
  }
  return asked.do === 'send' ? sendAll(asked) : sendAtPace(asked);
});

function prepare({ seed, events, eventsPerRequest, organisations }: LoadRequest & { do: 'prepare' }): void {
  contentType = `application/cloudevents${eventsPerRequest === 1 ? '' : '-batch'}+json`;
  bodies = [];
  let texts: string[] = [];
  for (const event of sentEvents(seed, events, organisations)) {
    texts.push(JSON.stringify(event));
    if (texts.length < eventsPerRequest) continue;
    bodies.push(Buffer.from(eventsPerRequest === 1 ? texts.join() : `[${texts.join()}]`));
    texts = [];
  }
}

async function sendAll({ url, connections }: LoadRequest & { do: 'send' }): Promise<LoadAnswer> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const dueAt = new Float64Array(bodies.length);
  const answeredAt = new Float64Array(bodies.length);
  let next = 0;
  const lane = async () => {
    for (let place = next++; place < bodies.length; place = next++) {
      dueAt[place] = moment();
      await post(agent, url, bodies[place]);
      answeredAt[place] = moment();
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  agent.destroy();
  return { dueAt, answeredAt };
}

async function sendAtPace({ url, requestsPerSecond }: LoadRequest & { do: 'pace' }): Promise<LoadAnswer> {
  const agent = new Agent({ keepAlive: true, maxSockets: PACE_CONNECTIONS });
  const dueAt = new Float64Array(bodies.length);
  const answeredAt = new Float64Array(bodies.length);
  const answers: Promise<void>[] = [];
  const startedAt = moment();
  while (answers.length < bodies.length) {
    const due = Math.min(bodies.length, Math.floor(((moment() - startedAt) / 1_000) * requestsPerSecond));
    for (let place = answers.length; place < due; place++) {
      dueAt[place] = startedAt + (place / requestsPerSecond) * 1_000;
      answers.push(
        post(agent, url, bodies[place]).then(() => {
          answeredAt[place] = moment();
        }),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(answers);
  agent.destroy();
  return { dueAt, answeredAt };
}

function post(agent: Agent, url: string, body: Buffer | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        ...{ agent, method: 'POST' },
        headers: {
          authorization: AUTHORIZATION,
          'content-type': contentType,
          'content-length': body?.length ?? 0,
        },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          if (response.statusCode === 202) resolve();
          else reject(new Error(`answered ${response.statusCode}: ${Buffer.concat(parts).subarray(0, 500)}`));
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
