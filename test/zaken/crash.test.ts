import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ASSESSMENT, ZaakStack } from './zaak-stack.ts';

let stack: ZaakStack;

beforeEach(async () => {
  stack = new ZaakStack();
  await stack.start({ timeoutSeconds: 60 });
});
afterEach(() => stack.end());

describe('kill -9 of ingest', () => {
  it('between its answer and the fetch loses no notification', async () => {
    const { zaken } = stack.zaaksysteem;
    stack.zaaksysteem.upset = () => true;
    const uuids = Array.from({ length: 12 }, () => zaken.create());
    const statuses = await Promise.all(uuids.map((uuid) => stack.notify(uuid)));
    expect(new Set(statuses)).toEqual(new Set([204]));
    await stack.killIngest();
    stack.zaaksysteem.upset = undefined;
    await stack.startIngest();
    await stack.until(({ zaken: { delivered } }) => delivered === 12);
    expect(new Set(await stack.story()).size).toBe(12);
  });

  it('at any moment leaves every case as its zaak last was', async () => {
    const { zaken } = stack.zaaksysteem;
    const uuids = Array.from({ length: 8 }, () => zaken.create());
    for (let round = 0; round < 4; round++) {
      const notified = uuids.map(async (uuid, i) => {
        zaken.change(uuid, { eigenschappen: { ...ASSESSMENT, Aantal: String(10 * round + i + 1) } });
        return stack.notify(uuid, 'zaakeigenschap');
      });
      if (round % 2 === 0) await Promise.all(notified);
      // Whoever gets no answer sends again, as Open Notificaties does.
      else await Promise.race(notified);
      await stack.killIngest();
      await Promise.allSettled(notified);
      await stack.startIngest();
      for (const uuid of uuids) expect(await stack.notify(uuid, 'zaakeigenschap')).toBe(204);
    }
    await stack.settled();
    const last = new Map((await stack.events()).map(({ data }) => [data.caseId, data]));
    expect(last.size).toBe(8);
    const quantities = [...last.values()].map((data) => data['avoided']);
    const expected = uuids.map((_, i) => [expect.objectContaining({ quantity: String(31 + i) })]);
    expect(quantities.toSorted(byQuantity)).toEqual(expected);
    const revisions = (await stack.events()).map(({ data }) => `${data.caseId} ${data.revision}`);
    expect(new Set(revisions).size).toBe(revisions.length);
  });
});

function byQuantity(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
