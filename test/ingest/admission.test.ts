/** Requests whose clients are gone before it is known who they were. */
import { once } from 'node:events';
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { LIMITS } from '@effectstroom/contracts';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { IngestStack } from './ingest-stack.ts';
import { registered } from './sent-events.ts';

/** As many bodies of unknown length as there is room for, and some. */
const REQUESTS = (64 * 2 ** 20) / LIMITS.bodyBytes + 4;
const AUDIENCE = 'https://effectstroom.example/';

const stack = new IngestStack();
const { privateKey, publicKey } = await generateKeyPair('ES256');
const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), alg: 'ES256' }] });

/** Of an issuer of tokens that takes its time to say what its keys are. */
const asked: ServerResponse[] = [];
const issuer = createServer((_request, response) => void asked.push(response));
let issuerUrl = '';
let ingestUrl = '';

beforeAll(async () => {
  issuer.listen(0, '127.0.0.1');
  await Promise.all([once(issuer, 'listening'), stack.startNats()]);
  issuerUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}`;
  const access = { OAUTH_ISSUER: issuerUrl, OAUTH_AUDIENCE: AUDIENCE, OAUTH_JWKS_URL: `${issuerUrl}/keys` };
  await stack.startIngest(access, (url) => {
    ingestUrl = url;
  });
});
afterAll(async () => {
  issuer.close();
  await stack.end();
});

function token(): Promise<string> {
  const claims = {
    scope: 'effectstroom:ingest',
    effectstroom_organisations: ['meerwaarde'],
    effectstroom_sources: ['urn:nld:kvknr:41224547:systeem:test'],
  };
  const token = new SignJWT(claims).setProtectedHeader({ alg: 'ES256' }).setSubject('test');
  return token.setIssuer(issuerUrl).setAudience(AUDIENCE).setExpirationTime('5m').sign(privateKey);
}

test('leave no place taken', async () => {
  const authorization = `Bearer ${await token()}`;
  const headers = { authorization, 'content-type': 'application/cloudevents+json' };
  const leaving = Array.from({ length: REQUESTS }, () => {
    const one = request(`${ingestUrl}/v1/events`, { method: 'POST', headers });
    one.on('error', () => undefined); // it is broken off below
    one.write(' '); // of unknown length
    return one;
  });
  await expect.poll(() => asked.length).toBeGreaterThan(0);
  await sleep(500);
  for (const one of leaving) one.destroy();
  await sleep(500);
  for (const response of asked) response.end(keys);
  expect((await stack.sendEvents(registered(), { authorization })).status).toBe(202);
});
