/** Why an event cannot count now, in words that say what is amiss. */
export const QUARANTINE_REASONS = {
  'unknown-programme': { nl: 'Het programma is niet bekend', en: 'The programme is not known' },
  'unknown-price-list': { nl: 'De prijslijst is niet bekend', en: 'The price list is not known' },
  'unknown-theme': { nl: 'Het thema staat niet in het programma', en: 'The programme has no such theme' },
  'unknown-goal': { nl: 'Het doel staat niet in het programma', en: 'The programme has no such goal' },
  'unknown-work-type': {
    nl: 'De werksoort staat niet in het programma',
    en: 'The programme has no such work type',
  },
  'unknown-service': {
    nl: 'De dienst staat niet in de prijslijst',
    en: 'The price list has no such service',
  },
  'unknown-cost-bearer': {
    nl: 'De kostenhouder staat niet in het programma',
    en: 'The programme has no such cost bearer',
  },
  'likelihood-missing': { nl: 'De kans ontbreekt in de beoordeling', en: 'The likelihood is missing' },
  'contribution-missing': {
    nl: 'De eigen bijdrage ontbreekt in de beoordeling',
    en: 'The contribution is missing',
  },
  'no-price': {
    nl: 'Er is geen prijs op de datum van de casus',
    en: 'There is no price on the date of the case',
  },
  'no-factor': {
    nl: 'Er is geen correctiefactor op de datum van de casus',
    en: 'There is no correction factor on the date of the case',
  },
  'no-scale': {
    nl: 'Er zijn geen percentages voor zeker, waarschijnlijk en misschien op de datum van de casus',
    en: 'There are no percentages of certain, probable and possible on the date of the case',
  },
  'no-following-years': {
    nl: 'Het aantal volgende jaren is niet bekend op de datum van de casus',
    en: 'The number of following years is not known on the date of the case',
  },
  'no-discount-rate': {
    nl: 'Er is geen discontovoet op de datum van de casus',
    en: 'There is no discount rate on the date of the case',
  },
  unreadable: { nl: 'De instellingen zijn niet te lezen', en: 'The settings cannot be read' },
  'identity-conflict': {
    nl: 'Hetzelfde bericht is twee keer gestuurd, met andere inhoud',
    en: 'The same event was sent twice with other content',
  },
  'revision-conflict': {
    nl: 'Twee berichten van dezelfde versie spreken elkaar tegen',
    en: 'Two events of one revision contradict each other',
  },
  dismissed: { nl: 'Met opzet buiten de telling gehouden', en: 'Kept out on purpose' },
} as const satisfies Readonly<Record<string, { nl: string; en: string }>>;
