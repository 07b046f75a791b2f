import { createHash } from 'node:crypto';
import { type CaseEvent, parseCaseEvent } from '@effectstroom/contracts';
import { eventNumber } from '@effectstroom/database';
import { describe, expect, it } from 'vitest';
import type { DecodedEvent } from '../decode.ts';
import { Dropped, ErasedCases, KEPT_OUT } from './erased-cases.ts';

const SALT = Buffer.alloc(32, 7);
const AT = 1_700_000_000_000_000n;
const numberAt = (epoch: number, sequence: bigint) => eventNumber({ epoch, sequence, index: 0 });

function event(caseId: string, organisation = 'meerwaarde'): CaseEvent {
  const data = { municipality: 'GM0394', organisation, caseId, revision: 0, date: '2021-03-17', theme: '3' };
  const time = '2021-03-18T09:12:44Z';
  const type = 'nl.effectstroom.case.registered';
  return parseCaseEvent({ specversion: '1.0', id: 'e-1', source: 'urn:x', type, time, data });
}

const decoded = (...events: CaseEvent[]): DecodedEvent[] =>
  events.map((one, index) => ({ index, event: one, payload: Buffer.from(JSON.stringify(one)) }));

/** Keeps out case `c-1`, erased by message 10 of epoch 0. */
function erasedCases(): ErasedCases {
  const erased = new ErasedCases(SALT, []);
  const hash = erased.hashOf('meerwaarde', 'c-1');
  erased.add({
    organisation: 'meerwaarde',
    hash,
    erasure: 'first',
    number: numberAt(0, 10n),
    until: AT + KEPT_OUT,
  });
  return erased;
}

describe('erased cases', () => {
  it('are known by SHA-256 of salt, organisation, a space and case', () => {
    const expected = createHash('sha256')
      .update(Buffer.concat([SALT, Buffer.from('meerwaarde c-1')]))
      .digest();
    expect(erasedCases().hashOf('meerwaarde', 'c-1')).toEqual(expected);
  });

  it('lose their events of later messages, and other cases do not', () => {
    const dropped = new Dropped();
    const events = decoded(event('c-1'), event('c-2'), event('c-1', 'ander'), event('c-1'));
    const kept = erasedCases().sift(events, { epoch: 0, sequence: 11n, storedAt: AT + 5n }, dropped);
    expect(kept.map(({ index }) => index)).toEqual([1, 2]);
    expect(dropped.all()).toMatchObject([{ erasure: 'first', events: 2, storedAt: AT + 5n }]);
  });

  it('keep what came before the erasure, until the stream is read again in a new epoch', () => {
    const [before, again] = [0, 1].map((epoch) =>
      erasedCases().sift(decoded(event('c-1')), { epoch, sequence: 9n, storedAt: AT - 5n }, new Dropped()),
    );
    expect([before?.length, again?.length]).toEqual([1, 0]);
  });

  it('are kept out for as long as the stream may bring what was dropped', () => {
    const erased = erasedCases();
    const keeps = (storedAt: bigint) =>
      erased.sift(decoded(event('c-1')), { epoch: 0, sequence: 11n, storedAt }, new Dropped()).length;
    expect(keeps(AT + KEPT_OUT - 1n)).toBe(0);
    expect(keeps(AT + KEPT_OUT)).toBe(0);
    expect(keeps(AT + 3n * KEPT_OUT)).toBe(1);
  });

  it('go by the erasure that keeps them out, and by another once its time is over', () => {
    const erased = erasedCases();
    const hash = erased.hashOf('meerwaarde', 'c-1');
    const droppedAt = (storedAt: bigint) => {
      const dropped = new Dropped();
      erased.sift(decoded(event('c-1')), { epoch: 0, sequence: 31n, storedAt }, dropped);
      return dropped.all().map(({ erasure }) => erasure);
    };
    const another = { organisation: 'meerwaarde', hash, number: numberAt(0, 20n) };
    erased.add({ ...another, erasure: 'second', until: AT + 7n + KEPT_OUT });
    expect(droppedAt(AT)).toEqual(['first']);
    erased.letGo({ organisation: 'meerwaarde', erasure: 'second' });
    expect(droppedAt(AT)).toEqual(['first']);
    erased.add({ ...another, erasure: 'third', until: AT + 2n * KEPT_OUT });
    expect(droppedAt(AT + KEPT_OUT)).toEqual(['third']);
    erased.letGo({ organisation: 'meerwaarde', erasure: 'third' });
    expect(droppedAt(AT)).toEqual([]);
  });
});
