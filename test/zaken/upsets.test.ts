import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Upset } from './stand-in/zaaksysteem.ts';
import { ASSESSMENT, ZaakStack } from './zaak-stack.ts';

let stack: ZaakStack;

beforeEach(async () => {
  stack = new ZaakStack();
  await stack.start({ timeoutSeconds: 0.5 });
});
afterEach(() => stack.end());

/** Answers every request for a zaak itself in this way. */
function onZaak(answer: (response: ServerResponse) => void): Upset {
  return ({ url = '' }, response) => {
    if (!/zaken\/[^/?]+$/.test(url)) return false;
    answer(response);
    return true;
  };
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): Upset {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return onZaak((response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(text),
  );
}

const ELSEWHERE = { location: '/elders' };

describe('a zaaksysteem', () => {
  const upsets: [string, string, () => Upset][] = [
    ['answers 500', 'server-error', () => json(500, 'oeps')],
    ['answers 503 and says when', 'server-error', () => json(503, '', { 'retry-after': '0' })],
    ['answers 429', 'throttled', () => json(429, {}, { 'retry-after': '0' })],
    ['answers 401', 'unauthorised', () => json(401, {})],
    ['answers 403', 'unauthorised', () => json(403, {})],
    ['does not have the zaak for a while', 'not-found', () => json(404, {})],
    ['answers 418', 'unexpected-status', () => json(418, {})],
    ['sends us elsewhere', 'redirect', () => json(302, '', ELSEWHERE)],
    ['sends us elsewhere for good', 'redirect', () => json(308, '', ELSEWHERE)],
    ['answers no JSON', 'malformed', () => json(200, '{"url": ')],
    ['answers another document', 'malformed', () => json(200, ['zaak'])],
    [
      'answers another zaak',
      'malformed',
      () => json(200, { ...stack.zaaksysteem.zaken.zaak(stack.zaaksysteem.zaken.create()) }),
    ],
    [
      'answers too much',
      'too-large',
      () => json(200, JSON.stringify({ toelichting: 'x'.repeat(5 * 1024 * 1024) })),
    ],
    ['never answers', 'timeout', () => onZaak(() => {})],
    ['stops halfway', 'timeout', () => onZaak((response) => response.writeHead(200).write('{"url"'))],
    ['breaks off', 'unreachable', () => onZaak((response) => response.destroy())],
  ];

  it.each(upsets)(
    'that %s is shown, and its zaak is taken when it is well again',
    async (_what, code, upset) => {
      const { zaken } = stack.zaaksysteem;
      const uuid = zaken.create();
      stack.zaaksysteem.upset = upset();
      expect(await stack.notify(uuid)).toBe(204);
      await stack.until(({ zaken: { failing } }) =>
        failing.some((one) => one.code === code && one.count === 1),
      );
      expect(await stack.ingest.messages()).toEqual([]);
      stack.zaaksysteem.upset = undefined;
      await stack.until(({ zaken: counts }) => counts.delivered === 1 && counts.failing.length === 0);
      expect(await stack.story()).toEqual(['registered ZAAK-2021-0000000001']);
    },
  );

  it.each([
    ['status', 'statussen'],
    ['zaaktype', 'zaaktypen'],
  ])('whose zaak names a %s elsewhere is not followed there', async (member, resource) => {
    const { zaken } = stack.zaaksysteem;
    const uuid = zaken.create();
    const foreign = `http://127.0.0.2:9/${resource}/11111111-aaaa-4aaa-8aaa-aaaaaaaaaaa1`;
    stack.zaaksysteem.upset = json(200, { ...zaken.zaak(uuid), [member]: foreign });
    await stack.notify(uuid);
    await stack.until(({ zaken: { failing } }) => failing[0]?.code === 'foreign-url');
    expect(await stack.ingest.messages()).toEqual([]);
  });

  it('that is down loses no notification', async () => {
    const { zaken } = stack.zaaksysteem;
    const uuids = Array.from({ length: 30 }, () => zaken.create());
    await stack.zaaksysteem.stop();
    for (const uuid of uuids) expect(await stack.notify(uuid)).toBe(204);
    await stack.until(({ zaken: { failing } }) => failing[0]?.code === 'unreachable');
    expect((await stack.status()).zaken.pending).toBe(30);
    await stack.zaaksysteem.start();
    await stack.until(({ zaken: { delivered } }) => delivered === 30, 60_000);
    expect(new Set(await stack.story()).size).toBe(30);
  }, 90_000);

  it('that fails altogether is tried by one zaak for all', async () => {
    await stack.stopIngest();
    await stack.startIngest({ retrySeconds: 1 });
    const { zaken, requests } = stack.zaaksysteem;
    const uuids = Array.from({ length: 30 }, () => zaken.create({ eigenschappen: ASSESSMENT }));
    await stack.until(({ poll }) => poll.completed !== null && poll.next !== null);
    requests.length = 0;
    stack.zaaksysteem.upset = json(500, {});
    await Promise.all(uuids.map((uuid) => stack.notify(uuid)));
    await stack.until(({ zaken: { failing } }) => failing[0]?.code === 'server-error');
    expect((await stack.status()).zaken.pending).toBe(30);
    const tried = new Set(requests.filter((path) => /zaken\/[^/?]+$/.test(path)));
    expect(tried.size).toBeLessThan(10);
  });

  it('of which one zaak fails for ever holds up no other', async () => {
    const { zaken } = stack.zaaksysteem;
    const bad = zaken.create();
    stack.zaaksysteem.upset = ({ url = '' }, response) => {
      if (!url.includes(bad)) return false;
      response.writeHead(500).end();
      return true;
    };
    await stack.notify(bad);
    await stack.until(({ zaken: { failing } }) => failing[0]?.code === 'server-error');
    for (let i = 0; i < 10; i++) await stack.notify(zaken.create());
    await stack.until(({ zaken: { delivered } }) => delivered === 10);
    expect((await stack.status()).zaken).toMatchObject({
      pending: 1,
      failing: [{ code: 'server-error', count: 1 }],
    });
  });
});

describe('without nats-server', () => {
  it('a zaak waits, and is delivered when it is back', async () => {
    await stack.ingest.killNats();
    const uuid = stack.zaaksysteem.zaken.create();
    expect(await stack.notify(uuid)).toBe(204);
    await stack.until(({ zaken: { failing } }) => failing[0]?.code === 'stream');
    await stack.ingest.startNats();
    await stack.until(({ zaken: { delivered } }) => delivered === 1);
    expect(await stack.story()).toEqual(['registered ZAAK-2021-0000000001']);
  });
});
