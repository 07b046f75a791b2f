import type { FollowUpAnswer } from '@effectstroom/contracts';
import {
  FOLLOW_UP_MEMBERS,
  FOLLOW_UP_MONTHS,
  type FollowUpCell,
  type FollowUpGroup,
  type Outcomes,
  readFollowUps,
} from '@effectstroom/database';
import { divideRounded, formatDecimal, parseDecimal } from '@effectstroom/valuation';
import { guardBasis, type Reading } from './guard-reading.ts';

type Figures = FollowUpAnswer['total'];

const NOTHING: FollowUpCell = {
  ...{ group: undefined, assessed: 0, likelihood: null },
  inTime: { stayedAway: 0, partly: 0, usedAnyway: 0 },
  tooEarly: { stayedAway: 0, partly: 0, usedAnyway: 0 },
  tooLate: { stayedAway: 0, partly: 0, usedAnyway: 0 },
};

/** What came of the cases that were followed up, beside what was claimed of them. */
export async function answerFollowUps(reading: Reading, groupBy: FollowUpGroup): Promise<FollowUpAnswer> {
  const cells = await readFollowUps(reading.tx, reading.question, groupBy);
  const groups = cells.filter(({ group }) => group !== undefined);
  const whole = cells.find(({ group }) => group === undefined) ?? NOTHING;
  const members = FOLLOW_UP_MEMBERS[groupBy];
  return {
    basis: { ...guardBasis(reading), groupBy: [groupBy], months: FOLLOW_UP_MONTHS },
    rows: groups.map((cell) => ({
      ...Object.fromEntries(members.map((member, at) => [member, cell.group?.[at] ?? null])),
      ...figuresOf(cell),
    })),
    total: figuresOf(whole),
  };
}

function figuresOf({ assessed, inTime, likelihood, tooEarly, tooLate }: FollowUpCell): Figures {
  const followed = countOf(inTime);
  const realised = followed === 0 ? null : realisedShare(inTime);
  // Percents with six decimals are shares with eight.
  const claimed = likelihood === null ? null : divideRounded(parseDecimal(likelihood, 6), 10_000n);
  const written = (share: bigint | null) => (share === null ? null : formatDecimal(share, 4, 4));
  return {
    ...{ assessed, followed, outcomes: inTime },
    realised: written(realised),
    claimed: written(claimed),
    difference: written(realised === null || claimed === null ? null : realised - claimed),
    ...{ tooEarly, tooLate },
  };
}

/** (Stayed away + half of partly) ÷ followed, in ten-thousandths. */
function realisedShare(outcomes: Outcomes): bigint {
  const { stayedAway, partly } = outcomes;
  return divideRounded(BigInt(2 * stayedAway + partly) * 10_000n, BigInt(2 * countOf(outcomes)));
}

function countOf({ stayedAway, partly, usedAnyway }: Outcomes): number {
  return stayedAway + partly + usedAnyway;
}
