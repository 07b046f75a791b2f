import { createHash } from 'node:crypto';
import { type CaseEvent, LIMITS, parseCaseEvent, partitionOf } from '@effectstroom/contracts';
import { describe, expect, it } from 'vitest';
import { caseMessages } from './messages.ts';

function accepted(caseId: string, padding = '') {
  const event: CaseEvent = parseCaseEvent({
    ...{
      specversion: '1.0',
      id: caseId,
      source: 'urn:a',
      type: 'nl.effectstroom.case.withdrawn',
      time: '2021-01-01T00:00:00Z',
    },
    data: { municipality: 'GM0394', organisation: 'meerwaarde', caseId, revision: 1 },
  });
  return { event, line: JSON.stringify({ ...event, padding }) };
}

describe('caseMessages', () => {
  const events = Array.from({ length: 100 }, (_, i) => accepted(`c-${i}`));

  it('puts each event once in its partition, in the order of the request', () => {
    const messages = caseMessages(events, 4);
    expect(messages.map(({ subject }) => subject)).toEqual(['cases.0', 'cases.1', 'cases.2', 'cases.3']);
    for (const [partition, { payload }] of messages.entries()) {
      const own = events.filter(({ event }) => partitionOf('meerwaarde', event.data.caseId, 4) === partition);
      expect(payload.toString()).toBe(own.map(({ line }) => line).join('\n'));
    }
  });

  it('gives equal requests equal ids, and others other ones', () => {
    const ids = (all: typeof events) => caseMessages(all, 4).map(({ id }) => id);
    expect(ids(events)).toEqual(ids(events));
    expect(ids(events.slice(1))).not.toEqual(ids(events));
    const [message] = caseMessages(events, 1);
    expect(message?.id).toBe(
      createHash('sha256')
        .update(message?.payload ?? '')
        .digest('hex'),
    );
  });

  it('makes more messages of what does not fit in one', () => {
    const large = Array.from({ length: 50 }, (_, i) => accepted(`c-${i}`, 'x'.repeat(60_000)));
    const messages = caseMessages(large, 1);
    expect(messages.length).toBeGreaterThan(2);
    expect(messages.every(({ payload }) => payload.length <= LIMITS.messageBytes)).toBe(true);
    expect(messages.map(({ payload }) => payload.toString()).join('\n')).toBe(
      large.map(({ line }) => line).join('\n'),
    );
  });
});
