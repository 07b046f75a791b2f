import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { notificatieOf, send, subscribe } from './stand-in/notificaties.ts';
import { ASSESSMENT, MAPPING, ZaakStack } from './zaak-stack.ts';

let stack: ZaakStack;

beforeEach(async () => {
  stack = new ZaakStack();
});
afterEach(() => stack.end());

const FIRST = 'ZAAK-2021-0000000001';

describe('a zaak', () => {
  it('is a case from its first notification to its deletion', async () => {
    await stack.start();
    const { zaken } = stack.zaaksysteem;
    await subscribe(stack.abonnement);
    const uuid = zaken.create();
    expect(await stack.notify(uuid)).toBe(204);
    await stack.settled();
    zaken.change(uuid, { eigenschappen: ASSESSMENT });
    await stack.notify(uuid, 'zaakeigenschap');
    await stack.settled();
    zaken.change(uuid, { status: 'Afgerond', resultaat: 'Geholpen' });
    await stack.notify(uuid, 'status');
    await stack.settled();
    zaken.destroy(uuid);
    await stack.notify(uuid, 'zaak', 'destroy');
    const { cases, zaken: counts } = await stack.settled();

    const [registered, assessed, withdrawn, ...rest] = await stack.events();
    expect(rest).toEqual([]);
    const identity = { municipality: 'GM0394', organisation: 'meerwaarde', programme: 'main', caseId: FIRST };
    const whole = { ...identity, date: '2021-03-17', theme: '3', workType: 'raadsliedenwerk' };
    expect(registered).toMatchObject({
      type: 'nl.effectstroom.case.registered',
      source: MAPPING.source,
      data: whole,
    });
    expect(assessed).toMatchObject({
      type: 'nl.effectstroom.case.assessed',
      data: {
        ...whole,
        avoided: [
          {
            service: 'begeleiding-individueel',
            quantity: '26',
            likelihood: 'certain',
            contribution: 'possible',
          },
        ],
      },
    });
    expect(withdrawn).toMatchObject({
      type: 'nl.effectstroom.case.withdrawn',
      data: { ...identity, reason: 'error' },
    });
    // The status and the result are not mapped to anything: the case did not change with them.
    expect(cases).toEqual({ accepted: 2, unchanged: 1, withdrawn: 1 });
    expect(counts).toEqual({ pending: 0, delivered: 0, failing: [] });
  });

  it('is withdrawn where its status says so, and counts again where it says otherwise', async () => {
    await stack.start();
    const { zaken } = stack.zaaksysteem;
    const uuid = zaken.create();
    for (const status of ['Ontvangen', 'Ingetrokken', 'Ontvangen'] as const) {
      zaken.change(uuid, { status });
      await stack.notify(uuid, 'status');
      await stack.settled();
    }
    expect(await stack.story()).toEqual([`registered ${FIRST}`, `withdrawn ${FIRST}`, `registered ${FIRST}`]);
  });

  it('under another number is another case, and the former one is withdrawn', async () => {
    await stack.start();
    const { zaken } = stack.zaaksysteem;
    const uuid = zaken.create();
    await stack.notify(uuid);
    await stack.settled();
    zaken.change(uuid, { identificatie: 'ZAAK-2021-0000000099' });
    await stack.notify(uuid);
    await stack.settled();
    const story = await stack.story();
    expect(story.toSorted()).toEqual([
      `registered ${FIRST}`,
      'registered ZAAK-2021-0000000099',
      `withdrawn ${FIRST}`,
    ]);
  });

  it('with the number of another zaak is shown and not sent', async () => {
    await stack.start();
    const { zaken } = stack.zaaksysteem;
    for (const uuid of [zaken.create(), zaken.create({ identificatie: FIRST })]) {
      await stack.notify(uuid);
      await stack.settled();
    }
    expect(await stack.story()).toEqual([`registered ${FIRST}`]);
    expect((await stack.status()).zaken.failing).toMatchObject([{ code: 'case-taken', count: 1 }]);
  });

  it('that cannot be a case is shown with its columns, and is one when that is put right', async () => {
    await stack.start();
    const { zaken } = stack.zaaksysteem;
    const first = zaken.create({ identificatie: '' });
    const second = zaken.create({ eigenschappen: { Thema: 'Onbekend' }, startdatum: '2999-01-01' });
    for (const uuid of [first, second]) await stack.notify(uuid);
    const { zaken: counts } = await stack.settled();
    expect(counts.delivered).toBe(0);
    const columnsOf = (uuid: string) =>
      counts.failing.find((one) => one.zaken.includes(zaken.url(uuid)))?.faults.map(({ column }) => column);
    expect([columnsOf(first), columnsOf(second)]).toEqual([['identificatie'], ['eigenschap:Thema']]);
    zaken.change(first, { identificatie: 'ZAAK-12-3' });
    zaken.change(second, { eigenschappen: { Thema: 'Schulden' } });
    for (const uuid of [first, second]) await stack.notify(uuid);
    const { failing } = (await stack.settled()).zaken;
    expect(failing).toMatchObject([
      { code: 'refused', count: 1, faults: [{ column: 'startdatum', code: 'future-date' }] },
    ]);
    expect(await stack.story()).toEqual(['registered ZAAK-12-3']);
  });

  it('is read anew where the mapping changes', async () => {
    await stack.start();
    const { zaken } = stack.zaaksysteem;
    await stack.notify(zaken.create());
    await stack.settled();
    await stack.stopIngest();
    const theme = { constant: 'overig' };
    await stack.startIngest({ mapping: { ...MAPPING, case: { ...MAPPING.case, theme } } });
    await stack.settled();
    expect((await stack.events()).map(({ data }) => data['theme'])).toEqual(['3', 'overig']);
  });
});

