/** Euros, shares, counts and dates as people read them. */
import type { Language } from './page.ts';

/** Every format takes what the API answers, and shows – for what is not there. */
export interface Formats {
  /** Whole euros, half away from zero: € 1.235. */
  euros(amount: string | null | undefined): string;
  /** Euros with their cents: € 1.234,50. */
  cents(amount: string | null | undefined): string;
  /** A part of one as a percentage: 0.317 is 31,7%. */
  share(value: string | number | null | undefined): string;
  /** A part of one in whole percents: 3.1670 is 317%. */
  percent(value: string | number | null | undefined): string;
  /** A whole number: 12.345. */
  count(value: string | number | bigint | null | undefined): string;
  /** A quotient, such as euros back per euro: 3,17. */
  ratio(text: string | null | undefined): string;
  /** A number with the decimals that it has, four at most: 0,9 or 0,8525. */
  decimals(value: string | number | null | undefined): string;
  /** An amount with all its decimals, two at least and ten at most: 1.234,5678. */
  exact(amount: string | null | undefined): string;
  /** A day, or the day in Amsterdam of a moment: 31 december 2021. */
  date(text: string | null | undefined): string;
  /** A month, written 2022-03 or as any day of it: maart 2022. */
  month(text: string | null | undefined): string;
  /** A moment (RFC 3339) in Amsterdam: 31 dec 2021, 14:05. */
  moment(text: string | null | undefined): string;
  /** The twelve months from January, short: jan, feb. */
  monthNames: readonly string[];
  /** The same in a letter each. */
  monthLetters: readonly string[];
}

/** What stands where there is nothing. */
export const NOTHING = '–';

/** How numbers and dates are written in a language. */
export const LOCALES: Readonly<Record<Language, string>> = { nl: 'nl-NL', en: 'en-GB' };
const ZONE = 'Europe/Amsterdam';

/** The formats of a language; made once, because making them is slow. */
export function formatsIn(language: Language): Formats {
  return FORMATS[language];
}

const FORMATS: Readonly<Record<Language, Formats>> = { nl: makeFormats('nl'), en: makeFormats('en') };

function makeFormats(language: Language): Formats {
  const locale = LOCALES[language];
  const number = (options: Intl.NumberFormatOptions) => {
    const format = new Intl.NumberFormat(locale, options);
    return (value: string | number | bigint | null | undefined) =>
      value === null || value === undefined ? NOTHING : format.format(digits(value));
  };
  const euro = { style: 'currency', currency: 'EUR' } as const;
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const moment = new Intl.DateTimeFormat(locale, {
    ...{ dateStyle: 'medium', timeStyle: 'short', timeZone: ZONE },
  });
  return {
    euros: number({ ...euro, maximumFractionDigits: 0 }),
    cents: number({ ...euro, minimumFractionDigits: 2, maximumFractionDigits: 2 }),
    share: number({ style: 'percent', maximumFractionDigits: 1 }),
    percent: number({ style: 'percent', maximumFractionDigits: 0 }),
    count: number({ maximumFractionDigits: 0 }),
    decimals: number({ maximumFractionDigits: 4 }),
    exact: number({ minimumFractionDigits: 2, maximumFractionDigits: 10 }),
    ratio: number({ minimumFractionDigits: 2, maximumFractionDigits: 2 }),
    date: (text) => written(day, text, civilDay),
    month: (text) => written(month, text, (given) => `${given.slice(0, 7)}-01T00:00:00Z`),
    moment: (text) => written(moment, text, (given) => given),
    monthNames: monthsOfYear(locale, 'short'),
    monthLetters: monthsOfYear(locale, 'narrow'),
  };
}

function monthsOfYear(locale: string, length: 'short' | 'narrow'): string[] {
  const format = new Intl.DateTimeFormat(locale, { month: length, timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, month) => format.format(new Date(Date.UTC(2025, month, 1))));
}

/** Texts are formatted digit by digit, so that no float comes between. */
function digits(value: string | number | bigint): number | bigint | Intl.StringNumericLiteral {
  return typeof value === 'string' ? (value as Intl.StringNumericLiteral) : value;
}

function written(
  format: Intl.DateTimeFormat,
  text: string | null | undefined,
  read: (text: string) => string,
): string {
  return text === null || text === undefined ? NOTHING : format.format(new Date(read(text)));
}

const zoned = new Intl.DateTimeFormat('en-CA', { dateStyle: 'short', timeZone: ZONE });

/** Midnight UTC of a day, or of the day in Amsterdam of a moment. */
function civilDay(text: string): string {
  const day = text.includes('T') ? zoned.format(new Date(text)) : text;
  return `${day}T00:00:00Z`;
}
