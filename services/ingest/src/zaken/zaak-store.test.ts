import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it } from 'vitest';
import { type DueZaak, ZaakStore } from './zaak-store.ts';
import { ZAAK_TABLES } from './zaak-tables.ts';

const UUID = '99999999-aaaa-4aaa-8aaa-aaaaaaaaaaa1';
const IDENTITY = {
  municipality: 'GM0394',
  organisation: 'meerwaarde',
  programme: 'main',
  source: 'urn:nld:oin:00000099000000001000:systeem:zaken',
  caseId: 'ZAAK-1',
};
const FETCHED = { digest: new Uint8Array(16), identity: IDENTITY };

let db: DatabaseSync;
let store: ZaakStore;

beforeEach(() => {
  db = new DatabaseSync(':memory:');
  db.exec(ZAAK_TABLES);
  store = new ZaakStore(db, 'proef');
});

function take(now = 1): DueZaak {
  const [zaak] = store.due(now, 10);
  if (zaak === undefined) throw new Error('nothing is due');
  return zaak;
}

describe('what is known of zaken', () => {
  it('has one row for all notifications of a zaak, whatever their order', () => {
    for (const isGone of [true, false, false]) store.ask(UUID, 1, isGone);
    expect(store.due(1, 10)).toMatchObject([{ uuid: UUID, generation: 3, isGone: true }]);
    expect(store.due(0, 10)).toEqual([]);
  });

  it('keeps a zaak due that was asked for while it was fetched', () => {
    store.ask(UUID, 1, false);
    const zaak = take();
    store.ask(UUID, 2, true);
    store.done(zaak, FETCHED, 3);
    expect(take(2)).toMatchObject({ isGone: true, identity: IDENTITY });
    store.done(take(2), FETCHED, 4);
    expect(store.waiting()).toBe(0);
  });

  it('gives every delivery a later moment, whatever the clock says', () => {
    store.ask(UUID, 1, false);
    const moments = [1000, 1000, 500, 2000].map((now) => store.nextMoment(UUID, now));
    expect(moments).toEqual([1000, 1001, 1002, 2000]);
  });

  it('tells a case of another zaak from its own, in one organisation', () => {
    store.ask(UUID, 1, false);
    store.done(take(), FETCHED, 2);
    const other = UUID.replace('1', '2');
    expect(store.isTaken('meerwaarde', 'ZAAK-1', UUID)).toBe(false);
    expect(store.isTaken('meerwaarde', 'ZAAK-1', other)).toBe(true);
    expect(new ZaakStore(db, 'andere').isTaken('meerwaarde', 'ZAAK-1', UUID)).toBe(true);
    expect(store.isTaken('levgroep', 'ZAAK-1', other)).toBe(false);
  });

  it('has all zaken read anew only where the reading changes', () => {
    store.readAnew(Buffer.from('one'), 1);
    store.ask(UUID, 1, false);
    store.done(take(), FETCHED, 2);
    store.readAnew(Buffer.from('one'), 3);
    expect(store.waiting()).toBe(0);
    store.readAnew(Buffer.from('other'), 4);
    expect(store.due(4, 10)).toMatchObject([{ uuid: UUID, identity: IDENTITY }]);
  });

  it('forgets a zaak, but not what came meanwhile', () => {
    store.ask(UUID, 1, true);
    const zaak = take();
    store.ask(UUID, 2, false);
    store.forget(zaak);
    expect(take(2)).toMatchObject({ isGone: true, identity: undefined });
    store.forget(take(2));
    expect(store.due(9, 10)).toEqual([]);
  });
});