describe('notifications', () => {
  it('that come twice, late or in another order change nothing', async () => {
    await stack.start();
    const { zaken } = stack.zaaksysteem;
    const uuids = [zaken.create(), zaken.create(), zaken.create()];
    const all = uuids.flatMap((uuid) => {
      const made = notificatieOf(zaken, uuid);
      zaken.change(uuid, { eigenschappen: ASSESSMENT });
      return [made, notificatieOf(zaken, uuid, 'zaakeigenschap'), notificatieOf(zaken, uuid, 'status')];
    });
    const shuffled = [...all, ...all.toReversed(), ...all];
    const statuses = await Promise.all(shuffled.map((message) => send(stack.abonnement, message)));
    expect(new Set(statuses)).toEqual(new Set([204]));
    await stack.settled();
    const story = await stack.story();
    expect(story.toSorted()).toEqual([1, 2, 3].map((n) => `assessed ZAAK-2021-000000000${n}`));
    for (const message of shuffled.toReversed()) await send(stack.abonnement, message);
    const { cases } = await stack.settled();
    expect(await stack.story()).toEqual(story);
    expect(cases.accepted).toBe(3);
  });

  it('of a deletion withdraw nothing while the zaak is there', async () => {
    await stack.start();
    const uuid = stack.zaaksysteem.zaken.create();
    await stack.notify(uuid);
    await stack.settled();
    await stack.notify(uuid, 'zaak', 'destroy');
    const { cases } = await stack.settled();
    expect(cases).toEqual({ accepted: 1, unchanged: 1, withdrawn: 0 });
  });

  it('of a zaak that was deleted before it was ever fetched leave nothing', async () => {
    await stack.start();
    const { zaken } = stack.zaaksysteem;
    const uuid = zaken.create();
    const messages = [notificatieOf(zaken, uuid), notificatieOf(zaken, uuid, 'zaak', 'destroy')];
    zaken.destroy(uuid);
    // Answered when both have come: only then is it sure that no notification follows the last fetch.
    const asked: ServerResponse[] = [];
    stack.zaaksysteem.upset = (_request, response) => asked.push(response) > 0;
    for (const message of messages.toReversed()) await send(stack.abonnement, message);
    stack.zaaksysteem.upset = undefined;
    for (const response of asked) response.writeHead(404).end();
    expect((await stack.settled()).zaken).toEqual({ pending: 0, delivered: 0, failing: [] });
  });

  it('of a deletion that comes while the zaak is being fetched withdraws it all the same', async () => {
    await stack.start();
    const { zaken } = stack.zaaksysteem;
    const uuid = zaken.create();
    await stack.notify(uuid);
    await stack.settled();
    zaken.change(uuid, { eigenschappen: ASSESSMENT });
    const asked = Promise.withResolvers<ServerResponse>();
    const former = JSON.stringify(zaken.zaak(uuid));
    const properties = JSON.stringify(zaken.properties(uuid));
    stack.zaaksysteem.upset = ({ url = '' }, response) => {
      if (url.endsWith(uuid)) asked.resolve(response);
      else if (url.endsWith('zaakeigenschappen')) response.writeHead(200).end(properties);
      else return false;
      return true;
    };
    await stack.notify(uuid, 'zaakeigenschap');
    const response = await asked.promise;
    const deleted = notificatieOf(zaken, uuid, 'zaak', 'destroy');
    expect(await send(stack.abonnement, deleted)).toBe(204);
    stack.zaaksysteem.upset = ({ url = '' }, other) => {
      if (!url.endsWith('zaakeigenschappen')) return false;
      // Only now is the zaak gone: what is being fetched is still whole.
      zaken.destroy(uuid);
      other.writeHead(200).end(properties);
      return true;
    };
    response.writeHead(200).end(former);
    await stack.settled();
    expect(await stack.story()).toEqual([`registered ${FIRST}`, `assessed ${FIRST}`, `withdrawn ${FIRST}`]);
  });

  it('of another type of zaak, channel or resource have nothing delivered', async () => {
    await stack.start({ zaaktypen: ['HULPVRAAG'] });
    const { zaken } = stack.zaaksysteem;
    const uuid = zaken.create();
    const other = zaken.create({ zaaktype: 'kapvergunning' });
    expect(await stack.notify(other)).toBe(204);
    expect(await stack.notify(uuid, 'rol')).toBe(204);
    const message = {
      ...notificatieOf(zaken, uuid),
      kanaal: 'documenten',
      hoofdObject: 'https://elders.example.nl/d/1',
    };
    expect(await send(stack.abonnement, message)).toBe(204);
    expect((await stack.settled()).zaken).toMatchObject({ delivered: 0, failing: [] });
  });
});

describe('what is read of a zaak', () => {
  it('is what the mapping names: no people, no free text', async () => {
    await stack.start();
    const uuid = stack.zaaksysteem.zaken.create({ eigenschappen: { Thema: 'Schulden', ...ASSESSMENT } });
    await stack.notify(uuid);
    await stack.settled();
    const asked = stack.zaaksysteem.requests.map(
      (path) => path.replace(/^.*\/api\/v1\//, '').split(/[/?]/)[0],
    );
    expect(new Set(asked)).toEqual(new Set(['zaken', 'statussen', 'zaaktypen', 'statustypen']));
    expect(stack.zaaksysteem.requests.filter((path) => path.includes('expand'))).toEqual([]);
  });
});
