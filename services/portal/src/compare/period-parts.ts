/**
 * Splits what two periods differ into parts: a chain of steps from before to after, each of which changes one
 * thing. A step is rounded to whole units where it is not whole, so the parts add up exactly. Pure.
 */
import type { PERIOD_PARTS } from '@effectstroom/contracts';
import type { PurseAmounts } from '@effectstroom/database';
import { divideRounded } from '@effectstroom/valuation';
import type { Purses } from './exact.ts';

export type PeriodPart = (typeof PERIOD_PARTS)[number];

/** One segment of a group, in both periods. */
export interface Segment {
  before: PurseAmounts & { represented: bigint };
  after: PurseAmounts & { represented: bigint };
  /** After at the prices of before. */
  repriced: PurseAmounts;
}

/**
 * Volume: before, with as many cases as after. Mix: these cases divided over the segments as after, each
 * segment with its value per case of before; one without cases before takes the group's. Value: after, at the
 * prices and the correction factor of before. Price: at its own prices. Factor: with its own factor, which is
 * after. Without cases before, everything is volume.
 */
export function periodParts(segments: readonly Segment[]): Record<PeriodPart, Purses> {
  const gross = chain(segments, {
    before: ({ before }) => before.gross,
    repriced: ({ repriced }) => repriced.gross,
    ownPrices: ({ after }) => after.gross,
    after: ({ after }) => after.gross,
  });
  const corrected = chain(segments, {
    before: ({ before }) => before.corrected,
    repriced: (one) => atFactorBefore(one, one.repriced.gross, one.repriced.corrected),
    ownPrices: (one) => atFactorBefore(one, one.after.gross, one.after.corrected),
    after: ({ after }) => after.corrected,
  });
  const municipalGross = chain(segments, {
    before: ({ before }) => before.municipalGross,
    repriced: ({ repriced }) => repriced.municipalGross,
    ownPrices: ({ after }) => after.municipalGross,
    after: ({ after }) => after.municipalGross,
  });
  const municipal = chain(segments, {
    before: ({ before }) => before.municipal,
    repriced: (one) => atFactorBefore(one, one.repriced.municipalGross, one.repriced.municipal),
    ownPrices: (one) => atFactorBefore(one, one.after.municipalGross, one.after.municipal),
    after: ({ after }) => after.municipal,
  });
  const purses = (part: PeriodPart): Purses => ({
    gross: gross[part],
    corrected: corrected[part],
    municipalGross: municipalGross[part],
    municipal: municipal[part],
  });
  return {
    volume: purses('volume'),
    mix: purses('mix'),
    value: purses('value'),
    price: purses('price'),
    factor: purses('factor'),
  };
}

/** A gross amount with the segment's average factor of before; with its own where there is none. */
function atFactorBefore({ before }: Segment, gross: bigint, corrected: bigint): bigint {
  return before.gross > 0n ? divideRounded(gross * before.corrected, before.gross) : corrected;
}

type OfSegment = (segment: Segment) => bigint;

interface Steps {
  before: OfSegment;
  repriced: OfSegment;
  ownPrices: OfSegment;
  after: OfSegment;
}

function chain(segments: readonly Segment[], steps: Steps): Record<PeriodPart, bigint> {
  const sum = (of: OfSegment) => segments.reduce((total, segment) => total + of(segment), 0n);
  const [start, end] = [sum(steps.before), sum(steps.after)];
  const cases = sum(({ before }) => before.represented);
  if (cases <= 0n) return { volume: end - start, mix: 0n, value: 0n, price: 0n, factor: 0n };
  const volume = divideRounded(start * sum(({ after }) => after.represented), cases);
  const mix = sum((segment) => {
    const { before, after } = segment;
    return before.represented > 0n
      ? divideRounded(steps.before(segment) * after.represented, before.represented)
      : divideRounded(start * after.represented, cases);
  });
  const [value, price] = [sum(steps.repriced), sum(steps.ownPrices)];
  return {
    volume: volume - start,
    mix: mix - volume,
    value: value - mix,
    price: price - value,
    factor: end - price,
  };
}
