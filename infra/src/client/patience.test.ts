import { expect, test } from 'vitest';
import { Refused, ServerAway } from './faults.ts';
import { type Patience, patiently } from './patience.ts';

const never = new AbortController().signal;

function patience(changes: Partial<Patience> = {}): Patience & { waits: number[]; back: number } {
  const kept = { waits: [] as number[], back: 0 };
  return Object.assign(kept, {
    awayMs: 0,
    busyMs: 0,
    alsoFor: [],
    onWait: (_reason: unknown, waitMs: number) => kept.waits.push(waitMs),
    onBack: () => {
      kept.back += 1;
    },
    ...changes,
  });
}

/** Fails with each of these, then succeeds. */
function failing(...errors: Error[]): () => Promise<string> {
  return async () => {
    const error = errors.shift();
    if (error !== undefined) throw error;
    return 'done';
  };
}

test('a server that asks for patience is given it, as long as it asks', async () => {
  const given = patience({ busyMs: 10_000 });
  const asks = new Refused(429, '', [], 600);
  expect(await patiently(given, never, failing(asks))).toBe('done');
  expect([given.waits.length, given.back]).toEqual([1, 1]);
  expect(given.waits[0]).toBeGreaterThanOrEqual(600);
});

test('patience ends before a wait that is too long', async () => {
  const given = patience({ busyMs: 10_000 });
  const asks = new Refused(503, '', [], 60_000);
  await expect(patiently(given, never, failing(asks))).rejects.toBe(asks);
  expect(given.waits).toEqual([]);
});

test('a server that is away is waited for only where that was asked', async () => {
  const away = new ServerAway('ECONNREFUSED');
  await expect(patiently(patience({ busyMs: 10_000 }), never, failing(away))).rejects.toBe(away);
  expect(await patiently(patience({ awayMs: Number.POSITIVE_INFINITY }), never, failing(away))).toBe('done');
});

test('what was refused for good is not tried again, unless it can be put right', async () => {
  const refused = new Refused(403, '');
  await expect(patiently(patience({ awayMs: 10_000 }), never, failing(refused))).rejects.toBe(refused);
  const given = patience({ awayMs: 10_000, alsoFor: [403] });
  expect(await patiently(given, never, failing(refused))).toBe('done');
  const fault = new Error('other');
  await expect(patiently(given, never, failing(fault))).rejects.toBe(fault);
});

test('a signal ends the waiting', async () => {
  const ending = new AbortController();
  const given = patience({ awayMs: Number.POSITIVE_INFINITY, onWait: () => ending.abort() });
  const away = failing(new ServerAway('ECONNREFUSED'));
  await expect(patiently(given, ending.signal, away)).rejects.toThrow('aborted');
});
