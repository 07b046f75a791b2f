/** The words of the frame. */
import type { Language, Words } from './page.ts';

const WORDS = {
  toContent: { nl: 'Naar de inhoud', en: 'Skip to content' },
  navigation: { nl: 'Hoofdmenu', en: 'Main menu' },
  filters: { nl: 'Welke cijfers', en: 'Which figures' },
  municipality: { nl: 'Gemeente', en: 'Municipality' },
  organisation: { nl: 'Organisatie', en: 'Organisation' },
  programme: { nl: 'Programma', en: 'Programme' },
  year: { nl: 'Jaar', en: 'Year' },
  all: { nl: 'Alle', en: 'All' },
  show: { nl: 'Toon', en: 'Show' },
  otherLanguage: { nl: 'English', en: 'Nederlands' },
  signOut: { nl: 'Uitloggen', en: 'Sign out' },
  signedInAs: { nl: 'Ingelogd als', en: 'Signed in as' },
  freshness: { nl: 'Hoe nieuw en volledig', en: 'How new and complete' },
  newest: { nl: 'Nieuwste gegevens', en: 'Newest data' },
  noneYet: { nl: 'er is nog niets ingestuurd', en: 'nothing has been sent yet' },
  allIn: { nl: 'Alles wat is ingestuurd, is verwerkt.', en: 'Everything that was sent has been processed.' },
  waiting: { nl: 'berichten wachten nog op verwerking.', en: 'messages are still to be processed.' },
  revaluing: {
    nl: 'Nieuwe instellingen worden nu doorgerekend.',
    en: 'New settings are being applied now.',
  },
  quarantined: {
    nl: 'berichten staan in quarantaine en tellen niet mee.',
    en: 'events stand in quarantine and are not counted.',
  },
  copyBehind: {
    nl: 'Gelezen van een kopie van de database, die hooguit zoveel seconden achterloopt:',
    en: 'Read from a copy of the database, behind by at most this many seconds:',
  },
  copyUnknown: {
    nl: 'Gelezen van een kopie van de database; hoe ver die achterloopt, is nu niet bekend.',
    en: 'Read from a copy of the database; how far it is behind is not known now.',
  },
  unknownFreshness: {
    nl: 'Het is nu niet bekend hoe nieuw deze cijfers zijn.',
    en: 'How new these figures are is not known now.',
  },
  basis: { nl: 'Waarop deze cijfers rusten', en: 'What these figures rest on' },
  footnote: {
    nl: '* Niet getoond: te weinig casussen, of te herleiden uit een ander cijfer.',
    en: '* Not shown: too few cases, or to be found from another figure.',
  },
  hidden: { nl: 'niet getoond, te weinig casussen', en: 'not shown, too few cases' },
  api: { nl: 'Voor programma’s: de API', en: 'For programs: the API' },
  updated: { nl: 'Cijfers bijgewerkt', en: 'Figures updated' },
  signInAgain: {
    nl: 'U bent uitgelogd. Log opnieuw in om nieuwe cijfers te zien.',
    en: 'You are signed out. Sign in again to see new figures.',
  },
} satisfies Record<string, Words>;

/** A word of the frame in a language. */
export function word(name: keyof typeof WORDS, language: Language): string {
  return WORDS[name][language];
}
