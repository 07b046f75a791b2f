/** Who gets in, how, and out again: with a key, and at a real provider of OpenID Connect. */
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { freePort, type Service, startService } from '@effectstroom/infra';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Pipeline } from '../harness/pipeline.ts';
import { until } from '../harness/until.ts';
import { KEYS, keyFile } from '../portal/portal-server.ts';
import { openBrowser } from '../web/browser.ts';
import { BoardClient } from './board-client.ts';
import { AUDIENCE, CLIENT, TestProvider } from './provider.ts';

const UNKNOWN_PER_MINUTE = 5;
const PAGE = '/?jaar=2021';

const pipeline = new Pipeline();
let provider: TestProvider;
/** One where people sign in at the provider; another that has the same secret, and no provider. */
let board: Service;
let other: Service;
/** Of the first. */
let environment: Record<string, string> = {};

beforeAll(async () => {
  await pipeline.start([pipeline.calculator]);
  provider = new TestProvider(await freePort());
  const port = await freePort();
  await provider.start(`http://127.0.0.1:${port}`);
  const shared = {
    ...{ DATABASE_URL: pipeline.postgres.running.url, NATS_URL: pipeline.nats.running.url },
    ...{ LOCAL_KEYS: 'true', SESSION_SECRET_FILE: write('seal', 'a secret of a test, of enough characters') },
  };
  const withProvider = {
    ...{ OAUTH_ISSUER: provider.url, OAUTH_AUDIENCE: AUDIENCE, OIDC_ISSUER: provider.url },
    ...{ OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET_FILE: write('oidc', CLIENT.secret) },
    ...{ OIDC_RESOURCE: AUDIENCE, PUBLIC_URL: `http://127.0.0.1:${port}` },
  };
  const few = { UNKNOWN_KEYS_PER_MINUTE: String(UNKNOWN_PER_MINUTE), KEYS_FILE: keyFile(pipeline.folder) };
  environment = { ...shared, ...withProvider };
  [board, other] = await Promise.all([
    startPortal('board', environment, port),
    startPortal('other', { ...shared, ...few }, await freePort()),
  ]);
});
afterAll(async () => {
  await Promise.all([board?.stop(), other?.stop(), provider?.stop()]);
  await pipeline.end();
});

function write(name: string, text: string): string {
  const file = join(pipeline.folder, name);
  writeFileSync(file, text);
  return file;
}

/** Sends a key from the board of another host name. @returns the status and first cookie of the answer */
function sendKey(
  url: string,
  key: string,
  origin = 'http://bord.example',
): Promise<{ status: number; cookie: string }> {
  const headers = { host: 'bord.example', origin };
  return new Promise((resolve, reject) => {
    const type = 'application/x-www-form-urlencoded';
    const sent = request(`${url}/inloggen`, {
      method: 'POST',
      headers: { ...headers, 'content-type': type },
    });
    sent.on('error', reject);
    sent.on('response', (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode ?? 0, cookie: answer.headers['set-cookie']?.[0] ?? '' });
    });
    sent.end(`sleutel=${key}`);
  });
}

function startPortal(label: string, env: Record<string, string>, port: number): Promise<Service> {
  return startService({ name: 'portal', folder: join(pipeline.folder, label), env, port });
}

