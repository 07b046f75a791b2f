import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Logger } from './log.ts';

/**
 * What somebody did that matters to security. With the timestamp that is added: the six fields that BIO2 asks
 * of a log line (8.15.01: actie, object, resultaat, oorsprong, actor, tijdstempel). None may hold a secret, a
 * body or personal data.
 */
export interface Act {
  /** Such as `create key`. */
  action: string;
  /** On what: a route, or the address of a thing that exists. */
  object: string;
  /** Such as `done` or `refused: unknown key`. */
  result: string;
  /** Where it came from: `originOf` of the request. */
  origin: string;
  /** Id of the key; `unknown` where there was none. */
  actor: string;
}

const auditLogs = new WeakMap<Logger, Logger>();

/** Writes one line, at whatever level else is logged; only a silent log stays silent. */
export function audit(log: Logger, { action, object, result, origin, actor }: Act): void {
  let own = auditLogs.get(log);
  if (own === undefined) {
    own = log.child({}, { level: log.level === 'silent' ? 'silent' : 'info' });
    auditLogs.set(log, own);
  }
  own.info(
    { audit: { action, object, result, origin, actor, timestamp: new Date().toISOString() } },
    'audit',
  );
}

/** Who does a request, and from where. */
export function doerOf(request: FastifyRequest): Pick<Act, 'origin' | 'actor'> {
  return { origin: originOf(request), actor: request.key?.id ?? 'unknown' };
}

/**
 * The address that a request came from. Behind a proxy that is the proxy's, and the one that it, or whoever
 * pretends to be one, names is added.
 */
export function originOf(request: FastifyRequest): string {
  const address = request.raw.socket.remoteAddress ?? 'unknown';
  const forwarded = String(request.raw.headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  return forwarded !== undefined && isIP(forwarded) !== 0 ? `${address}, for ${forwarded}` : address;
}

/** The route of a request with its method, as the documentation writes it; never the address itself. */
export function routeOf(request: FastifyRequest): string {
  const pattern = request.routeOptions.url ?? '(no route)';
  return `${request.method} ${pattern.replaceAll(/:(\w+)/g, '{$1}')}`;
}
