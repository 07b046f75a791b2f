import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';

const FILES = [
  { url: '/', file: 'index.html', type: 'text/html; charset=utf-8' },
  { url: '/style.css', file: 'style.css', type: 'text/css; charset=utf-8' },
];

/** Nothing from elsewhere, no scripts. */
const POLICY =
  "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Adds the pages for people. */
export function addWebRoutes(app: FastifyInstance): void {
  for (const { url, file, type } of FILES) {
    const body = readFileSync(new URL(`../web/${file}`, import.meta.url));
    app.get(url, async (_request, reply) => {
      reply.header('content-security-policy', POLICY).header('cache-control', 'no-cache');
      return reply.type(type).send(body);
    });
  }
}