describe('with a key', () => {
  test('one comes to the page that was asked for, and out again', async () => {
    const client = new BoardClient(board.url);
    const asked = await client.get(PAGE);
    expect([asked.status, asked.headers.get('location')]).toEqual([303, '/inloggen?naar=%2F%3Fjaar%3D2021']);
    const signedIn = await client.post('/inloggen', { sleutel: 'local-read', naar: PAGE });
    expect([signedIn.status, signedIn.headers.get('location')]).toEqual([303, PAGE]);
    expect((await client.get(PAGE)).status).toBe(200);
    const left = await client.post('/uitloggen', {});
    expect([left.status, left.headers.get('location')]).toEqual([303, '/inloggen?reden=uitgelogd']);
    expect([client.cookies, (await client.get(PAGE)).status]).toEqual(['', 303]);
  });

  test('the key is in no page, and in the cookie only sealed; the API does not take the cookie', async () => {
    const client = new BoardClient(board.url);
    const { headers } = await client.post('/inloggen', { sleutel: 'local-admin' });
    const [cookie = ''] = headers.getSetCookie();
    expect(cookie).toMatch(/; Max-Age=36000; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(cookie).not.toContain('local-admin');
    expect((await client.get('/v1/status')).status).toBe(401);
    // Another portal with the same secret opens it; one that seals otherwise does not.
    const there = (path: string, value: string) =>
      fetch(other.url + path, { headers: { cookie: value }, redirect: 'manual' });
    expect((await there('/', client.cookies)).status).toBe(200);
    const sealed = client.cookies;
    const forged = sealed.slice(0, -30) + (sealed.at(-30) === 'A' ? 'B' : 'A') + sealed.slice(-29);
    expect((await there('/', forged)).status).toBe(303);
  });

  test('to other machines the cookie goes over TLS only', async () => {
    const { status, cookie } = await sendKey(other.url, KEYS.all);
    expect([status, cookie]).toEqual([303, expect.stringMatching(/^__Host-bord=.*; Secure; SameSite=Lax$/)]);
  });

  test.each([
    ['https://elders.example/', '/'],
    ['//elders.example/', '/'],
    ['/\\elders.example/', '/'],
    ['/.//elders.example', '/elders.example'],
    ['/inloggen/oidc', '/'],
    ['javascript:alert(1)', '/'],
  ])('going on to %s leads to %s', async (naar, location) => {
    const answer = await new BoardClient(board.url).post('/inloggen', { sleutel: 'local-read', naar });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, location]);
  });

  test('a key of the local stack does not work through a proxy or at another name, on no page', async () => {
    const client = new BoardClient(board.url);
    const through = { 'x-forwarded-for': '192.0.2.1' };
    expect((await client.post('/inloggen', { sleutel: 'local-read' }, through)).status).toBe(401);
    expect((await sendKey(board.url, 'local-read', board.url)).status).toBe(401);
    await client.signIn('local-read');
    expect((await client.get('/', through)).status).toBe(303);
  });

  test('what is no key is refused as the API refuses it: told, counted, written down', async () => {
    const client = new BoardClient(other.url);
    const attempts = Array.from({ length: UNKNOWN_PER_MINUTE }, (_, number) => `niet-bekend-${number}`);
    for (const sleutel of attempts) {
      const { status, text } = await client.post('/inloggen', { sleutel });
      expect(status).toBe(401);
      expect(text).toContain('Deze sleutel is niet bekend');
      expect(text).not.toContain(sleutel);
    }
    const refused = await client.post('/inloggen', { sleutel: 'nog-een' });
    expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect(refused.text).toContain('Wacht een minuut');
    const api = await fetch(`${other.url}/v1/status`, { headers: { authorization: 'Bearer nog-een' } });
    expect(api.status).toBe(429);
    expect((await client.post('/inloggen', { sleutel: 'local-ingest' })).text).toContain(
      'geen cijfers lezen',
    );
    const log = () => readFileSync(join(pipeline.folder, 'other', 'portal.log'), 'utf8');
    await until(
      async () => log().includes('"object":"POST /inloggen","result":"refused: unknown key"'),
      'the portal wrote it down',
    );
    expect(log()).not.toContain('niet-bekend-0');
  });
});

