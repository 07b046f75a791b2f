import { type CaseFieldName, comparable, type LineFieldName, type TOP_FIELDS } from '@effectstroom/contracts';

/** A field that a header can stand for. */
export type ProposedField = CaseFieldName | LineFieldName | keyof typeof TOP_FIELDS;

/** Header texts as registration systems have them, most telling first; as `plain` writes them. */
const CASE_WORDS: readonly (readonly [CaseFieldName | keyof typeof TOP_FIELDS, readonly string[]])[] = [
  [
    'caseId',
    [
      ...['dossiernummer', 'dossiernr', 'dossier id', 'casusnummer', 'casusnr', 'casus id', 'zaaknummer'],
      ...['zaaknr', 'zaak id', 'zaakidentificatie', 'hulpvraagnummer', 'hulpvraag id', 'trajectnummer'],
      ...['trajectnr', 'casenummer', 'case id', 'caseid', 'dossier', 'casus', 'zaak', 'id'],
    ],
  ],
  [
    'revision',
    [
      ...['revisie', 'revisienummer', 'versie', 'versienummer', 'gewijzigd op', 'laatst gewijzigd op'],
      ...[
        'laatst gewijzigd',
        'laatste wijziging',
        'wijzigingsdatum',
        'mutatiedatum',
        'gewijzigd',
        'gemuteerd op',
      ],
    ],
  ],
  ['followUpDate', ['datum nazorg', 'nazorgdatum', 'datum follow up', 'follow up datum', 'datum nameting']],
  ['followUpOutcome', ['uitkomst nazorg', 'resultaat nazorg', 'uitkomst nameting', 'uitkomst follow up']],
  [
    'date',
    [
      ...['datum', 'datum beoordeling', 'beoordelingsdatum', 'startdatum', 'datum start', 'begindatum'],
      ...[
        'aanmelddatum',
        'datum aanmelding',
        'datum melding',
        'meldingsdatum',
        'intakedatum',
        'datum intake',
      ],
      ...['registratiedatum', 'ingangsdatum', 'datum casus', 'datum hulpvraag'],
    ],
  ],
  ['theme', ['thema', 'themanummer', 'themacode', 'opgave', 'maatschappelijke opgave', 'thema doel']],
  ['goal', ['doel', 'doelnummer', 'doelcode', 'doelstelling', 'subdoel', 'resultaatgebied']],
  ['workType', ['werksoort', 'soort werk', 'type werk', 'discipline']],
  ['targetGroup', ['doelgroep', 'leeftijdsgroep', 'leeftijdscategorie']],
  [
    'supportType',
    ['type ondersteuning', 'ondersteuningstype', 'soort ondersteuning', 'type traject', 'trajecttype'],
  ],
  ['team', ['team', 'wijkteam', 'teamnaam']],
  ['area', ['wijkcode', 'buurtcode', 'wijk', 'buurt', 'cbs wijk', 'cbs buurt', 'gebied']],
  [
    'wellbeing',
    [
      'positieve gezondheid',
      'dimensie positieve gezondheid',
      'dimensie',
      'gezondheidsdimensie',
      'spinnenweb',
    ],
  ],
  [
    'residentKey',
    [
      ...['clientnummer', 'clientnr', 'client id', 'clientid', 'inwonernummer', 'inwonersnummer'],
      ...[
        'bewonersnummer',
        'deelnemersnummer',
        'deelnemernummer',
        'persoonsnummer',
        'klantnummer',
        'relatienummer',
      ],
    ],
  ],
  [
    'similarCases',
    [
      ...['soortgelijke cases', 'soortgelijke casussen', 'aantal soortgelijke cases', 'soortgelijke'],
      ...['aantal soortgelijke casussen', 'vergelijkbare cases', 'multiplier', 'cases per jaar'],
    ],
  ],
  [
    'cost',
    [
      'kosten',
      'kosten ondersteuning',
      'kosten inzet',
      'kosten traject',
      'kosten van de ondersteuning',
      'inzetkosten',
    ],
  ],
  ['reason', ['reden intrekking', 'reden vervallen', 'reden verwijdering']],
  ['type', ['status', 'casusstatus', 'dossierstatus', 'status casus', 'status dossier']],
  ['municipality', ['gemeentecode', 'gemeente', 'cbs gemeente']],
];

