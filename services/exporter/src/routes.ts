import type { FastifyInstance } from 'fastify';
import type { Exporter } from './exporter.ts';
import { CONTENT_TYPE } from './page.ts';

/** Adds `GET /metrics`: the page of the last refresh, compressed for those who take gzip. It never fails. */
export function addMetricsRoute(app: FastifyInstance, exporter: Exporter): void {
  app.get('/metrics', async (request, reply) => {
    const { text, gzip } = exporter.page();
    reply.type(CONTENT_TYPE).header('vary', 'accept-encoding');
    // Prometheus sends `gzip`; a client that refuses it with a weight of 0 is not catered for.
    if (!/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return text;
    return reply.header('content-encoding', 'gzip').send(gzip);
  });
}
