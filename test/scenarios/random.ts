/** Draws that are the same on every machine and every run, for making scenarios. */
export interface Random {
  /** A whole number from 0 up to and excluding `below`. */
  below(below: number): number;
  /** A member of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
}

/** A 64-bit linear congruential generator (Knuth's MMIX constants); its high bits are the draw. */
export function seededRandom(seed: bigint): Random {
  let state = seed;
  const below = (limit: number): number => {
    state = BigInt.asUintN(64, state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n);
    return Number((state >> 33n) % BigInt(limit));
  };
  const pick = <T>(list: readonly T[]): T => {
    const member = list[below(list.length)];
    if (member === undefined) throw new Error('cannot pick from an empty list');
    return member;
  };
  return { below, pick };
}

/** The weekdays of a year as civil dates ("2021-01-04"), in order and without New Year's Day. */
export function weekdays(year: number): string[] {
  const days: string[] = [];
  for (let day = Date.UTC(year, 0, 2); day < Date.UTC(year + 1, 0, 1); day += 86_400_000) {
    const date = new Date(day);
    if (date.getUTCDay() % 6 !== 0) days.push(date.toISOString().slice(0, 10));
  }
  return days;
}

/** A logging moment in office hours, on the civil date itself or the day after ("2021-03-18T09:12:44Z"). */
export function loggedAfter(date: string, random: Random): string {
  const seconds = (random.below(2) * 24 + 9 + random.below(6)) * 3600 + random.below(3600);
  return new Date(Date.parse(date) + seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** A JSON array with one element per line, so that a difference reads as one case. */
export const oneLineEach = (elements: readonly unknown[]): string =>
  `[\n${elements.map((element) => JSON.stringify(element)).join(',\n')}\n]\n`;

/** A number of cents as the contract writes money ("1250.00"). */
export function money(cents: bigint): string {
  const digits = cents.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
