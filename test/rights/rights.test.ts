/** The table of rights, cell by cell, and that no route is missing from it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isOfBoard, isOpen, KEY_KINDS, ROWS, requestOf } from './rights-table.ts';
import { RightsWorld } from './rights-world.ts';

const world = new RightsWorld();

beforeAll(() => world.start());
afterAll(() => world.end());

/** Routes of the code that a client may use: others exist only to answer 405. */
function usableRoutes(service: 'ingest' | 'portal'): string[] {
  return world
    .routesOf(service)
    .filter((route) => !route.startsWith('HEAD ') && !route.includes(',') && !isOfBoard(service, route));
}

describe.each(['ingest', 'portal'] as const)('%s', (service) => {
  const rows = ROWS.filter((row) => row.service === service);

  it('has no route without a row, and no row without a route', () => {
    const routes = usableRoutes(service).filter((route) => !isOpen(service, route));
    expect(routes.sort()).toEqual(rows.map(({ route }) => route).sort());
  });

  it('describes no other routes than these', async () => {
    const answer = await world.ask(service, { method: 'GET', path: '/v1/openapi.json' }, undefined);
    const { paths } = JSON.parse(await answer.text()) as { paths: Record<string, object> };
    const described = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    const routes = new Set(usableRoutes(service));
    expect(described.filter((route) => !routes.has(route))).toEqual([]);
    expect(rows.map(({ route }) => route).filter((route) => !described.includes(route))).toEqual([]);
  });

  it('has only these methods at each of its addresses', async () => {
    const patterns = new Set(rows.map(({ route }) => route.split(' ')[1] ?? ''));
    for (const pattern of patterns) {
      const { path } = requestOf(`OPTIONS ${pattern}`, world.things);
      const answer = await world.ask(service, { method: 'OPTIONS', path }, undefined);
      const methods = rows.map(({ route }) => route.split(' ')).filter(([, one]) => one === pattern);
      const allowed = (answer.headers.get('allow') ?? '').split(', ').filter((method) => method !== 'HEAD');
      expect([pattern, answer.status, allowed]).toEqual([
        pattern,
        405,
        methods.map(([method]) => method).sort(),
      ]);
    }
  });

  it('opens what says nothing about anybody', async () => {
    for (const route of usableRoutes(service).filter((one) => isOpen(service, one))) {
      const [, path = ''] = route.split(' ');
      if (path.includes('*')) continue;
      const answer = await world.ask(service, { method: 'GET', path }, undefined);
      expect([route, answer.status < 400]).toEqual([route, true]);
    }
  });

  describe.each(rows)('$route', ({ route, statuses }) => {
    it.each(KEY_KINDS.map((kind, place) => [kind, statuses[place] ?? 0] as const))(
      '%s: %d',
      async (kind, status) => {
        const answer = await world.ask(service, requestOf(route, world.things), world.key(kind));
        const text = await answer.text();
        expect(answer.status, `${route} with ${kind}: ${text.slice(0, 300)}`).toBe(status);
        // What others may ask as well tells them nothing of this organisation.
        if (kind.endsWith('other') && status < 300) expect(text).not.toContain('meerwaarde');
        if (status >= 400) expect(answer.headers.get('content-type')).toBe('application/problem+json');
        if (status === 401) expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer /);
        if (status === 429) expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
      },
    );
  });
});
