import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../harness/until.ts';
import { notificatieOf, send } from './stand-in/notificaties.ts';
import { PERSONAL } from './stand-in/zaken.ts';
import { ASSESSMENT, ZaakStack } from './zaak-stack.ts';

const stack = new ZaakStack();
let uuid = '';

beforeAll(async () => {
  await stack.start();
  uuid = stack.zaaksysteem.zaken.create({
    eigenschappen: { Thema: 'Schulden', Verhaal: PERSONAL.story, ...ASSESSMENT },
  });
});
afterAll(() => stack.end());

function post(body: string, headers: Record<string, string> = {}, path = 'proef'): Promise<Response> {
  return fetch(`${stack.url}/v1/notifications/${path}`, {
    method: 'POST',
    headers: { authorization: stack.abonnement.auth, 'content-type': 'application/json', ...headers },
    body,
  });
}

const message = () => notificatieOf(stack.zaaksysteem.zaken, uuid);

describe('a notification', () => {
  it.each([
    ['without Authorization', ''],
    ['with a key', 'Bearer local-admin'],
    ['with another value', 'Bearer abonnement-van-de-proeve'],
    ['with the start of the value', 'Bearer abonnement'],
    ['with another scheme', 'Basic abonnement-van-de-proef'],
  ])('%s is refused before it is read', async (_what, authorization) => {
    const answer = await post('{', { authorization });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([401, 'application/problem+json']);
    expect(await answer.json()).toMatchObject({ status: 401 });
    await until(
      async () => stack.log().includes('refused: not the subscription of proef'),
      'ingest wrote it down',
    );
  });

  it.each([
    ['is no JSON', '{', '', 'not-well-formed'],
    ['is a list', '[]', '', 'type'],
  ])('that %s is refused', async (_what, body, pointer, code) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ pointer, code }] });
  });

  it('is told all its faults, without what it holds', async () => {
    const { kanaal, ...rest } = message();
    const answer = await post(
      JSON.stringify({ ...rest, actie: '', aanmaakdatum: 'gisteren', kenmerken: { bsn: 12 } }),
    );
    const text = await answer.text();
    expect(
      JSON.parse(text)
        .errors.map(({ pointer }: { pointer: string }) => pointer)
        .toSorted(),
    ).toEqual(['/aanmaakdatum', '/actie', '/kanaal', '/kenmerken/bsn']);
    expect(text).not.toContain('gisteren');
    expect(kanaal).toBe('zaken');
  });

  it.each([
    ['a zaak elsewhere', { hoofdObject: 'https://elders.example.nl/zaken/api/v1/zaken/1' }, '/hoofdObject'],
    ['this machine', { hoofdObject: 'http://127.0.0.1:4222/' }, '/hoofdObject'],
    ['a file', { hoofdObject: 'file:///etc/passwd' }, '/hoofdObject'],
    ['a resource elsewhere', { resourceUrl: 'http://169.254.169.254/latest' }, '/resourceUrl'],
  ])('of %s is refused and nothing is fetched', async (_what, change, pointer) => {
    stack.zaaksysteem.requests.length = 0;
    const answer = await post(JSON.stringify({ ...message(), ...change }));
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ pointer, code: 'mismatch' }] });
    expect((await stack.settled()).notifications.refused).toBeGreaterThan(0);
    expect(stack.zaaksysteem.requests).toEqual([]);
  });

  it('of an unknown connection, of another type or too large is refused', async () => {
    expect((await post(JSON.stringify(message()), {}, 'anders')).status).toBe(404);
    expect((await post('a=b', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(415);
    expect((await post(JSON.stringify({ ...message(), kenmerken: { a: 'x'.repeat(65_536) } }))).status).toBe(
      413,
    );
  });

  it('may have members that the standard does not have', async () => {
    expect(await send(stack.abonnement, { ...message(), source: 'openzaak' })).toBe(204);
  });
});

describe('GET /v1/notifications', () => {
  const get = (authorization: string) =>
    fetch(`${stack.url}/v1/notifications`, { headers: { authorization } });

  it('is for an admin key only', async () => {
    expect((await get('')).status).toBe(401);
    expect((await get('Bearer local-ingest')).status).toBe(403);
    expect((await get('Bearer local-read')).status).toBe(403);
    expect((await get(stack.abonnement.auth)).status).toBe(401);
    const answer = await get('Bearer local-admin');
    expect(await answer.json()).toMatchObject({
      connections: [
        { code: 'proef', organisation: 'meerwaarde', notifications: {}, poll: {}, zaken: {}, cases: {} },
      ],
    });
  });
});

describe('secrets and people', () => {
  it('stand in no log, no file of ingest and no event', async () => {
    await stack.notify(uuid);
    const eigenschappen = { Thema: 'Schulden', Doelgroep: PERSONAL.bsn };
    await stack.notify(stack.zaaksysteem.zaken.create({ eigenschappen }));
    const { zaken } = await stack.settled();
    expect(zaken.delivered).toBe(1);
    expect(zaken.failing).toMatchObject([{ faults: [{ column: 'eigenschap:Doelgroep', code: 'bsn' }] }]);
    const folder = join(stack.ingest.folder, 'data');
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    );
    expect(files.length).toBeGreaterThan(0);
    const texts = files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'));
    const events = (await stack.ingest.messages()).map(({ text }) => text);
    const all = [stack.log(), ...texts, ...events].join('\n');
    expect(events.length).toBe(1);
    const { secret } = stack.zaaksysteem;
    const hidden = [secret, 'abonnement-van-de-proef', 'eyJ', PERSONAL.name, PERSONAL.bsn, PERSONAL.story];
    for (const text of hidden) expect(all.includes(text), text).toBe(false);
  });
});
