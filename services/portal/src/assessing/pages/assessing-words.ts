/** Words of the pages of assessing. */
import type { Language, Words } from '../../board/page.ts';

const WORDS = {
  case: { nl: 'Casus', en: 'Case' },
  date: { nl: 'Datum', en: 'Date' },
  theme: { nl: 'Thema', en: 'Theme' },
  goal: { nl: 'Doel', en: 'Goal' },
  workType: { nl: 'Werksoort', en: 'Work type' },
  team: { nl: 'Team', en: 'Team' },
  returned: { nl: 'Teruggestuurd', en: 'Returned' },
  service: { nl: 'Dienst', en: 'Service' },
  whichService: { nl: 'Welke dienst was anders gebruikt?', en: 'Which service would have been used?' },
  serviceHelp: {
    nl: 'Typ een deel van de naam en kies uit de lijst.',
    en: 'Type part of the name and choose from the list.',
  },
  quantity: { nl: 'Hoeveel?', en: 'How many?' },
  near: { nl: 'Bedoelt u een van deze?', en: 'Do you mean one of these?' },
  notListed: { nl: 'Staat het niet in de lijst?', en: 'Is it not in the list?' },
  amount: { nl: 'Bedrag in euro’s', en: 'Amount in euros' },
  amountHelp: {
    nl: 'Laat de dienst leeg, en vul hier in wat het zou kosten en wie dat betaalt.',
    en: 'Leave the service empty, and fill in here what it would cost and who pays.',
  },
  costBearer: { nl: 'Wie had dat betaald?', en: 'Who would have paid?' },
  choose: { nl: 'Kies', en: 'Choose' },
  recurrence: { nl: 'Eenmalig of elk jaar?', en: 'Once, or every year?' },
  oneOff: { nl: 'Eenmalig', en: 'Once' },
  yearly: { nl: 'Elk jaar', en: 'Every year' },
  yearlyHelp: {
    nl: 'Zonder onze hulp was dit ook de volgende jaren nodig geweest.',
    en: 'Without our help this would have been needed in the next years too.',
  },
  oneOffHelp: { nl: 'Alleen dit jaar.', en: 'Only this year.' },
  counts: { nl: 'telt voor', en: 'counts for' },
  another: { nl: 'Nog een dienst', en: 'Another service' },
  remove: { nl: 'Haal weg', en: 'Remove' },
  wellbeing: {
    nl: 'Wat is het meest versterkt? (positieve gezondheid)',
    en: 'What was strengthened most? (positive health)',
  },
  notSaid: { nl: 'Niet ingevuld', en: 'Not filled in' },
  similarCases: {
    nl: 'Voor hoeveel soortgelijke casussen per jaar staat deze?',
    en: 'How many similar cases a year does this one stand for?',
  },
  similarHelp: {
    nl: '1 als elke casus wordt beoordeeld. Bij een steekproef is dit al ingevuld.',
    en: '1 where every case is assessed. With a sample it is filled in already.',
  },
  saving: { nl: 'Besparing', en: 'Saving' },
  calculate: { nl: 'Bereken de besparing', en: 'Work out the saving' },
  save: { nl: 'Opslaan en volgende', en: 'Save and next' },
  how: { nl: 'Hoe dit is berekend', en: 'How this was worked out' },
  corrected: { nl: 'na correctie', en: 'after correction' },
  notComplete: {
    nl: 'nog niet compleet: telt nog niet mee',
    en: 'not complete yet: not counted yet',
  },
  fillIn: {
    nl: 'Vul een dienst, de kans en de bijdrage in. Dan staat hier wat dit bespaart.',
    en: 'Fill in a service, the likelihood and the contribution. Then this shows what is saved.',
  },
  faults: { nl: 'Nog niet opgeslagen: kijk naar', en: 'Not saved yet: look at' },
  former: {
    nl: 'Deze casus was al eens beoordeeld. Daarna kwam er een nieuwe registratie.',
    en: 'This case was assessed before. After that it was registered anew.',
  },
  takeOver: { nl: 'Neem de vorige beoordeling over', en: 'Take over the former assessment' },
  takenOver: {
    nl: 'De vorige beoordeling is hieronder ingevuld. Kijk of zij nog klopt en sla op.',
    en: 'The former assessment is filled in below. See whether it is still right, and save.',
  },
  sentBack: {
    nl: 'Uw teamleider stuurde deze beoordeling terug:',
    en: 'Your team leader returned this assessment:',
  },
  approvedBefore: {
    nl: 'Deze casus is beoordeeld en akkoord bevonden. Opslaan maakt een nieuwe beoordeling.',
    en: 'This case was assessed and approved. Saving makes a new assessment.',
  },
  assessedBefore: {
    nl: 'Deze casus is al beoordeeld. Opslaan maakt een nieuwe beoordeling.',
    en: 'This case was assessed already. Saving makes a new assessment.',
  },
  changed: {
    nl: 'Deze casus is intussen veranderd.',
    en: 'This case changed meanwhile.',
  },
  newest: { nl: 'De nieuwste beoordeling is:', en: 'The newest assessment is:' },
  noneNow: {
    nl: 'De casus is opnieuw geregistreerd en heeft nu geen beoordeling.',
    en: 'The case was registered anew and has no assessment now.',
  },
  yours: {
    nl: 'Uw eigen antwoorden staan hieronder en zijn nog niet opgeslagen. Kijk of ze nog kloppen.',
    en: 'Your own answers are below and were not saved yet. See whether they are still right.',
  },
  saveAnyway: {
    nl: 'Toch opslaan: mijn antwoorden komen in de plaats',
    en: 'Save anyway: my answers take its place',
  },
  beingSaved: {
    nl: 'Iemand slaat deze casus nu ook op. Uw antwoorden staan er nog: sla ze zo weer op.',
    en: 'Somebody else is saving this case now. Your answers are still here: save them again soon.',
  },
  cannot: {
    nl: 'Deze casus kan nu niet worden beoordeeld: hij is ingetrokken of wacht op herstel.',
    en: 'This case cannot be assessed now: it was withdrawn or waits to be mended.',
  },
  notThere: { nl: 'Deze casus is er niet meer.', en: 'This case is not there any more.' },
  filledIn: { nl: 'Wat u invulde', en: 'What you filled in' },
  tryAgain: { nl: 'Probeer het opnieuw', en: 'Try again' },
  noSaving: {
    nl: 'De besparing is nu niet te berekenen. Wat u invulde staat er nog.',
    en: 'The saving cannot be worked out now. What you filled in is still here.',
  },
  notAllowed: {
    nl: 'Met deze sleutel kunt u niet beoordelen. Vraag uw beheerder om meer rechten.',
    en: 'You cannot assess with this key. Ask your administrator for more rights.',
  },
  later: {
    nl: 'Opslaan lukt nu niet. Wat u invulde staat er nog: probeer het zo weer.',
    en: 'Saving is not possible now. What you filled in is still here: try again soon.',
  },
  other: {
    nl: 'Deze beoordeling is niet opgeslagen. Wat u invulde staat er nog.',
    en: 'This assessment was not saved. What you filled in is still here.',
  },
  privacy: {
    nl: 'Vul nergens namen of andere persoonsgegevens in.',
    en: 'Fill in no names or other personal data anywhere.',
  },
  backToList: { nl: 'Terug naar de werklijst', en: 'Back to the work list' },
} as const satisfies Record<string, Words>;

export type AssessingWord = keyof typeof WORDS;

/** A word of these pages. */
export function say(name: AssessingWord, language: Language): string {
  return WORDS[name][language];
}
