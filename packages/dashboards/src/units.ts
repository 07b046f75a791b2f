/**
 * How values are shown. Only `currency:financial` and `locale` follow the separators of the reader's browser;
 * `currencyEUR` rounds and `percentunit` always has a decimal point, so shares have no decimals.
 */
export interface Unit {
  unit: string;
  decimals: number;
}

/** Whole euros. */
export const EUROS: Unit = { unit: 'currency:financial:€ ', decimals: 0 };
/** Euros and cents. */
export const CENTS: Unit = { unit: 'currency:financial:€ ', decimals: 2 };
export const COUNT: Unit = { unit: 'locale', decimals: 0 };
/** How many euros one euro brings in, and the like. */
export const RATIO: Unit = { unit: 'locale', decimals: 2 };
/** A share of 0 to 1, as a percentage. */
export const SHARE: Unit = { unit: 'percentunit', decimals: 0 };
export const DAYS: Unit = { unit: 'suffix: dagen', decimals: 0 };
export const HOURS: Unit = { unit: 'suffix: uur', decimals: 0 };
export const SECONDS: Unit = { unit: 'suffix: s', decimals: 0 };
export const MILLISECONDS: Unit = { unit: 'suffix: ms', decimals: 0 };
export const MEGABYTES: Unit = { unit: 'suffix: MB', decimals: 0 };
export const PER_SECOND: Unit = { unit: 'suffix: /s', decimals: 0 };
/** Text that the query made. */
export const TEXT: Unit = { unit: 'string', decimals: 0 };
