const AMSTERDAM = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam', dateStyle: 'short' });

const QUARTER = 15 * 60 * 1000;
let lastQuarter = -1;
let lastDate = '';

/** Civil date in Europe/Amsterdam at a moment, as `YYYY-MM-DD`. */
export function civilDateAt(moment: Date): string {
  // Every request asks for today. Since 1940 the hours there begin when they begin in UTC: so do dates.
  const quarter = Math.floor(moment.getTime() / QUARTER);
  if (!(quarter >= 0)) return AMSTERDAM.format(moment);
  if (quarter !== lastQuarter) {
    lastDate = AMSTERDAM.format(moment);
    lastQuarter = quarter;
  }
  return lastDate;
}

/** Usual and already normal: UTC, without a fraction or with one that does not end in a zero. */
const NORMAL = /^\d{4}-\d\d-\d\dT\d\d:\d\d:[0-5]\d(?:\.\d{0,8}[1-9])?Z$/;
const PARTS = /^(.{10})[Tt](\d\d:\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/**
 * An RFC 3339 time (which passed the schema) as UTC: `Z`, fraction cut at nanoseconds and without trailing
 * zeros. A leap second (`23:59:60` UTC) is read as the second that follows, as PostgreSQL does. Undefined
 * when a leap second stands elsewhere or the year leaves 0001–9999 in UTC.
 */
export function toUtc(time: string): string | undefined {
  if (NORMAL.test(time)) return time;
  const parts = PARTS.exec(time);
  if (parts === null) return undefined;
  const [, date, clock, seconds, fraction = '', sign, hours = '0', minutes = '0'] = parts;
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -60_000 : 60_000);
  const isLeap = seconds === '60';
  const utc = new Date(Date.parse(`${date}T${clock}:${isLeap ? '59' : seconds}Z`) - offset);
  if (isLeap) {
    if (utc.getUTCHours() !== 23 || utc.getUTCMinutes() !== 59) return undefined;
    utc.setTime(utc.getTime() + 1000);
  }
  const year = utc.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) return undefined;
  const kept = fraction.slice(0, 9).replace(/0+$/, '');
  return `${utc.toISOString().slice(0, 19)}${kept === '' ? '' : `.${kept}`}Z`;
}
