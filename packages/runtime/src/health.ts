import type { FastifyInstance } from 'fastify';
import { ProblemError } from './problem.ts';

/** Tells whether something that a service needs is there: undefined, or why not. */
export type HealthCheck = () => string | undefined | Promise<string | undefined>;

/**
 * Adds `GET /health/live` (the process answers) and `GET /health/ready` (every check passes; else 503 with
 * the checks that do not).
 */
export function addHealthRoutes(app: FastifyInstance, checks: Readonly<Record<string, HealthCheck>>): void {
  app.get('/health/live', async () => ({ status: 'live' }));
  app.get('/health/ready', async () => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, (await check()) ?? 'ok'] as const),
    );
    const report = Object.fromEntries(results);
    if (results.every(([, result]) => result === 'ok')) return { status: 'ready', checks: report };
    throw new ProblemError(503, 'not ready yet: see checks', { 'retry-after': '1' }, { checks: report });
  });
}
