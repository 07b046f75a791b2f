/** The words of the summary; amounts and counts are given as they are shown. */

/** Who helped whom, and with how many cases. */
export interface Helped {
  period: string;
  organisation: string;
  municipality: string;
  registered: string;
  assessed: string;
}

const NL = {
  title: 'Samenvatting',
  own: 'In eigen woorden',
  effect: 'totaal effect (besparing)',
  society: 'rendement voor de samenleving',
  municipality: 'rendement voor de gemeente',
  cases: 'casussen per jaar vertegenwoordigd',
  casesOfPeriod: 'casussen vertegenwoordigd',
  hidden:
    'Over deze periode zijn te weinig casussen om cijfers te tonen zonder dat inwoners herkenbaar worden (*).',
  none: 'In deze periode zijn geen casussen geregistreerd.',
  helped: ({ period, organisation, municipality, registered, assessed }: Helped) =>
    `In ${period} hielp ${organisation} inwoners van ${municipality}: ${registered} casussen zijn ` +
    `geregistreerd en ${assessed} daarvan zijn beoordeeld.`,
  stands: (represented: string) => `Samen staan die voor ${represented} casussen.`,
  without: (amount: string) =>
    `Zonder die hulp waren naar schatting voor ${amount} kosten gemaakt: door de gemeente, ` +
    'zorgverzekeraars en anderen.',
  saving: (years: number) =>
    years === 0
      ? 'Dat is de besparing, na correctie.'
      : `Dat is de besparing, na correctie en met ${years} volgende jaren meegeteld voor wat elk jaar ` +
        'terugkeert.',
  paid: {
    budget: (amount: string) => `De gemeente betaalde hiervoor ${amount}.`,
    cost: (amount: string) => `De hulp kostte ${amount}.`,
  },
  back: (society: string, municipality: string) =>
    `Elke euro leverde ${society} op voor de samenleving als geheel. Daarvan komt ${municipality} bij de ` +
    'gemeente zelf terug.',
  range: (low: string, high: string) => `Voorzichtig gerekend is de besparing ${low}, ruim gerekend ${high}.`,
  complete: 'Alles wat geleverd moest zijn, is in deze cijfers verwerkt.',
  running: (until: string) =>
    `Deze periode is nog niet voorbij: besparing en budget zijn die tot en met ${until}.`,
  incomplete: 'Deze cijfers zijn nog niet volledig: bij ‘Zekerheid en volledigheid’ staat wat ontbreekt.',
};

const EN: typeof NL = {
  title: 'Summary',
  own: 'In their own words',
  effect: 'total effect',
  society: 'return for society',
  municipality: 'return for the municipality',
  cases: 'cases a year represented',
  casesOfPeriod: 'cases represented',
  hidden: 'There are too few cases in this period to show figures without residents being recognised (*).',
  none: 'No cases were registered in this period.',
  helped: ({ period, organisation, municipality, registered, assessed }) =>
    `In ${period} ${organisation} helped residents of ${municipality}: ${registered} cases were ` +
    `registered and ${assessed} of these were assessed.`,
  stands: (represented) => `Together these stand for ${represented} cases.`,
  without: (amount) =>
    `Without that support an estimated ${amount} would have been spent by the municipality, health ` +
    'insurers and others.',
  saving: (years) =>
    years === 0
      ? 'That is the total effect, after correction.'
      : `That is the total effect, after correction, with ${years} following years counted for what ` +
        'recurs yearly.',
  paid: {
    budget: (amount) => `The municipality paid ${amount}.`,
    cost: (amount) => `The support cost ${amount}.`,
  },
  back: (society, municipality) =>
    `Every euro brought in ${society} for society as a whole, of which ${municipality} returns to the ` +
    'municipality itself.',
  range: (low, high) => `Carefully reckoned the effect is ${low}, generously reckoned ${high}.`,
  complete: 'Everything that was due has been taken into these figures.',
  running: (until: string) => `This period is not over: savings and budget are those up to ${until}.`,
  incomplete: 'These figures are not complete yet: ‘Certainty and completeness’ tells what is missing.',
};

export const SUMMARY_WORDS = { nl: NL, en: EN };
