import { hash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from './problem.ts';

/** Where the page stands. */
const ADDRESS = '/v1/docs';

/** The reader's own copy of the script; an hour, so that an update is soon seen. */
const SCRIPT_CACHE = 'private, max-age=3600';

/**
 * What the page may load: nothing from elsewhere. Its one inline script is named by its hash; styles must be inline,
 * because the reference sets them on its elements.
 */
function policyOf(html: string): string {
  const [, script = ''] = /<script type="text\/javascript">([\s\S]*?)<\/script>/.exec(html) ?? [];
  return [
    "default-src 'none'",
    `script-src 'self' 'sha256-${hash('sha256', script, 'base64')}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** What the page is told: its document, and to speak to nobody else. */
function optionsOf(title: string) {
  return {
    routePrefix: ADDRESS,
    hooks: { onRequest: refuseUnknownHosts },
    configuration: {
      url: '../openapi.json',
      pageTitle: title,
      withDefaultFonts: false,
      telemetry: false,
      persistAuth: false,
      hideClientButton: true,
      showDeveloperTools: 'never',
      documentDownloadType: 'json',
      agent: { disabled: true, hideAddApi: true },
      mcp: { disabled: true },
    },
  } as const;
}

/** Options for the API reference of Scalar. */
export type ApiPageOptions = ReturnType<typeof optionsOf>;

/**
 * Adds a readable page of `/v1/openapi.json` at `/v1/docs`: without a key, and without anything from another host.
 * `register` adds `@scalar/fastify-api-reference`, which the services carry, with the options it is given.
 */
export function addApiPage(
  app: FastifyInstance,
  title: string,
  register: (page: FastifyInstance, options: ApiPageOptions) => Promise<void>,
): void {
  app.register(async (page) => {
    page.addHook('onSend', setHeaders);
    await register(page, optionsOf(title));
  });
}

async function setHeaders(_request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<void> {
  const type = String(reply.getHeader('content-type'));
  if (type.startsWith('text/html') && typeof payload === 'string') {
    reply.header('content-security-policy', policyOf(payload));
  } else if (type.startsWith('application/javascript')) {
    reply.header('cache-control', SCRIPT_CACHE);
  }
}

/** The reference makes a URL of the host that was asked: one that is no host would be an error here. */
function refuseUnknownHosts(
  request: FastifyRequest,
  _reply: FastifyReply,
  done: (error?: Error) => void,
): void {
  const isHost = URL.canParse(`http://${request.hostname}/`) && URL.canParse(request.url, 'http://host');
  done(isHost ? undefined : new ProblemError(400, 'the request is not well-formed HTTP'));
}
