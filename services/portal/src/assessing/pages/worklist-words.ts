/** Words of the work list and of the page on which assessments are looked at. */
import type { Language, Words } from '../../board/page.ts';

const WORDS = {
  lead: {
    nl: 'Casussen die nog niet zijn beoordeeld. Een beoordeling duurt één tot twee minuten.',
    en: 'Cases that were not assessed yet. An assessment takes one or two minutes.',
  },
  empty: {
    nl: 'Er is niets te beoordelen met deze keuze. Kies een ander jaar of een andere organisatie.',
    en: 'There is nothing to assess with this choice. Choose another year or organisation.',
  },
  start: { nl: 'Begin met de eerste', en: 'Start with the first' },
  narrow: { nl: 'Kies doel of team, of trek een steekproef', en: 'Choose a goal or team, or draw a sample' },
  goal: { nl: 'Doel (code)', en: 'Goal (code)' },
  team: { nl: 'Team', en: 'Team' },
  sample: { nl: 'Steekproef per doel', en: 'Sample of every goal' },
  noSample: { nl: 'Geen: alle casussen', en: 'None: all cases' },
  cases: { nl: 'casussen', en: 'cases' },
  draw: { nl: 'Trekking', en: 'Drawing' },
  drawHelp: {
    nl: 'Dezelfde trekking geeft dezelfde casussen.',
    en: 'The same drawing gives the same cases.',
  },
  show: { nl: 'Toon', en: 'Show' },
  sampleNeeds: {
    nl: 'Kies eerst een organisatie: een steekproef is van één organisatie en één jaar.',
    en: 'Choose an organisation first: a sample is of one organisation and one year.',
  },
  drawn: { nl: 'Wat is getrokken', en: 'What was drawn' },
  ofGoal: { nl: 'Doel', en: 'Goal' },
  inPeriod: { nl: 'In de periode', en: 'In the period' },
  drawnCount: { nl: 'Getrokken', en: 'Drawn' },
  left: { nl: 'Nog te doen', en: 'Still to do' },
  standsFor: { nl: 'Elk staat voor', en: 'Each stands for' },
  returned: { nl: 'Teruggestuurd', en: 'Returned' },
  more: { nl: 'Volgende casussen', en: 'Next cases' },
  reviewing: { nl: 'Beoordelingen nakijken', en: 'Look at assessments' },
  reviewLead: {
    nl: 'Nieuwe beoordelingen eerst. Wat u terugstuurt, komt weer op de werklijst van uw medewerkers.',
    en: 'New assessments first. What you return comes back on the work list of your workers.',
  },
  nothingToReview: { nl: 'Er is niets na te kijken met deze keuze.', en: 'There is nothing to look at.' },
  open: { nl: 'Na te kijken', en: 'To look at' },
  approved: { nl: 'Akkoord', en: 'Approved' },
  sentBack: { nl: 'Teruggestuurd', en: 'Returned' },
  everything: { nl: 'Alles', en: 'Everything' },
  approve: { nl: 'Akkoord', en: 'Approve' },
  sendBack: { nl: 'Stuur terug', en: 'Return' },
  why: { nl: 'Wat moet de medewerker nakijken?', en: 'What should the worker look at?' },
  choice: { nl: 'Welke beoordelingen', en: 'Which assessments' },
  chooseRemark: {
    nl: 'Kies bij het terugsturen ten minste één opmerking.',
    en: 'Choose at least one remark where you return an assessment.',
  },
  newer: {
    nl: 'Deze casus is intussen opnieuw beoordeeld. Kijk naar de nieuwste.',
    en: 'This case was assessed anew meanwhile. Look at the newest.',
  },
  notAllowed: {
    nl: 'Met deze sleutel kunt u geen beoordelingen nakijken.',
    en: 'You cannot look at assessments with this key.',
  },
  later: { nl: 'Dat lukt nu niet. Probeer het zo weer.', en: 'That is not possible now. Try again soon.' },
  kept: { nl: 'Uw oordeel is opgeslagen.', en: 'Your decision was saved.' },
  likelihood: { nl: 'kans', en: 'likelihood' },
  contribution: { nl: 'bijdrage', en: 'contribution' },
  oneOff: { nl: 'eenmalig', en: 'once' },
  yearly: { nl: 'elk jaar', en: 'every year' },
  corrected: { nl: 'na correctie', en: 'after correction' },
  similar: { nl: 'soortgelijke casussen', en: 'similar cases' },
  showCase: { nl: 'Bekijk de casus', en: 'See the case' },
  noWellbeing: { nl: 'positieve gezondheid niet ingevuld', en: 'positive health not filled in' },
} as const satisfies Record<string, Words>;

export type ListWord = keyof typeof WORDS;

/** A word of these pages. */
export function listWord(name: ListWord, language: Language): string {
  return WORDS[name][language];
}
