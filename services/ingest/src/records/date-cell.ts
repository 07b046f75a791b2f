import { civilDateAt } from '@effectstroom/contracts';
import type { Cell } from '../tables/table.ts';
import { Misfit } from './cell-fault.ts';

const NO_DATE = new Misfit('format', 'must be a date that exists, such as 17-3-2021 or 2021-03-17');
const NO_REVISION = new Misfit('format', 'must be a whole number, or a date and time such as 17-3-2021 9:12');

const TIME = '(?:[T ,]+(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?\\s*(Z|[+-]\\d{2}:?\\d{2})?)?';
const DAY_FIRST = new RegExp(`^(\\d{1,2})([-/. ])(\\d{1,2}|[a-z]{3,9})\\.?\\2(\\d{4}|\\d{2})${TIME}$`, 'i');
const YEAR_FIRST = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${TIME}$`, 'i');
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
/** `ma 17-03-2021`: the day of the week says nothing new. */
const WEEKDAY = /^(?:ma|di|wo|do|vr|za|zo)[a-z]*[.,]?\s+/i;

/** Characters of a date, with its time and white space. */
const MOST_CHARACTERS = 64;

const MONTHS = ['jan', 'feb', 'mrt', 'apr', 'mei', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec'];

/** A moment as it stands in a cell: local time where it has no `offset`. */
interface Moment {
  year: number;
  month: number;
  day: number;
  /** Milliseconds since midnight. */
  time: number;
  /** As `Z` or `+01:00`; absent for local time. */
  offset?: string;
}

/**
 * The civil date, `YYYY-MM-DD`, of a cell as people and programs write dates: `17-3-2021`, `17/03/21` (20..),
 * `17 maart 2021`, `2021-03-17`, `20210317`, with a time or without; a time with an offset is brought to
 * Europe/Amsterdam.
 */
export function civilDateOfCell(cell: Cell): string | Misfit {
  if (typeof cell === 'object') return cell.date.slice(0, 10);
  const moment = momentOf(String(cell));
  if (moment === undefined) return NO_DATE;
  if (moment.offset !== undefined) return civilDateAt(new Date(millisecondsOf(moment)));
  const { year, month, day } = moment;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/**
 * The revision in a cell: a whole number as it is, a date and time as milliseconds since 1970. Local times
 * count as if they were UTC: only their order matters.
 */
export function revisionOfCell(cell: Cell): number | Misfit {
  if (typeof cell === 'number') return Number.isSafeInteger(cell) && cell >= 0 ? cell : NO_REVISION;
  const text = typeof cell === 'object' ? cell.date : cell.trim();
  if (/^\d{1,16}$/.test(text)) {
    const number = Number(text);
    return Number.isSafeInteger(number) ? number : NO_REVISION;
  }
  const moment = momentOf(text);
  const milliseconds = moment === undefined ? -1 : millisecondsOf(moment);
  return milliseconds >= 0 ? milliseconds : NO_REVISION;
}

function momentOf(text: string): Moment | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  const bare = text.trim().replace(WEEKDAY, '');
  const dayFirst = DAY_FIRST.exec(bare);
  if (dayFirst !== null) {
    const [, day, , month, year = '', ...time] = dayFirst;
    return momentFrom(year.length === 2 ? `20${year}` : year, month, day, time);
  }
  const [, year, , month, day, ...time] = YEAR_FIRST.exec(bare) ?? [];
  if (year !== undefined) return momentFrom(year, month, day, time);
  const compact = COMPACT.exec(bare);
  return compact === null ? undefined : momentFrom(compact[1], compact[2], compact[3], []);
}

function momentFrom(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  [hours = '0', minutes = '0', seconds = '0', fraction = '', offset]: readonly (string | undefined)[],
): Moment | undefined {
  const moment: Moment = {
    year: Number(year),
    month: monthOf(month ?? ''),
    day: Number(day),
    time:
      (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 +
      Number(fraction.slice(0, 3).padEnd(3, '0')),
  };
  if (offset !== undefined) moment.offset = offset;
  const date = new Date(Date.UTC(moment.year, moment.month - 1, moment.day));
  const exists = date.getUTCMonth() === moment.month - 1 && date.getUTCDate() === moment.day;
  const isTime = Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 60;
  return exists && isTime && moment.year >= 1000 ? moment : undefined;
}

function monthOf(month: string): number {
  if (/^\d+$/.test(month)) return Number(month);
  const name = month.toLowerCase();
  const short = name.startsWith('maa') ? 'mrt' : name.startsWith('oct') ? 'okt' : name.slice(0, 3);
  return MONTHS.indexOf(short) + 1;
}

function millisecondsOf({ year, month, day, time, offset = 'Z' }: Moment): number {
  const local = Date.UTC(year, month - 1, day) + time;
  if (offset.toUpperCase() === 'Z') return local;
  const digits = offset.replace(':', '');
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5));
  return local - (digits.startsWith('-') ? -minutes : minutes) * 60_000;
}
