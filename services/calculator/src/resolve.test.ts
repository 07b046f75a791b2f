import { type CaseEvent, checkProgramme, parseCaseEvent } from '@effectstroom/contracts';
import { describe, expect, it } from 'vitest';
import { type CaseEventRecord, CaseEvents, quarantineOf } from './resolve.ts';
import { SettingsBook } from './settings-book.ts';
import { settingsVersion } from './settings-version.ts';

const ADDRESS = { municipality: 'GM0394', organisation: 'meerwaarde', programme: 'main' };

function bookOf(...themes: string[]): SettingsBook {
  const { settings } = checkProgramme(ADDRESS, {
    ...{
      name: 'Test',
      method: 'preventiecalculator',
      correctionFactors: [{ from: '2021-01-01', factor: '0.9' }],
    },
    themes: themes.map((code) => ({ code, name: code })),
  });
  if (settings === undefined) throw new Error('The programme of this test is not right');
  return new SettingsBook([{ number: 1n, kind: 'programme', key: 'GM0394/meerwaarde/main', body: settings }]);
}

interface Told {
  id?: string;
  source?: string;
  time?: string;
  revision?: number;
  theme?: string;
  withdrawn?: true;
}

function event({
  id = 'a',
  source = 'urn:x',
  time = '2021-03-18T09:00:00Z',
  revision = 1,
  theme = '1',
  withdrawn,
}: Told): CaseEvent {
  const { municipality, organisation } = ADDRESS;
  const data = {
    municipality,
    organisation,
    caseId: 'c-1',
    revision,
    ...(withdrawn ? {} : { date: '2021-03-17', theme }),
  };
  const type = `nl.effectstroom.case.${withdrawn ? 'withdrawn' : 'registered'}`;
  return parseCaseEvent({ specversion: '1.0', id, source, time, type, data });
}

/** Events in the order in which they became known; the answer names them by their place, from 1. */
function resolve(told: readonly Told[], book = bookOf('1', '2')) {
  const records: CaseEventRecord[] = told.map((one, index) => ({
    ...{ number: BigInt(index + 1), source: 1, knownAt: 0n, event: event(one), payload: '' },
  }));
  const events = new CaseEvents(records);
  const resolution = events.resolve(book);
  const { counted } = resolution;
  return {
    counted: counted && Number(counted.record.number),
    quarantine: Object.fromEntries(
      [...quarantineOf(resolution)].map(([number, { reason }]) => [Number(number), reason]),
    ),
  };
}

describe('the event that counts', () => {
  it('is the highest revision, whichever came first', () => {
    expect(resolve([{ revision: 1 }, { revision: 3 }, { revision: 2 }])).toEqual({
      counted: 2,
      quarantine: {},
    });
  });

  it('is a withdrawal, until a higher revision revives the case', () => {
    expect(resolve([{ revision: 1 }, { revision: 2, withdrawn: true }]).counted).toBe(2);
    expect(resolve([{ revision: 3 }, { revision: 2, withdrawn: true }]).counted).toBe(1);
  });

  it('is the highest that the settings can value: higher ones wait in quarantine, lower ones are superseded', () => {
    const told = [{ revision: 1 }, { revision: 2 }, { revision: 3, theme: '9' }, { revision: 0, theme: '9' }];
    expect(resolve(told)).toEqual({ counted: 2, quarantine: { 3: 'unknown-theme' } });
  });

  it('is absent while none can be valued', () => {
    expect(resolve([{}, { revision: 2 }], new SettingsBook([]))).toEqual({
      counted: undefined,
      quarantine: { 1: 'unknown-programme', 2: 'unknown-programme' },
    });
  });
});

describe('one revision sent twice', () => {
  it('is a duplicate with the same data: the first keeps counting', () => {
    expect(resolve([{ id: 'a' }, { id: 'b', time: '2021-03-19T09:00:00Z' }])).toEqual({
      counted: 1,
      quarantine: {},
    });
  });

  const other = { theme: '2' };
  it.each<[string, Told, Told, number]>([
    ['the latest time', { time: '2021-03-18T09:00:01Z' }, other, 1],
    [
      'the latest time, by fractions',
      { time: '2021-03-18T09:00:00.25Z' },
      { ...other, time: '2021-03-18T09:00:00.3Z' },
      2,
    ],
    ['a fraction after the whole second', { time: '2021-03-18T09:00:00.001Z' }, other, 1],
    ['then the greatest source', { source: 'urn:y', id: 'a' }, { ...other, id: 'b' }, 1],
    ['then the greatest id', { id: 'b' }, { ...other, id: 'a' }, 1],
    ['by bytes, not by letters', { id: 'a' }, { ...other, id: 'B' }, 1],
    ['by bytes, not by UTF-16 units', { id: '\u{1f600}' }, { ...other, id: '\uffee' }, 1],
  ])('with other data is a conflict that goes to %s, whichever came first', (_name, one, two, counts) => {
    const loser = 3 - counts;
    expect(resolve([one, two])).toEqual({ counted: counts, quarantine: { [loser]: 'revision-conflict' } });
    expect(resolve([two, one])).toEqual({ counted: loser, quarantine: { [counts]: 'revision-conflict' } });
  });

  it('keeps its conflict in quarantine when a higher revision counts', () => {
    const told = [{ id: 'a' }, { id: 'b', theme: '2', time: '2021-03-19T09:00:00Z' }, { revision: 2 }];
    expect(resolve(told)).toEqual({ counted: 3, quarantine: { 1: 'revision-conflict' } });
  });

  it('does not fall back to the conflict when the event that stands cannot be valued', () => {
    const told = [
      { id: 'a' },
      { id: 'b', theme: '9', time: '2021-03-19T09:00:00Z' },
      { revision: 0, id: 'c' },
    ];
    expect(resolve(told)).toEqual({ counted: 3, quarantine: { 1: 'revision-conflict', 2: 'unknown-theme' } });
  });
});

describe('a dismissed event', () => {
  const dismissing = (...ids: string[]) => {
    const book = bookOf('1', '2');
    for (const [index, id] of ids.entries())
      book.add(
        settingsVersion(
          BigInt(100 + index),
          {
            ...{ specversion: '1.0', id: `d-${index}`, source: 'urn:x', time: '2021-01-01T00:00:00Z' },
            type: 'nl.effectstroom.settings.quarantine',
            data: {
              organisation: 'meerwaarde',
              source: 'urn:x',
              id,
              target: 'event',
              decision: 'dismiss',
              reason: 'wrong',
            },
          },
          4,
        ),
      );
    return book;
  };

  it('is as if it had not come, and stands apart with the reason of the decision', () => {
    const told = [
      { revision: 1, id: '1' },
      { revision: 2, id: '2' },
    ];
    expect(resolve(told, dismissing('2'))).toEqual({ counted: 1, quarantine: { 2: 'dismissed' } });
    expect(resolve(told, dismissing('1', '2'))).toEqual({
      counted: undefined,
      quarantine: { 1: 'dismissed', 2: 'dismissed' },
    });
  });

  it('no longer conflicts with others of its revision', () => {
    const told = [
      { revision: 1, id: '1' },
      { revision: 1, id: '2', theme: '2', time: '2021-06-02T00:00:00Z' },
    ];
    expect(resolve(told).quarantine).toEqual({ 1: 'revision-conflict' });
    expect(resolve(told, dismissing('2'))).toEqual({ counted: 1, quarantine: { 2: 'dismissed' } });
  });
});