describe('a form of another site', () => {
  test.each([
    ['cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['same-site', { 'sec-fetch-site': 'same-site' }],
    ['of another origin', { 'sec-fetch-site': '', origin: 'https://elders.example' }],
    ['of no origin', { 'sec-fetch-site': '', origin: 'null' }],
  ])('%s: refused', async (_name, headers) => {
    const client = new BoardClient(board.url);
    await client.signIn('local-read');
    for (const path of ['/inloggen', '/uitloggen']) {
      const answer = await client.post(path, { sleutel: 'local-read' }, headers);
      expect([path, answer.status]).toEqual([path, 403]);
    }
    expect((await client.get('/')).status).toBe(200);
  });
});

describe('at the provider', () => {
  /** Signs in there, in a browser, as whoever the provider knows. */
  async function signIn(page: Page, naar: string): Promise<void> {
    await page.goto(board.url + naar);
    await page.getByRole('link', { name: 'Inloggen via uw organisatie' }).click();
    await page.locator('input[name="login"]').fill('medewerker');
    await page.locator('input[name="password"]').fill('niet belangrijk');
    await page.getByRole('button', { name: 'Sign-in' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
  }

  async function inBrowser(walk: (page: Page) => Promise<void>): Promise<void> {
    const { context, end } = await openBrowser();
    try {
      await walk(await context.newPage());
    } finally {
      await end();
    }
  }

  test('one comes to the page that was asked for with the rights of the token, and signs out there too', () =>
    inBrowser(async (page) => {
      await signIn(page, PAGE);
      await page.waitForURL(board.url + PAGE);
      await page.getByText('medewerker').waitFor();
      const own = (await page.context().cookies(board.url)).filter(({ name }) => name.startsWith('bord'));
      expect(own.map(({ name, httpOnly, sameSite }) => [name, httpOnly, sameSite])).toEqual([
        ['bord', true, 'Lax'],
      ]);
      const refused = await page.goto(`${board.url}/?organisatie=een-andere`);
      expect(refused?.status()).toBe(403);
      await page.getByText('Dit mag u niet zien').waitFor();
      await page.goto(board.url);
      await page.getByRole('button', { name: 'Uitloggen' }).click();
      await page.waitForURL(`${provider.url}/**`);
      await page.getByRole('button', { name: /yes/i }).click();
      await page.waitForURL(`${board.url}/inloggen**`);
      await page.getByRole('link', { name: 'Inloggen via uw organisatie' }).click();
      // Also the provider asks who it is.
      await page.locator('input[name="login"]').waitFor();
    }));

  test('a session ends with its token', () =>
    inBrowser(async (page) => {
      provider.content.seconds = 2;
      await signIn(page, PAGE);
      await page.waitForURL(board.url + PAGE);
      await expect
        .poll(async () => (await page.goto(board.url))?.url(), { timeout: 10_000 })
        .toContain('/inloggen');
      provider.content.seconds = 600;
    }));

  test('nobody comes in with an answer that was not asked for', async () => {
    const client = new BoardClient(board.url);
    const unasked = await client.get('/inloggen/terug?code=abc&state=def');
    expect(unasked.headers.get('location')).toBe('/inloggen?reden=mislukt');
    const begun = await client.get('/inloggen/oidc?naar=%2F%3Fjaar%3D2021');
    const asked = new URL(begun.headers.get('location') ?? '').searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    expect(['state', 'nonce', 'code_challenge'].map((name) => (asked.get(name) ?? '').length > 20)).toEqual([
      true,
      true,
      true,
    ]);
    const forged = await client.get(`/inloggen/terug?code=abc&state=another&iss=${provider.url}`);
    expect(forged.headers.get('location')).toBe('/inloggen?naar=%2F%3Fjaar%3D2021&reden=mislukt');
    // An attempt is for once.
    const again = await client.get(
      `/inloggen/terug?code=abc&state=${asked.get('state')}&iss=${provider.url}`,
    );
    expect(again.headers.get('location')).toBe('/inloggen?reden=mislukt');
    expect(client.cookies).toBe('');
  });

  test('while the provider is away it says so, and keys still work', async () => {
    await provider.stop();
    const fresh = await startPortal('fresh', environment, await freePort());
    try {
      const client = new BoardClient(fresh.url);
      const answer = await client.get('/inloggen/oidc');
      expect(answer.headers.get('location')).toBe('/inloggen?reden=later');
    } finally {
      await fresh.stop();
    }
  });
});