const LINE_WORDS: readonly (readonly [LineFieldName, readonly string[]])[] = [
  [
    'service',
    [
      ...['dienst', 'voorziening', 'product', 'vermeden dienst', 'vermeden voorziening', 'vermeden product'],
      ...['vermeden zorg', 'zorgproduct', 'dienst of voorziening'],
    ],
  ],
  ['quantity', ['aantal', 'hoeveelheid', 'aantal eenheden', 'eenheden', 'aantal uren', 'uren', 'volume']],
  [
    'amount',
    ['bedrag', 'bedrag in euro', 'vermeden kosten', 'vermeden bedrag', 'besparing', 'bespaard bedrag'],
  ],
  ['costBearer', ['kostenhouder', 'kostendrager', 'betaler', 'financier']],
  ['likelihood', ['kans', 'kans op inzet', 'waarschijnlijkheid', 'zekerheid', 'kans van inzet']],
  ['contribution', ['eigen bijdrage', 'bijdrage', 'eigen aandeel', 'aandeel', 'bijdrage medewerker']],
  [
    'recurrence',
    [
      ...[
        'eenmalig jaarlijks',
        'eenmalig of jaarlijks',
        'jaarlijks',
        'eenmalig',
        'structureel',
        'terugkerend',
      ],
      'frequentie',
    ],
  ],
  ['years', ['jaren', 'aantal jaren', 'aantal jaar', 'duur in jaren', 'looptijd in jaren']],
  ['deadweight', ['deadweight', 'zonder inzet']],
  ['displacement', ['verplaatsing', 'verdringing', 'displacement']],
  ['dropOff', ['afname', 'afname per jaar', 'drop off']],
  ['effect', ['effect', 'soort effect', 'type effect']],
  ['cashable', ['verzilverbaar', 'verzilverbaarheid']],
];

/** A header in small letters without accents, signs and double spaces. */
export function plain(text: string): string {
  return comparable(text)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** Places, from 0, of the columns that can be a field of a case: the most telling first. */
export type CaseColumns = ReadonlyMap<CaseFieldName | keyof typeof TOP_FIELDS, readonly number[]>;

/** The columns of the fields of a case, from headers as `plain` writes them. */
export function caseColumns(headers: readonly string[]): CaseColumns {
  const found = new Map<CaseFieldName | keyof typeof TOP_FIELDS, number[]>();
  const taken = new Set<number>();
  for (const [field, words] of CASE_WORDS) {
    const columns = words.map((word) => headers.indexOf(word)).filter((at) => at !== -1 && !taken.has(at));
    if (columns.length === 0) continue;
    found.set(field, columns);
    for (const column of columns) taken.add(column);
  }
  return found;
}

/**
 * The columns of lines: one line of headers without a number, or one per number, as `dienst 1` and `aantal
 * 1`.
 */
export function lineColumns(headers: readonly string[]): Map<LineFieldName, number>[] {
  const lines = new Map<string, Map<LineFieldName, number>>();
  for (const [column, header] of headers.entries()) {
    const [, word = header, number = '1'] = /^(.*?) ?(\d{1,2})$/.exec(header) ?? [];
    const field = LINE_WORDS.find(([, words]) => words.includes(word))?.[0];
    if (field === undefined) continue;
    const line = lines.get(number) ?? new Map<LineFieldName, number>();
    if (!line.has(field)) line.set(field, column);
    lines.set(number, line);
  }
  return [...lines.values()].filter((line) => line.has('service') || line.has('amount'));
}
