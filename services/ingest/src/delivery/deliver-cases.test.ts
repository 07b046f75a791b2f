import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { CASE_TYPES } from '@effectstroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type CaseToDeliver,
  type DeliveryContext,
  deliverCases,
  judgeCases,
  keepChanges,
} from './deliver-cases.ts';
import { DeliveredCases } from './delivered-cases.ts';
import { openStore } from './store.ts';

const MOMENT = Date.UTC(2022, 0, 10);
const nowhere = {
  partitions: 4,
  publish: async (): Promise<void> => {
    throw new Error('away');
  },
};

let folder: string;
let db: DatabaseSync;
let context: DeliveryContext;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'delivery-'));
  db = openStore(folder);
  context = {
    delivered: new DeliveredCases(db),
    publisher: nowhere,
    hashResidentKey: (key) => `rk1:${key.length}`,
    moment: MOMENT,
    today: '2022-01-10',
    dryRun: false,
    mapping: 'regix',
  };
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

function registered(caseId: string, data: Record<string, unknown> = {}, revision?: number): CaseToDeliver {
  return {
    ...{ organisation: 'meerwaarde', source: 'urn:nld:kvknr:1', caseId, type: CASE_TYPES.registered },
    data: { municipality: 'GM0394', date: '2021-03-17', theme: '3', ...data },
    ...(revision !== undefined && { revision }),
  };
}

/** What would be sent of cases, which is then kept: caseId and revision. */
function deliver(moment: number, ...cases: CaseToDeliver[]): string[] {
  const { accepted, changes } = judgeCases({ ...context, moment }, cases);
  keepChanges(context, changes, () => {});
  return accepted.map(({ event: { data } }) => `${data.caseId} ${data.revision}`);
}

describe('a case without revisions of its own', () => {
  it('is sent when it is new or changed, above what was sent before', () => {
    expect(deliver(5, registered('a'))).toEqual(['a 5']);
    expect(deliver(9, registered('a'))).toEqual([]);
    expect(deliver(9, registered('a', { theme: '1' }))).toEqual(['a 9']);
    // A clock that was set back.
    expect(deliver(2, registered('a'))).toEqual(['a 10']);
  });

  it('is the same with other ways of writing it, and another with another type', () => {
    expect(deliver(5, registered('a', { programme: 'main' }))).toEqual(['a 5']);
    expect(deliver(6, registered('a'))).toEqual([]);
    expect(deliver(7, { ...registered('a', { reason: 'error' }), type: CASE_TYPES.withdrawn })).toEqual([
      'a 7',
    ]);
  });

  it('may stand in one delivery several times', () => {
    const cases = [registered('a'), registered('a'), registered('a', { theme: '1' }), registered('b')];
    expect(deliver(5, ...cases)).toEqual(['a 5', 'a 6', 'b 5']);
  });
});

describe('a case with revisions of its own', () => {
  it('keeps them, and each is sent once', () => {
    expect(deliver(5, registered('a', {}, 1), registered('a', { theme: '1' }, 2))).toEqual(['a 1', 'a 2']);
    expect(deliver(6, registered('a', {}, 1), registered('a', { theme: '1' }, 2))).toEqual([]);
    expect(deliver(7, registered('a', { theme: '9' }, 2), registered('a', {}, 3))).toEqual(['a 2', 'a 3']);
  });

  it('stands above a withdrawal of ours, as do those that follow', () => {
    deliver(5, registered('a', {}, 1));
    expect(deliver(50, { ...registered('a'), type: CASE_TYPES.withdrawn })).toEqual(['a 50']);
    expect(deliver(60, registered('a', {}, 1))).toEqual(['a 51']);
    expect(deliver(61, registered('a', {}, 1))).toEqual([]);
    expect(deliver(62, registered('a', { theme: '1' }, 2))).toEqual(['a 52']);
    expect(deliver(63, registered('a', { theme: '1' }, 52))).toEqual(['a 53']);
    expect(deliver(64, registered('a', {}, 99))).toEqual(['a 99']);
  });
});

describe('an event', () => {
  it('has the same identity when it is tried again, and no digits in its id', () => {
    const events = [1, 2].map(() => judgeCases(context, [registered('a')]).accepted[0]?.event);
    expect(events[0]).toEqual(events[1]);
    expect(events[0]).toMatchObject({ source: 'urn:nld:kvknr:1', time: '2022-01-10T00:00:00Z' });
    expect(events[0]?.id).toMatch(/^[A-Za-z_-]{43}$/);
    const later = judgeCases({ ...context, moment: MOMENT + 1 }, [registered('a')]).accepted[0]?.event;
    expect(later?.id).not.toBe(events[0]?.id);
  });

  it('holds a hash of the resident key', () => {
    const [outcome] = judgeCases(context, [registered('a', { residentKey: 'x'.repeat(20) })]).outcomes;
    expect(outcome).toMatchObject({ status: 'accepted', event: { data: { residentKey: 'rk1:20' } } });
  });

  it('is checked as every event is', () => {
    const { outcomes, accepted } = judgeCases(context, [
      registered('a', { date: '2022-01-11', extra: 1 }),
      registered('burger 123456782'),
      { ...registered('c'), organisation: 'Geen Slug' },
    ]);
    const faults = outcomes.map((one) =>
      one.status === 'refused' ? one.faults.map(({ pointer }) => pointer) : [],
    );
    expect(faults).toEqual([
      expect.arrayContaining(['/data/date', '/data/extra']),
      expect.arrayContaining(['/data/caseId']),
      ['/data/organisation'],
    ]);
    expect(accepted).toEqual([]);
  });
});

describe('a delivery', () => {
  it('keeps nothing of what was not published', async () => {
    const done: number[] = [];
    await expect(deliverCases(context, [registered('a')], () => done.push(1))).rejects.toThrow('away');
    expect(done).toEqual([]);
    expect(judgeCases(context, [registered('a')]).accepted.length).toBe(1);
  });

  it('keeps and publishes nothing in a dry run', async () => {
    const dry = { ...context, dryRun: true };
    const outcomes = await deliverCases(dry, [registered('a'), registered('b', { theme: '' })]);
    expect(outcomes.map(({ status }) => status)).toEqual(['accepted', 'refused']);
    expect(judgeCases(context, [registered('a')]).accepted.length).toBe(1);
  });

  it('undoes everything where what goes alongside fails', () => {
    const { changes } = judgeCases(context, [registered('a')]);
    const fail = () => {
      throw new Error('full');
    };
    expect(() => keepChanges(context, changes, fail)).toThrow('full');
    expect(judgeCases(context, [registered('a')]).accepted.length).toBe(1);
  });
});
