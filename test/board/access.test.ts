/** Who may see which page of the board: every route, with every kind of reader. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Pipeline } from '../harness/pipeline.ts';
import { BoardClient } from './board-client.ts';

/** What says nothing about anybody. */
const OPEN = /^(GET \/(inloggen|inloggen\/\w+|bord\/.*)|POST \/(inloggen|uitloggen))$/;

const pipeline = new Pipeline();
let origin = '';
let routes: string[] = [];

beforeAll(async () => {
  const portal = pipeline.service('portal', { LOG_LEVEL: 'debug' }, 'portal');
  await pipeline.start([pipeline.calculator, portal]);
  origin = portal.running.url;
  routes = readRoutes().filter((route) => !OPEN.test(route));
});
afterAll(() => pipeline.end());

/** The routes of the board, as the portal wrote them in its log. */
function readRoutes(): string[] {
  const lines = readFileSync(join(pipeline.folder, 'portal', 'portal.log'), 'utf8').split('\n');
  const line = lines.find((one) => one.includes('"msg":"routes"'));
  if (line === undefined) throw new Error('the portal did not write its routes');
  return (JSON.parse(line).routes as string[]).filter((route) =>
    /^(GET|POST) \/(?!v1\/|health\/)/.test(route),
  );
}

/** An address of a route. */
function addressOf(route: string): { method: string; path: string } {
  const [method = '', pattern = ''] = route.split(' ');
  return { method, path: pattern.replaceAll(/:\w+/g, 'iets') };
}

async function ask(route: string, client: BoardClient, headers: Record<string, string> = {}) {
  const { method, path } = addressOf(route);
  return method === 'POST' ? client.post(path, {}, headers) : client.get(path, headers);
}

describe('every page', () => {
  test('asks who has no session to sign in, and refuses their forms', async () => {
    expect(routes.length).toBeGreaterThan(5);
    for (const route of routes) {
      const { status, headers } = await ask(route, new BoardClient(origin));
      const isForm = route.startsWith('POST');
      expect([route, status]).toEqual([route, isForm ? 401 : 303]);
      if (!isForm) expect(headers.get('location')).toMatch(/^\/inloggen(\?|$)/);
    }
  });

  test('does not open with a key that may not read, or is unknown', async () => {
    for (const route of routes) {
      const as = (key: string) => ask(route, new BoardClient(origin), { authorization: `Bearer ${key}` });
      expect([route, (await as('local-ingest')).status]).toEqual([route, 403]);
      expect([route, [303, 401, 429]]).toEqual([
        route,
        expect.arrayContaining([(await as('onbekend')).status]),
      ]);
    }
  });

  test('takes no form that another site sends', async () => {
    const client = new BoardClient(origin);
    await client.signIn('local-admin');
    for (const route of routes.filter((one) => one.startsWith('POST'))) {
      const { status } = await ask(route, client, { 'sec-fetch-site': 'cross-site' });
      expect([route, status]).toEqual([route, 403]);
    }
  });

  test('is there before there are any data', async () => {
    const client = new BoardClient(origin);
    await client.signIn('local-read');
    for (const route of routes.filter((one) => one.startsWith('GET') && !/:|live/.test(one))) {
      const { status, text } = await ask(route, client);
      // A file of a programme is not there yet.
      expect([route, [200, 404]]).toEqual([route, expect.arrayContaining([status])]);
      expect(text).toMatch(/^<!doctype html>/);
    }
    expect((await client.get('/')).status).toBe(200);
  });
});
