/** What people look at is there on every day of the year. */
import { expect, test } from 'vitest';
import { TYPES } from '../harness/sent.ts';
import { PEOPLE_PLACES } from './invented-places.ts';
import { inventYears } from './invented-years.ts';

/** Moments around the turn of a year, when few cases or none are of it yet. */
const MOMENTS = [
  ...['2026-12-31T22:59:00Z', '2026-12-31T23:01:00Z', '2027-01-06T10:00:00Z', '2028-01-01T12:00:00Z'],
  ...['2028-01-03T07:00:00Z', '2028-02-29T12:00:00Z'],
];

test.each(MOMENTS)('each place has an assessed case of this year and of the last on %s', (moment) => {
  const now = new Date(moment);
  const year = Number(new Date(now.getTime() + 3_600_000).toISOString().slice(0, 4));
  const assessed = inventYears(now).filter(({ type }) => type === TYPES.assessed);
  for (const { municipality, organisation } of PEOPLE_PLACES) {
    const years = assessed
      .filter(({ data }) => data.municipality === municipality && data.organisation === organisation)
      .map(({ data }) => data.date?.slice(0, 4));
    expect(years, organisation).toEqual(expect.arrayContaining([String(year), String(year - 1)]));
  }
  expect(assessed.every(({ time }) => new Date(time) <= now)).toBe(true);
});
