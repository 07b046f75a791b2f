import { readFileSync } from 'node:fs';
import { DUTCH_FAULTS } from '@effectstroom/contracts';
import type { FastifyInstance } from 'fastify';

const HTML = 'text/html; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';

const FILES = [
  { url: '/', file: 'index.html', type: HTML },
  { url: '/web/style.css', file: 'style.css', type: 'text/css; charset=utf-8' },
  ...['page', 'elements', 'ingest-api', 'proposal', 'run', 'words'].map((name) => ({
    ...{ url: `/web/${name}.js`, file: `${name}.js`, type: SCRIPT },
  })),
];

/** Nothing from elsewhere; scripts only from files of ours. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; " +
  "form-action 'none'; frame-ancestors 'none'";

/** Adds the page on which a person delivers a file. It asks for a key; without one it can do nothing. */
export function addWebRoutes(app: FastifyInstance): void {
  for (const { url, file, type } of FILES) {
    const body = readFileSync(new URL(`./web/${file}`, import.meta.url));
    app.get(url, async (_request, reply) => {
      reply.header('content-security-policy', POLICY).header('cache-control', 'no-cache');
      return reply.type(type).send(body);
    });
  }
  app.get('/web/faults.json', async () => DUTCH_FAULTS);
}
