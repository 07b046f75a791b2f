import type { AddressInfo, Socket } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyReply, type HTTPMethods } from 'fastify';
import type { Logger } from './log.ts';
import { PROBLEM_TYPE, ProblemError, problem } from './problem.ts';
import { endUnusedConnections } from './unused-connections.ts';

/** Version of the contract, answered as `API-Version` (NLGov REST API Design Rules). */
const API_VERSION = '1.0.0';

const HEADERS = {
  'api-version': API_VERSION,
  'cache-control': 'no-store',
  'content-security-policy': "frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** Limits of a server; what is left out has a sane value. */
export interface HttpLimits {
  /** Bytes of a request's body. */
  bodyBytes?: number;
  /** Connections at the same time. */
  connections?: number;
  /** Milliseconds in which a request must have arrived whole. */
  requestTimeout?: number;
  /** The same for routes that have `isUpload` in their `config`; such a route also watches that more arrives. */
  uploadTimeout?: number;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Takes a body that may be long under way. */
    isUpload?: boolean;
  }
}

/**
 * A Fastify server with the headers, the limits and the problems that every service has. Add routes to it,
 * then start it with `listen`.
 */
export function createHttpServer(log: Logger, limits: HttpLimits = {}): FastifyInstance {
  const { bodyBytes = 64 * 1024, connections = 2000, requestTimeout = 30_000 } = limits;
  const { uploadTimeout = requestTimeout } = limits;
  const app = Fastify({
    logger: false,
    bodyLimit: bodyBytes,
    requestTimeout: uploadTimeout,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    // What still comes on connections in use is answered as ever: the stop waits for these anyway.
    return503OnClosing: false,
    http: { headersTimeout: 15_000, maxHeaderSize: 16 * 1024 },
    routerOptions: { maxParamLength: 128 },
    clientErrorHandler: (_error, socket) => refuseConnection(socket),
    frameworkErrors: (error, _request, reply) => {
      reply.headers(HEADERS);
      sendProblem(reply, asProblemError(error, log));
    },
  });
  app.server.maxConnections = connections;
  endUnusedConnections(app);
  app.decorateRequest('key', null);
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(HEADERS);
  });
  if (uploadTimeout > requestTimeout) endSlowRequests(app, requestTimeout);
  app.setErrorHandler((error, request, reply) => {
    // What is left of the body is read and dropped, in the time that a request has: a client that still
    // writes to a closed connection would see a reset and not this answer.
    reply.removeHeader('connection');
    request.raw.resume();
    return sendProblem(reply, asProblemError(error, log));
  });
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, new ProblemError(404, DETAILS[404])));
  collectMethods(app);
  return app;
}

/** Node has one time for all requests: where uploads may take longer, the others are watched here. */
function endSlowRequests(app: FastifyInstance, requestTimeout: number): void {
  app.addHook('onRequest', async ({ raw, routeOptions }) => {
    // Most requests have arrived whole by now, or have no body.
    if (raw.complete || routeOptions.config.isUpload === true) return;
    const timer = setTimeout(() => refuseConnection(raw.socket), requestTimeout);
    raw.once('close', () => clearTimeout(timer));
  });
}

/**
 * Starts a server that has all its routes: other methods on these are answered 405. Returns the address it
 * listens on; throws where the port is taken.
 */
export async function listen(app: FastifyInstance, host: string, port: number): Promise<AddressInfo> {
  app.register(async (rest) => refuseOtherMethods(rest, methodsOf.get(app) ?? new Map()));
  await app.listen({ host, port });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no TCP address');
  return address;
}

/** Answers with a problem. */
function sendProblem(reply: FastifyReply, error: ProblemError): FastifyReply {
  return (
    reply
      .code(error.status)
      .headers(error.headers)
      .header('content-type', PROBLEM_TYPE)
      // Bytes: to a text the framework would add a charset, which this type does not have.
      .send(Buffer.from(JSON.stringify(problem(error.status, error.message, error.extensions))))
  );
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** Methods that have a route, by its URL pattern, of each server. */
const methodsOf = new WeakMap<FastifyInstance, Map<string, Set<string>>>();

function collectMethods(app: FastifyInstance): void {
  const methods = new Map<string, Set<string>>();
  methodsOf.set(app, methods);
  app.addHook('onRoute', ({ url, method }) => {
    const known = methods.get(url) ?? new Set();
    for (const one of [method].flat()) known.add(one);
    methods.set(url, known);
  });
}

function refuseOtherMethods(app: FastifyInstance, methods: ReadonlyMap<string, ReadonlySet<string>>): void {
  for (const [url, allowed] of [...methods]) {
    const allow = [...allowed].sort().join(', ');
    const refuse = async (): Promise<never> => {
      throw new ProblemError(405, `use ${allow} here`, { allow });
    };
    const others = METHODS.filter(
      (method): method is (typeof METHODS)[number] & HTTPMethods => !allowed.has(method),
    );
    // Refused before the body is read.
    app.route({ method: others, url, onRequest: refuse, handler: refuse });
  }
}

/** What an answer says at statuses that the framework gives: its own messages may repeat the request. */
const DETAILS: Readonly<Record<number, string>> & { 404: string } = {
  400: 'the request is not well-formed HTTP',
  404: 'there is nothing at this address',
  413: 'the body is too large: send it in parts',
  414: 'the address is too long',
  415: 'the content type is not one that is taken here',
};

function asProblemError(error: unknown, log: Logger): ProblemError {
  if (error instanceof ProblemError) return error;
  const status = statusOf(error);
  if (status >= 400 && status < 500)
    return new ProblemError(status, DETAILS[status] ?? 'the request is refused');
  log.error({ err: error }, 'a request failed');
  return new ProblemError(500, 'something went wrong here; trying again later is safe');
}

function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return 500;
  return typeof error.statusCode === 'number' ? error.statusCode : 500;
}

/** Answers what is not HTTP at all. */
function refuseConnection(socket: Socket): void {
  if (!socket.writable) return;
  const body = JSON.stringify(
    problem(400, 'the request is not well-formed HTTP, or took too long to arrive'),
  );
  const head = [
    'HTTP/1.1 400 Bad Request',
    `content-type: ${PROBLEM_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
