/** The words of the section on certainty and completeness. */

interface Small {
  fewerThan: number;
  percent: number;
}

const NL = {
  title: 'Zekerheid en volledigheid',
  caption: 'Waarop de cijfers berusten',
  columns: ['', ''],
  municipality: 'Gemeente',
  organisation: 'Organisatie',
  programme: 'Programma',
  period: 'Casussen van',
  view: 'Geteld',
  cohort: (years: number) =>
    years === 0
      ? 'de besparing van de casussen uit deze periode'
      : `de besparing van de casussen uit deze periode, met ${years} volgende jaren`,
  asOf: 'Bekend tot en met',
  closing: 'Afsluiting',
  closedAt: (period: string) => `zoals gerapporteerd bij de afsluiting van ${period}`,
  madeAt: 'Rapport gemaakt',
  range: 'Bandbreedte',
  rangeCaption: 'Besparing na correctie: laag, midden en hoog',
  rangeColumns: ['Wat onzeker is', 'laag', 'midden', 'hoog'],
  steps: 'Kans, bijdrage en prijs een stap lager of hoger',
  declared: 'Steekproefmarge (95%): beoordeelde casussen staan voor soortgelijke',
  measured: 'Steekproefmarge (95%): niet alle casussen zijn beoordeeld',
  unreliable: '(ruimer dan hier staat: van enkele doelen is te weinig beoordeeld)',
  rangeNote: 'Laag en hoog nemen aan dat alles tegelijk mee- of tegenzit: het is een ruime grens, geen kans.',
  odds: (society: string, municipality: string) =>
    `Binnen die bandbreedte verdient de samenleving de uitgave in ${society} van de gevallen terug, ` +
    `de gemeente alleen in ${municipality}.`,
  complete: 'Volledigheid',
  isComplete: 'Alles wat geleverd moest zijn, is geleverd, en niets daarvan wacht op een besluit.',
  isIncomplete: 'Deze cijfers zijn nog niet volledig:',
  assessed: (assessed: string, registered: string) =>
    `${assessed} van de ${registered} geregistreerde casussen zijn beoordeeld.`,
  quarantine: (events: string) => `${events} berichten staan in quarantaine en tellen nog niet mee;`,
  noRhythm: 'het is niet vastgelegd wat er over deze hele periode geleverd moest worden;',
  never: 'nog nooit',
  delivery: (source: string, due: string, last: string) =>
    `bron ${source} had uiterlijk ${due} moeten leveren; de laatste levering was ${last};`,
  wasClosed: (moment: string) => `De periode is afgesloten op ${moment}; deze cijfers veranderen niet meer.`,
  checksum: 'Controlegetal van de afsluiting',
  afterwards: (amount: string) => `Na de afsluiting werd nog ${amount} bekend. Dat zit niet in dit rapport:`,
  afterCaption: 'Wat na de afsluiting bekend werd, na correctie',
  afterColumns: ['Oorzaak', 'verschil'],
  small: ({ fewerThan, percent }: Small) =>
    `Cijfers over minder dan ${fewerThan} casussen, of waarvan één casus meer dan ${percent}% kan zijn, staan er niet (*), ` +
    'ook niet als ze uit andere cijfers te herleiden zijn.',
};

const EN: typeof NL = {
  title: 'Certainty and completeness',
  caption: 'What the figures rest on',
  columns: ['', ''],
  municipality: 'Municipality',
  organisation: 'Organisation',
  programme: 'Programme',
  period: 'Cases of',
  view: 'Counted',
  cohort: (years) =>
    years === 0
      ? 'the savings of the cases of this period'
      : `the savings of the cases of this period, with ${years} following years`,
  asOf: 'Known up to',
  closing: 'Closing',
  closedAt: (period) => `as reported when ${period} was closed`,
  madeAt: 'Report made',
  range: 'Range',
  rangeCaption: 'Total effect after correction: low, middle and high',
  rangeColumns: ['What is uncertain', 'low', 'middle', 'high'],
  steps: 'Likelihood, contribution and price a step lower or higher',
  declared: 'Sampling margin (95%): assessed cases stand for similar ones',
  measured: 'Sampling margin (95%): not all cases are assessed',
  unreliable: '(wider than told here: too few cases of some goals are assessed)',
  rangeNote: 'Low and high take everything to be off in the same direction: a wide bound, not odds.',
  odds: (society, municipality) =>
    `Within that range society earns back what was paid in ${society} of the outcomes, the municipality alone in ` +
    `${municipality}.`,
  complete: 'Completeness',
  isComplete: 'Everything that was due has been delivered, and nothing of it awaits a decision.',
  isIncomplete: 'These figures are not complete yet:',
  assessed: (assessed, registered) => `${assessed} of the ${registered} registered cases are assessed.`,
  quarantine: (events) => `${events} messages stand in quarantine and do not count yet;`,
  noRhythm: 'it is not laid down what should have been delivered over all of this period;',
  never: 'never',
  delivery: (source, due, last) => `source ${source} should have delivered by ${due}; it last did ${last};`,
  wasClosed: (moment) => `The period was closed on ${moment}; these figures change no more.`,
  checksum: 'Checksum of the closing',
  afterwards: (amount) => `After the closing another ${amount} became known. It is not in this report:`,
  afterCaption: 'What became known after the closing, after correction',
  afterColumns: ['Cause', 'difference'],
  small: ({ fewerThan, percent }) =>
    `Figures of fewer than ${fewerThan} cases, or of which one case may be more than ${percent}%, are left out (*), also ` +
    'where they would follow from other figures.',
};

export const BASIS_WORDS = { nl: NL, en: EN };
