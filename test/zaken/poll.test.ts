import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { notificatieOf, send } from './stand-in/notificaties.ts';
import { ASSESSMENT, ZaakStack } from './zaak-stack.ts';

/** Polls about twice a second. */
const OFTEN = { pollMinutes: 0.01 };

let stack: ZaakStack;

beforeEach(() => {
  stack = new ZaakStack();
});
afterEach(() => stack.end());

/** Waits until a round of the poll is complete that began after now. */
async function untilPolled(): Promise<void> {
  const { poll } = await stack.status();
  const rounds = new Set([poll.completed]);
  // The round that was under way may have passed what is looked for: another one has not.
  await stack.until(({ poll: { completed } }) => rounds.add(completed).size > 2);
  await stack.settled();
}

describe('the poll', () => {
  it('finds, of all pages, zaken of which every notification was lost', async () => {
    await stack.start(OFTEN);
    const { zaken } = stack.zaaksysteem;
    for (let i = 0; i < 10; i++) zaken.create();
    await stack.until(({ zaken: { delivered } }) => delivered === 10);
    expect(new Set(await stack.story()).size).toBe(10);
    expect(stack.zaaksysteem.requests.filter((path) => path.includes('page=4')).length).toBeGreaterThan(0);
  });

  it('finds a changed zaak by its list, and fetches none that looks the same', async () => {
    await stack.start(OFTEN);
    const { zaken, requests } = stack.zaaksysteem;
    const uuids = [zaken.create(), zaken.create()];
    await stack.until(({ zaken: { delivered } }) => delivered === 2);
    await untilPolled();
    requests.length = 0;
    zaken.change(uuids[0] ?? '', { status: 'Ingetrokken' });
    await stack.until(({ cases }) => cases.withdrawn === 1);
    await untilPolled();
    const fetched = requests
      .filter((path) => /zaken\/[^/]+$/.test(path))
      .map((path) => path.split('/').at(-1));
    expect(fetched).toEqual([uuids[0]]);
  });

  it('finds what a list does not show when it checks a zaak again', async () => {
    await stack.start({ ...OFTEN, recheckHours: 0.001 });
    const { zaken } = stack.zaaksysteem;
    const uuid = zaken.create();
    await stack.until(({ zaken: { delivered } }) => delivered === 1);
    zaken.change(uuid, { eigenschappen: { Thema: 'Eenzaamheid' } });
    await stack.until(({ cases }) => cases.accepted === 2);
    expect((await stack.events()).map(({ data }) => data['theme'])).toEqual(['3', '4']);
  });

  it('withdraws a zaak whose deletion was lost', async () => {
    await stack.start(OFTEN);
    const { zaken } = stack.zaaksysteem;
    const [uuid = ''] = [zaken.create(), zaken.create()];
    await stack.until(({ zaken: { delivered } }) => delivered === 2);
    zaken.destroy(uuid);
    await stack.until(({ cases }) => cases.withdrawn === 1);
    expect((await stack.story()).filter((line) => line.startsWith('withdrawn'))).toEqual([
      'withdrawn ZAAK-2021-0000000001',
    ]);
  });

  it('withdraws nothing where everything has gone: it shows it, and takes it up again', async () => {
    await stack.start(OFTEN);
    const { zaken } = stack.zaaksysteem;
    const uuids = [zaken.create(), zaken.create()];
    await stack.until(({ zaken: { delivered } }) => delivered === 2);
    stack.zaaksysteem.upset = (request, response) => {
      const isList = request.url?.includes('/zaken?') === true;
      response.writeHead(isList ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ count: 0, next: null, previous: null, results: [] }));
      return true;
    };
    await stack.until(({ zaken: { failing } }) => failing[0]?.code === 'missing' && failing[0].count === 2);
    expect((await stack.status()).cases.withdrawn).toBe(0);
    stack.zaaksysteem.upset = undefined;
    zaken.change(uuids[0] ?? '', { status: 'Afgerond' });
    await stack.until(({ zaken: { failing, pending } }) => failing.length === 0 && pending === 0);
    expect((await stack.status()).cases).toMatchObject({ accepted: 2, withdrawn: 0 });
  });

  it('lists only the types that are taken, in all their versions', async () => {
    await stack.start({ ...OFTEN, zaaktypen: ['HULPVRAAG'] });
    const { zaken, requests } = stack.zaaksysteem;
    const taken = [zaken.create(), zaken.create({ zaaktype: 'hulpvraagOud', eigenschappen: ASSESSMENT })];
    zaken.create({ zaaktype: 'kapvergunning' });
    zaken.change(taken[1] ?? '', { eigenschappen: { Thema: 'Schulden' } });
    await untilPolled();
    const expected = ['registered ZAAK-2021-0000000001', 'assessed ZAAK-2021-0000000002'];
    expect((await stack.story()).toSorted()).toEqual(expected.toSorted());
    const lists = requests.filter((path) => path.includes('/zaken?'));
    expect(lists.every((path) => path.includes('zaaktype='))).toBe(true);
  });

  it('says where a type of zaak is not in the catalogue', async () => {
    await stack.start({ ...OFTEN, zaaktypen: ['HULPVRAAG', 'BESTAAT-NIET'] });
    await stack.until(({ poll }) => poll.failure === 'unknown-zaaktype');
  });

  it('goes on where it was after a crash', async () => {
    await stack.start({ pollMinutes: 0.02, timeoutSeconds: 60 });
    const { zaken, requests } = stack.zaaksysteem;
    const held = Promise.withResolvers<void>();
    for (let i = 0; i < 7; i++) zaken.create();
    stack.zaaksysteem.upset = ({ url = '' }) => {
      if (!url.includes('page=3')) return false;
      held.resolve();
      return true;
    };
    await held.promise;
    await stack.killIngest();
    requests.length = 0;
    stack.zaaksysteem.upset = undefined;
    await stack.startIngest();
    await stack.until(({ zaken: { delivered } }) => delivered === 7);
    const [first] = requests.filter((path) => path.includes('/zaken?'));
    expect(first).toContain('page=3');
  });

  it('does not follow where a list points to, only whether there is more', async () => {
    await stack.start(OFTEN);
    const { zaken } = stack.zaaksysteem;
    const elsewhere: string[] = [];
    zaken.create();
    stack.zaaksysteem.upset = ({ url = '' }, response) => {
      if (!url.includes('/zaken?')) {
        elsewhere.push(url);
        return false;
      }
      const page = Number(new URL(url, 'http://a').searchParams.get('page'));
      const next = page < 3 ? 'http://169.254.169.254/latest/meta-data' : null;
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({ count: 1, next, previous: null, results: page === 3 ? zaken.list(null) : [] }),
      );
      return true;
    };
    await stack.until(({ zaken: { delivered } }) => delivered === 1);
    expect(elsewhere.every((url) => url.startsWith('/zaken/') || url.startsWith('/catalogi/'))).toBe(true);
  });

  it('takes no zaak from a list that lies elsewhere', async () => {
    await stack.start(OFTEN);
    const { zaken } = stack.zaaksysteem;
    const url = zaken.url(zaken.create()).replace('127.0.0.1', '127.0.0.2');
    stack.zaaksysteem.upset = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ count: 1, next: null, previous: null, results: [{ url }] }));
      return true;
    };
    await stack.until(({ poll }) => poll.failure === 'foreign-url');
    expect((await stack.status()).zaken).toMatchObject({ pending: 0, delivered: 0 });
  });

  it('and notifications together send each change once', async () => {
    await stack.start(OFTEN);
    const { zaken } = stack.zaaksysteem;
    for (let i = 0; i < 12; i++) {
      const uuid = zaken.create();
      if (i % 3 > 0) await send(stack.abonnement, notificatieOf(zaken, uuid));
      if (i % 2 > 0) await send(stack.abonnement, notificatieOf(zaken, uuid));
    }
    await stack.until(({ zaken: { delivered } }) => delivered === 12);
    await untilPolled();
    expect((await stack.story()).length).toBe(12);
  });
});
