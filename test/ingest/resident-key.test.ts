import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { becomesTrue } from '@effectstroom/infra';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { IngestStack } from './ingest-stack.ts';
import { registered } from './sent-events.ts';

const stack = new IngestStack();
const secretFile = join(stack.folder, 'resident-key');
const logText = (): string => readFileSync(join(stack.folder, 'ingest', 'ingest.log'), 'utf8');

beforeAll(async () => {
  await stack.startNats();
  await stack.startIngest();
});
afterAll(() => stack.end());

/** The hash that is published now for one resident. */
async function publishedHash(id: string): Promise<string> {
  const event = registered({ caseId: id, residentKey: 'a-key-of-one-resident' }, { id });
  expect((await stack.sendEvents(event)).status).toBe(202);
  const published = (await stack.publishedEvents()).get(id) as { data: { residentKey: string } };
  return published.data.residentKey;
}

it('a new secret hashes within a second, and one that cannot be used changes nothing', async () => {
  const first = await publishedHash('e-1');
  expect(first).toMatch(/^rk1:[\w-]{43}$/);
  expect(logText()).toContain('may read the secret of resident keys');

  writeFileSync(secretFile, 'too short');
  expect(
    await becomesTrue(() => logText().includes('the secret of resident keys stays as it was'), 5_000),
  ).toBe(true);
  expect(await publishedHash('e-2')).toBe(first);

  const secrets = ['1 a secret of tests, of enough bytes', `2 ${'n'.repeat(44)}`];
  writeFileSync(secretFile, `${secrets.join('\n')}\n`);
  chmodSync(secretFile, 0o600);
  const isRotated = () => logText().includes('hashed with another secret');
  expect(await becomesTrue(isRotated, 1_500)).toBe(true);
  const second = await publishedHash('e-3');
  expect(second).toMatch(/^rk2:[\w-]{43}$/);
  expect(second.slice(4)).not.toBe(first.slice(4));
  for (const secret of ['too short', 'nnnn', 'of enough bytes']) expect(logText()).not.toContain(secret);
});
