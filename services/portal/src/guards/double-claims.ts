import type { DoubleClaimsAnswer } from '@effectstroom/contracts';
import {
  DOUBLE_CLAIM_MONTHS,
  type DoubleClaim,
  type DoubleClaimPlace,
  readDoubleClaims,
} from '@effectstroom/database';
import { cursorOf, readCursor } from '../cursor.ts';
import { correctedEuros, exactCorrected } from '../euros.ts';
import { requireCompared } from '../savings/as-of.ts';
import { guardBasis, type Reading } from './guard-reading.ts';

/** The possible double claims, a page of them, and what all cases come to without them. */
export async function answerDoubleClaims(
  reading: Reading,
  page: { cursor: string | undefined; limit: number },
): Promise<DoubleClaimsAnswer> {
  if (reading.query.asOf !== undefined) await requireCompared(reading.tx, reading.query.asOf);
  const after = page.cursor === undefined ? undefined : placeIn(page.cursor);
  // One more than asked tells whether there is a next page.
  const found = await readDoubleClaims(reading.tx, reading.question, { after, limit: page.limit + 1 });
  const last = found.rows.length > page.limit ? found.rows[page.limit - 1] : undefined;
  return {
    basis: { ...guardBasis(reading), months: DOUBLE_CLAIM_MONTHS, comparedAt: found.comparedAt },
    cases: {
      assessed: Number(found.assessed),
      withResident: Number(found.withResident),
      double: Number(found.cases),
    },
    all: euros(found.corrected),
    double: euros(found.double),
    without: euros(found.corrected - found.double),
    rows: found.rows.slice(0, page.limit).map((claim) => rowOf(claim, reading.organisations)),
    next: last === undefined ? null : cursorOf(...placeParts(last.place)),
  };
}

function rowOf(claim: DoubleClaim, readable: readonly string[] | undefined) {
  const { organisation, caseId, team, place, corrected, earlier } = claim;
  const isOther = earlier.organisation !== organisation;
  const isReadable = readable === undefined || readable.includes(earlier.organisation);
  const nobody = { organisation: null, caseId: null, date: null, team: null };
  return {
    ...{ organisation, caseId, date: place.date, team, service: place.service, ...euros(corrected) },
    across: isOther ? 'organisations' : earlier.team === team ? 'same-team' : 'teams',
    earlier: isReadable ? earlier : nobody,
  } as const;
}

function euros(value: bigint): { corrected: string; exact: string } {
  return { corrected: correctedEuros(value), exact: exactCorrected(value) };
}

function placeParts({ date, event, organisation, service }: DoubleClaimPlace): (string | number | bigint)[] {
  return [date, event, organisation, service];
}

function placeIn(cursor: string): DoubleClaimPlace {
  const patterns = [
    /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/,
    /^\d{1,18}$/,
    /^\d{1,9}$/,
    /^.{1,64}$/,
  ];
  const [date = '', event = '', organisation = '', service = ''] = readCursor(cursor, patterns);
  return { date, event: BigInt(event), organisation: Number(organisation), service };
}
