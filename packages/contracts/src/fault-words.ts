import type { FaultCode } from './fault.ts';

/** What is wrong, in the words of the people who keep an export; `detail` says in English what is allowed. */
const OF_FIELDS: Readonly<Record<FaultCode, string>> = {
  required: 'Verplicht: hier moet iets staan',
  'unknown-field': 'Dit veld bestaat niet',
  'not-allowed': 'Mag hier niet staan, naast wat er verder in de rij staat',
  type: 'Een ander soort waarde dan gevraagd',
  format: 'Anders geschreven dan gevraagd',
  range: 'Buiten wat is toegestaan',
  length: 'Te lang, te kort of te veel',
  enum: 'Geen van de waarden die mogen',
  'future-date': 'De datum ligt in de toekomst',
  'unknown-code': 'Een code die niet bestaat',
  duplicate: 'Staat er twee keer',
  mismatch: 'Verschilt van een andere rij van dezelfde casus',
  bsn: 'Bevat een burgerservicenummer: haal dat uit de export',
  'personal-data': 'Bevat een persoonsgegeven: haal dat uit de export',
  'duplicate-member': 'Staat er twee keer',
  'not-exact': 'Een getal met te veel cijfers om precies te zijn',
  'not-well-formed': 'Niet te lezen',
  'too-deep': 'Niet te lezen',
  'not-permitted': 'Deze sleutel mag dit niet leveren',
  'too-many-faults': 'Er is meer mis dan hier staat',
};

/** The same for codes that only rows and cells of a file have. */
const OF_ROWS: Readonly<Record<string, string>> = {
  ambiguous: 'Kan op twee manieren gelezen worden',
  'cell-error': 'Een foutmelding van het rekenblad',
  'unknown-value': 'Een waarde die de mapping niet vertaalt',
  'too-many-cells': 'De rij heeft meer cellen dan er kolommen zijn',
  'too-many-rows': 'Te veel rijen hebben deze casus',
  'other-row': 'Een andere rij van dezelfde casus is geweigerd',
};

/** Dutch words by fault code. */
export const DUTCH_FAULTS: Readonly<Record<string, string>> = { ...OF_FIELDS, ...OF_ROWS };

/** A fault in Dutch, without its details. */
export function faultInDutch(code: string): string {
  return DUTCH_FAULTS[code] ?? 'Klopt niet';
}
