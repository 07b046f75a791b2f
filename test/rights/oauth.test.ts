/** Access tokens of a real authorization server, in the place of keys. */
import { becomesTrue } from '@effectstroom/infra';
import { decodeJwt, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IngestStack } from '../ingest/ingest-stack.ts';
import { registered } from '../ingest/sent-events.ts';
import { AUDIENCE, Issuer } from './issuer.ts';
import { INGEST_KEY } from './key-client.ts';

const { organisations, sources } = INGEST_KEY;
const issuer = new Issuer([
  { id: 'registration', organisations, sources },
  { id: 'long-lived', organisations, sources, seconds: 30 * 60 * 60 },
  { id: 'for-nobody' },
]);
const stack = new IngestStack();
const INGEST = 'effectstroom:ingest';

beforeAll(async () => {
  await Promise.all([issuer.start(), stack.startNats()]);
  await stack.startIngest({ OAUTH_ISSUER: issuer.url, OAUTH_AUDIENCE: AUDIENCE });
});
afterAll(() => Promise.all([stack.end(), issuer.stop()]));

const answerTo = (token: string, event: unknown = registered()) =>
  stack.sendEvents(event, { authorization: `Bearer ${token}` });
const send = async (token: string, event?: unknown) => (await answerTo(token, event)).status;

describe('a token', () => {
  it('opens what its scopes and claims say', async () => {
    const token = await issuer.token('registration', `${INGEST} effectstroom:read`);
    expect(decodeJwt(token)).toMatchObject({ sub: 'registration', aud: AUDIENCE, iss: issuer.url });
    expect(await send(token)).toBe(202);
    expect(await send(token, registered({ organisation: 'ander' }))).toBe(403);
    expect(await send(token, registered({}, { source: 'urn:nld:kvknr:1' }))).toBe(403);
    expect(await send(await issuer.token('registration', 'effectstroom:read'))).toBe(403);
    expect(await send(await issuer.token('for-nobody', INGEST))).toBe(403);
  });

  it('for another audience, too old or too long-lived opens nothing, and is not explained', async () => {
    const claims = decodeJwt(await issuer.token('registration', INGEST));
    const { exp: _exp, ...eternal } = claims;
    const hourAgo = Math.floor(Date.now() / 1000) - 3600;
    expect(await send(await issuer.sign(claims))).toBe(202);
    const tokens = [
      await issuer.token('registration', INGEST, 'https://elsewhere.example/'),
      await issuer.token('long-lived', INGEST),
      await issuer.sign({ ...claims, exp: hourAgo }),
      await issuer.sign({ ...claims, nbf: hourAgo + 7200 }),
      await issuer.sign({ ...claims, iss: 'https://elsewhere.example' }),
      await issuer.sign({ ...claims, sub: 'with a space' }),
      await issuer.sign(eternal),
    ];
    for (const token of tokens) {
      const answer = await answerTo(token);
      expect([answer.status, answer.body.detail]).toEqual([401, expect.stringContaining('not valid here')]);
      expect(answer.headers.get('www-authenticate')).toBe(
        'Bearer realm="effectstroom", error="invalid_token"',
      );
    }
  });

  it('that somebody else signed, or nobody, opens nothing', async () => {
    const token = await issuer.token('registration', INGEST);
    const [head = '', body = '', signature = ''] = token.split('.');
    const claims = { ...decodeJwt(token) };
    const { privateKey } = await generateKeyPair('ES256');
    const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const { kid } = JSON.parse(Buffer.from(head, 'base64url').toString());
    const forged = [
      await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey),
      await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'another' }).sign(privateKey),
      await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid }).sign(Buffer.alloc(32, 'k')),
      `${text({ alg: 'none' })}.${body}.x`,
      `${head}.${text({ ...claims, effectstroom_organisations: ['*'] })}.${signature}`,
      `${head}.${body}.${signature.slice(0, -4)}AAAA`,
      'eyJ.eyJ.eyJ',
    ];
    for (const one of forged) expect(await send(one)).toBe(401);
    expect(await send(token)).toBe(202);
  });

  it('is checked with the known keys of the issuer while it is away, and with new ones when it is back', async () => {
    const before = await issuer.token('registration', INGEST);
    expect(await send(before)).toBe(202);
    await issuer.roll('RS256');
    const rolled = await issuer.token('registration', INGEST);
    await issuer.stop();
    expect(await send(before)).toBe(202);
    const answer = await answerTo(rolled);
    // A key that is not known yet may be its newest: that cannot be told now.
    expect([401, 503]).toContain(answer.status);
    expect(await becomesTrue(async () => (await send(rolled)) === 503, 20_000)).toBe(true);
    await issuer.start();
    expect(await becomesTrue(async () => (await send(rolled)) === 202, 20_000)).toBe(true);
    expect(await send(before)).toBe(401);
  });

  it('cannot be judged where the issuer was never seen', async () => {
    const late = new IngestStack();
    const token = await issuer.token('registration', INGEST);
    await issuer.stop();
    try {
      const env = { NATS_URL: stack.nats.url, OAUTH_ISSUER: issuer.url, OAUTH_AUDIENCE: AUDIENCE };
      await late.startIngest(env);
      const ask = () => late.sendEvents(registered(), { authorization: `Bearer ${token}` });
      const away = await ask();
      expect([away.status, away.headers.get('retry-after')]).toEqual([503, '1']);
      expect((await late.sendEvents(registered())).status).toBe(202);
      await issuer.start();
      expect(await becomesTrue(async () => (await ask()).status === 202, 20_000)).toBe(true);
    } finally {
      await late.end();
    }
  });
});
