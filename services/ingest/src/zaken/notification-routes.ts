import { createHash, timingSafeEqual } from 'node:crypto';
import {
  checkNotification,
  type Fault,
  NOTIFICATION_BYTES,
  pointerTo,
  readJson,
} from '@effectstroom/contracts';
import { doerOf, type KeyRing, keyOf, ProblemError, requireScope, routeOf } from '@effectstroom/runtime';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Admission } from '../admission.ts';
import { isJson } from '../event-mode.ts';
import { faultsProblem } from '../parse.ts';
import { bodyOf } from '../request.ts';
import type { Connection } from './connection.ts';
import { readNotification } from './read-notification.ts';
import type { ZaakConnection } from './zaak-connection.ts';

/** Zaken of one connection that may wait to be fetched. */
const MOST_WAITING = 1_000_000;

interface NotificationRoute {
  Params: { code: string };
}

/** Adds `POST /v1/notifications/{code}` and `GET /v1/notifications`; without connections they answer 404. */
export function addNotificationRoutes(
  app: FastifyInstance,
  keys: KeyRing,
  connections: readonly ZaakConnection[],
): void {
  const byCode = new Map(connections.map((one) => [one.connection.code, one]));
  const admission = new Admission();
  const connectionOf = (code: string): ZaakConnection => {
    const found = byCode.get(code);
    if (found !== undefined) return found;
    throw new ProblemError(
      404,
      'there is no such connection: DATA_FOLDER and ZAKEN_FILE name those there are',
    );
  };
  app.post<NotificationRoute>(
    '/v1/notifications/:code',
    {
      bodyLimit: NOTIFICATION_BYTES,
      onRequest: async (request, reply) => {
        checkAuthorization(keys, request, connectionOf(request.params.code).connection);
        if (!isJson(request.headers)) throw new ProblemError(415, 'send application/json in UTF-8');
        admission.admit(request.headers['content-length'], reply.raw);
      },
    },
    async (request, reply) => {
      const one = connectionOf(request.params.code);
      const { asked, faults } = askedOf(one.connection, bodyOf(request));
      if (faults !== undefined) {
        const { organisation, source } = one.connection.mapping;
        request.refusedAbout = { count: 1, organisation, source };
        await one.keep({ what: 'refused' });
        throw faultsProblem(400, 'this notification is not taken: see errors', faults);
      }
      if (asked.what === 'taken' && one.waiting() >= MOST_WAITING) {
        throw new ProblemError(503, 'too much is waiting: send the same again later', {
          'retry-after': '60',
        });
      }
      await one.keep(asked);
      return reply.code(204).send();
    },
  );
  app.get('/v1/notifications', { onRequest: requireScope(keys, 'admin') }, async (request) => {
    if (connections.length === 0) {
      throw new ProblemError(404, 'there are no connections: DATA_FOLDER and ZAKEN_FILE name them');
    }
    const key = keyOf(request);
    const covered = connections.filter((one) => key.coversOrganisation(one.connection.mapping.organisation));
    return { connections: covered.map((one) => one.status()) };
  });
}

function askedOf(connection: Connection, body: Buffer): ReturnType<typeof readNotification> {
  const json = readJson(body);
  if (json.faults.length > 0) {
    const faults = json.faults.map(
      ({ path, code, detail }): Fault => ({ pointer: pointerTo(path), code, detail }),
    );
    return { faults };
  }
  const { notification, faults } = checkNotification(json.value);
  return notification === undefined ? { faults } : readNotification(connection, notification);
}

/** Throws a problem, 401, where a request does not come from the subscription of a connection. */
function checkAuthorization(
  keys: KeyRing,
  request: FastifyRequest,
  { code, authorization }: Connection,
): void {
  const hash = createHash('sha256')
    .update(request.headers.authorization ?? '')
    .digest();
  if (authorization.some((expected) => timingSafeEqual(expected, hash))) return;
  request.isRefusalAudited = true;
  keys.refused.write(request.raw.socket.remoteAddress ?? 'unknown', {
    action: 'authenticate',
    object: routeOf(request),
    result: `refused: not the subscription of ${code}`,
    ...doerOf(request),
  });
  throw new ProblemError(401, 'send the Authorization value of the subscription', {
    'www-authenticate': 'Bearer realm="effectstroom"',
  });
}
