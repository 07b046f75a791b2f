import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilDateAt, toUtc } from './time.ts';

describe('civilDateAt', () => {
  it.each([
    ['2026-03-28T22:59:59Z', '2026-03-28'],
    ['2026-03-28T23:00:00Z', '2026-03-29'],
    ['2026-06-30T21:59:59Z', '2026-06-30'],
    ['2026-06-30T22:00:00Z', '2026-07-01'],
  ])('is the day in Amsterdam at %s', (moment, day) => {
    expect(civilDateAt(new Date(moment))).toBe(day);
  });
});

describe('toUtc', () => {
  it.each([
    ['2021-03-18T09:12:44Z', '2021-03-18T09:12:44Z'],
    ['2021-03-18t09:12:44z', '2021-03-18T09:12:44Z'],
    ['2021-03-18T09:12:44.120Z', '2021-03-18T09:12:44.12Z'],
    ['2021-03-18T09:12:44.000Z', '2021-03-18T09:12:44Z'],
    ['2021-03-18T09:12:44.1234567899Z', '2021-03-18T09:12:44.123456789Z'],
    ['2021-03-18T00:30:00+01:00', '2021-03-17T23:30:00Z'],
    ['2021-12-31T23:30:00.5-01:00', '2022-01-01T00:30:00.5Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00Z'],
    ['2017-01-01T00:59:60+01:00', '2017-01-01T00:00:00Z'],
    ['0050-01-01T00:00:00+00:00', '0050-01-01T00:00:00Z'],
  ])('writes %s as %s', (time, utc) => {
    expect(toUtc(time)).toBe(utc);
  });

  it.each(['2021-03-18T09:12:60Z', '0001-01-01T00:00:00+01:00', '9999-12-31T23:59:59-00:01', 'nonsense'])(
    'refuses %s',
    (time) => {
      expect(toUtc(time)).toBeUndefined();
    },
  );

  it('keeps the moment and changes nothing the second time', () => {
    const date = fc.date({ min: new Date('0002-01-01'), max: new Date('9998-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(date, fc.integer({ min: -1439, max: 1439 }), (moment, offset) => {
        const local = new Date(moment.getTime() + offset * 60_000).toISOString().slice(0, -1);
        const hours = String(Math.trunc(Math.abs(offset) / 60)).padStart(2, '0');
        const minutes = String(Math.abs(offset) % 60).padStart(2, '0');
        const utc = toUtc(`${local}${offset < 0 ? '-' : '+'}${hours}:${minutes}`) ?? '';
        expect(Date.parse(utc)).toBe(moment.getTime());
        expect(toUtc(utc)).toBe(utc);
      }),
    );
  });
});
