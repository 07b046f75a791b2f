/** What the page says, in Dutch. */

/** @typedef {import('./ingest-api.js').CellFault} CellFault */

const NUMBER = new Intl.NumberFormat('nl-NL');

/** @param {number} value */
export function whole(value) {
  return NUMBER.format(value);
}

/** @param {number} seconds */
export function duration(seconds) {
  if (seconds < 60) return `${Math.ceil(seconds)} seconden`;
  return `${Math.ceil(seconds / 60)} minuten`;
}

export const STATES = {
  queued: 'wacht op zijn beurt',
  reading: 'het bestand wordt gelezen',
  running: 'bezig',
  stopped: 'gestopt',
  done: 'klaar',
  failed: 'mislukt',
};

/** @type {Readonly<Record<string, string>>} */
const TYPES = {
  'nl.effectstroom.case.registered': 'geregistreerd',
  'nl.effectstroom.case.assessed': 'beoordeeld',
  'nl.effectstroom.case.withdrawn': 'ingetrokken',
};

/** @param {string} type */
export function typeName(type) {
  return TYPES[type] ?? type;
}

/** @type {Readonly<Record<string, string>>} */
const LEVELS = { certain: 'zeker', probable: 'waarschijnlijk', possible: 'misschien' };

/** @param {unknown} level */
function levelName(level) {
  if (level === undefined) return '–';
  return typeof level === 'number' ? `${level}%` : (LEVELS[String(level)] ?? String(level));
}

/**
 * An avoided line, as a person reads it.
 * @param {unknown} line
 */
export function lineText(line) {
  if (typeof line !== 'object' || line === null) return '';
  /** @type {Readonly<Record<string, unknown>>} */
  const { service, quantity = '1', amount, costBearer, likelihood, contribution, recurrence } = { ...line };
  const what =
    service === undefined
      ? `€ ${String(amount).replace('.', ',')} (${costBearer})`
      : `${String(quantity).replace('.', ',')} × ${service}`;
  const often = recurrence === 'yearly' ? ', jaarlijks' : '';
  return `${what}, kans ${levelName(likelihood)}, eigen bijdrage ${levelName(contribution)}${often}`;
}

/**
 * What is wrong with a cell. The details are English; the codes tell enough in Dutch.
 * @param {CellFault} fault
 * @param {Readonly<Record<string, string>>} dutch by code
 */
export function faultText({ cell, column, code, detail }, dutch) {
  const where = column === '' ? cell : `${cell} (${column})`;
  const what = dutch[code] ?? detail;
  return where === '' ? what : `${where}: ${what}`;
}

/** @type {Readonly<Record<number, string>>} */
const REFUSALS = {
  401: 'Deze sleutel is niet bekend. Controleer hem, of vraag uw beheerder om een nieuwe.',
  403: 'Met deze sleutel mag dit niet, of niet voor deze organisatie en bron. Vraag uw beheerder.',
  404: 'Dit is hier niet (meer). Kan deze Effectstroom geen bestanden aannemen, dan kan de beheerder dat aanzetten.',
  409: 'Dit kan nu niet: er is intussen iets veranderd. Kijk opnieuw.',
  413: 'Het bestand is te groot. Deel het op, of lever een nieuwere periode aan.',
  415: 'Dit soort bestand wordt hier niet gelezen: kies CSV of Excel (.xlsx).',
  429: 'Er wordt te veel tegelijk gevraagd. Probeer het over een minuut opnieuw.',
  503: 'Effectstroom is even niet bereikbaar. Er is niets verloren; probeer het zo opnieuw.',
};

/** @param {number} status */
export function refusalText(status) {
  return REFUSALS[status];
}
