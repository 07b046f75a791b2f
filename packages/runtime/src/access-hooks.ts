import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { audit, doerOf, originOf, routeOf } from './audit.ts';
import { addressOf } from './authorise.ts';
import type { KeyRing } from './key-ring.ts';
import type { Logger } from './log.ts';
import { ProblemError } from './problem.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What the route does, such as `put programme`: every use of it is written to the log of acts. */
    audit?: string;
  }
}

/**
 * Has a server write the acts that matter to security: every use of a route whose `config.audit` names what it
 * does, and everywhere what a key may not do. For a server without routes yet. At the level `debug` the log
 * also names the routes.
 */
export function addAccessHooks(app: FastifyInstance, keys: KeyRing, log: Logger): void {
  const routes: string[] = [];
  app.decorateRequest('formerKey', null);
  app.decorateRequest('isRefusalAudited', false);
  app.addHook('onRoute', (route) => {
    routes.push(`${route.method} ${route.url}`);
    const action = route.config?.audit;
    if (action === undefined) return;
    const write = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
      if (!request.isRefusalAudited) audit(log, { action, ...doerOf(request), ...outcomeOf(request, reply) });
    };
    route.onSend = [write, ...[route.onSend ?? []].flat()];
  });
  app.addHook('onError', async (request, _reply, error) => {
    if (!(error instanceof ProblemError) || error.status !== 403 || request.isRefusalAudited) return;
    request.isRefusalAudited = true;
    keys.refused.write(addressOf(request), {
      action: 'authorise',
      object: routeOf(request),
      result: 'refused: not covered by this key',
      origin: originOf(request),
      actor: request.key?.id ?? 'unknown',
    });
  });
  app.addHook('onReady', async () => log.debug({ routes }, 'routes'));
}

/** What came of a request. Its address is named only where it was right: else it may hold anything. */
function outcomeOf(request: FastifyRequest, reply: FastifyReply): { object: string; result: string } {
  const { statusCode } = reply;
  if (statusCode >= 500) return { object: routeOf(request), result: `failed: ${statusCode}` };
  if (statusCode >= 400) return { object: routeOf(request), result: `refused: ${statusCode}` };
  const [path = ''] = request.url.split('?');
  return { object: String(reply.getHeader('location') ?? path), result: 'done' };
}
