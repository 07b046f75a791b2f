/** Possible double claims, found the slow way: every claim against every other. */
import type { SentEvent } from '../harness/sent.ts';
import { addressOf } from '../harness/sent.ts';

export interface Claim {
  organisation: string;
  caseId: string;
  date: string;
  /** Orders claims of one day. */
  number: bigint;
  resident: string | undefined;
  service: string;
  /** Ten-thousandths of a micro-euro. */
  corrected: bigint;
}

/** The claims of the newest revision of each case, in lines of whole quantities and percentages. */
export function claimsOf(
  events: readonly SentEvent[],
  prices: ReadonlyMap<string, bigint>,
  numberOf: (event: SentEvent) => bigint,
): Claim[] {
  const newest = new Map<string, SentEvent>();
  for (const event of events) {
    const key = `${addressOf(event.data)} ${event.data.caseId}`;
    const before = newest.get(key);
    if (before === undefined || event.data.revision > before.data.revision) newest.set(key, event);
  }
  return [...newest.values()].flatMap((event) => {
    const {
      organisation,
      caseId,
      date = '',
      residentKey: resident,
      similarCases = 1,
      avoided = [],
    } = event.data;
    const sums = new Map<string, bigint>();
    for (const { service = '', quantity = 1, likelihood = 100, contribution = 100 } of avoided) {
      const micros =
        ((prices.get(service) ?? 0n) * BigInt(quantity) * BigInt(likelihood) * BigInt(contribution)) /
        10_000n;
      sums.set(service, (sums.get(service) ?? 0n) + micros * BigInt(similarCases) * 9_000n);
    }
    return [...sums].map(([service, corrected]): Claim => {
      return { organisation, caseId, date, number: numberOf(event), resident, service, corrected };
    });
  });
}

/** Those with an earlier claim of the same service and resident at most twelve months before. */
export function doubleClaims(claims: readonly Claim[]): Claim[] {
  return claims.filter(
    (claim) =>
      claim.resident !== undefined &&
      claim.corrected > 0n &&
      claims.some(
        (one) =>
          one.resident === claim.resident &&
          one.service === claim.service &&
          one.corrected > 0n &&
          isBefore(one, claim) &&
          one.date >= yearBefore(claim.date),
      ),
  );
}

function isBefore(one: Claim, other: Claim): boolean {
  return one.date < other.date || (one.date === other.date && one.number < other.number);
}

/** 29 February becomes 28 February. */
function yearBefore(date: string): string {
  const before = `${Number(date.slice(0, 4)) - 1}${date.slice(4)}`;
  return date.endsWith('-02-29') ? before.replace('-29', '-28') : before;
}
