import type { Fault } from '@effectstroom/contracts';
import { ProblemError, routeOf } from '@effectstroom/runtime';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RefusalRecorder } from './refusal-recorder.ts';
import { aboutEvents, aboutSettings, type RefusedAbout } from './refused-about.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What a request is about, where its route knows better than its address and body tell. */
    refusedAbout: RefusedAbout | null;
  }
}

/** Records of refused keys that one key, or everybody without one, makes in a minute: a flood is no news. */
const ACCESS_PER_MINUTE = 10;
const MINUTE = 60_000;

/** What delivers nothing: asking, trying out, and addresses that are not there. */
const NOT_RECORDED: ReadonlySet<string> = new Set(['POST /v1/events/check']);

/** Has every refused delivery recorded after its answer. For a server without routes yet. */
export function addRefusalHook(app: FastifyInstance, recorder: RefusalRecorder): void {
  const access = new AccessRecords();
  app.decorateRequest('refusedAbout', null);
  app.addHook('onError', async (request, reply, error) => {
    const status = statusOf(error);
    const route = routeOf(request);
    if (status < 400 || status >= 500 || status === 405) return;
    if (request.method === 'GET' || NOT_RECORDED.has(route)) return;
    const key = request.key?.id ?? request.formerKey;
    if ((status === 401 || status === 403 || status === 429) && !access.take(key ?? '')) return;
    reply.raw.once('close', () => {
      const faults = faultsOf(error);
      recorder.record({ key, route, status, faults, ...aboutOf(request, faults) });
    });
  });
}

function aboutOf(request: FastifyRequest, faults: readonly Fault[]): RefusedAbout {
  if (request.refusedAbout !== null) return request.refusedAbout;
  if (request.key === null) return { count: 1 };
  return request.routeOptions.url === '/v1/events'
    ? aboutEvents(request, request.key, faults)
    : aboutSettings(request, request.key);
}

function faultsOf(error: Error): readonly Fault[] {
  const errors = error instanceof ProblemError ? error.extensions['errors'] : undefined;
  return Array.isArray(errors) ? (errors as readonly Fault[]) : [];
}

function statusOf(error: Error): number {
  if (error instanceof ProblemError) return error.status;
  return 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
}

/** Counts, by key, the refusals of a minute that have nothing to do with what was sent. */
class AccessRecords {
  readonly #counts = new Map<string, number>();
  #end = 0;

  take(key: string): boolean {
    const now = performance.now();
    if (now >= this.#end) {
      this.#counts.clear();
      this.#end = now + MINUTE;
    }
    const count = this.#counts.get(key) ?? 0;
    this.#counts.set(key, count + 1);
    return count < ACCESS_PER_MINUTE;
  }
}
