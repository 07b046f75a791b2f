/** The page on which one signs in. */
import { alert } from './alert.ts';
import { addressOf } from './api.ts';
import { shell } from './document.ts';
import { type Html, html } from './html.ts';
import type { Language, Words } from './page.ts';

/** Why the page is shown, as the address names it. */
export const signInReasons = [
  ...([
    'verlopen',
    'uitgelogd',
    'onbekend',
    'ingetrokken',
    'geen-recht',
    'te-vaak',
    'later',
    'mislukt',
  ] as const),
] as const;

export type SignInReason = (typeof signInReasons)[number];

interface SignInParts {
  language: Language;
  reason: SignInReason | undefined;
  /** Where one goes after. */
  to: string;
  localKeys: boolean;
  hasProvider: boolean;
  /** The browser came without TLS. */
  isUnsafe: boolean;
}

const REASONS: Readonly<Record<SignInReason, Words>> = {
  verlopen: {
    nl: 'U bent uitgelogd, omdat uw sessie is verlopen of uw sleutel niet meer werkt. Log opnieuw in.',
    en: 'You were signed out, because your session is over or your key works no more. Sign in again.',
  },
  uitgelogd: { nl: 'U bent uitgelogd.', en: 'You are signed out.' },
  onbekend: {
    nl: 'Deze sleutel is niet bekend. Plak hem nog eens, helemaal, of vraag uw beheerder om een nieuwe.',
    en: 'This key is not known. Paste it once more, all of it, or ask your administrator for a new one.',
  },
  ingetrokken: {
    nl: 'Deze sleutel is verlopen of ingetrokken. Vraag uw beheerder om een nieuwe.',
    en: 'This key has expired or was revoked. Ask your administrator for a new one.',
  },
  'geen-recht': {
    nl: 'U mag hiermee geen cijfers lezen. Vraag uw beheerder om een leessleutel of om meer rechten.',
    en: 'You may not read figures with this. Ask your administrator for a key that reads, or for more rights.',
  },
  'te-vaak': {
    nl: 'Er zijn te veel pogingen gedaan. Wacht een minuut en probeer het dan weer.',
    en: 'There were too many attempts. Wait a minute and try again.',
  },
  later: {
    nl: 'Inloggen kan nu even niet. Probeer het over een minuut weer.',
    en: 'Signing in is not possible now. Try again in a minute.',
  },
  mislukt: {
    nl: 'Inloggen is niet gelukt of werd afgebroken. Probeer het opnieuw.',
    en: 'Signing in failed or was broken off. Try again.',
  },
};

const WORDS = {
  title: { nl: 'Inloggen', en: 'Sign in' },
  lead: {
    nl: 'Effectstroom laat zien wat welzijnswerk bespaart, het hele jaar door en tot op de cent te volgen.',
    en: 'Effectstroom shows what welfare work saves, all year round and traceable to the cent.',
  },
  provider: { nl: 'Inloggen via uw organisatie', en: 'Sign in through your organisation' },
  withKey: { nl: 'Met een sleutel', en: 'With a key' },
  key: { nl: 'Sleutel', en: 'Key' },
  keyHelp: {
    nl: 'De leessleutel die u van uw beheerder kreeg.',
    en: 'The key for reading that you got from your administrator.',
  },
  signIn: { nl: 'Inloggen', en: 'Sign in' },
  local: { nl: 'Op deze computer', en: 'On this computer' },
  localHelp: {
    nl: 'Deze sleutels werken alleen op de computer waarop Effectstroom zelf draait.',
    en: 'These keys work only on the computer on which Effectstroom itself runs.',
  },
  reads: { nl: 'Inloggen met local-read (alles lezen)', en: 'Sign in with local-read (read everything)' },
  administers: {
    nl: 'Inloggen met local-admin (ook beoordelen)',
    en: 'Sign in with local-admin (assess as well)',
  },
  unsafe: {
    nl: 'Dit adres is niet beveiligd. Inloggen lukt alleen als het adres met https:// begint.',
    en: 'This address is not secure. Signing in works only where the address begins with https://.',
  },
  language: { nl: 'English', en: 'Nederlands' },
  forPrograms: { nl: 'Voor programma’s: uitleg van de API', en: 'For programs: the API explained' },
} satisfies Record<string, Words>;

/** The page; signed in, one goes on to `to`. */
export function signInPage({ language, reason, to, localKeys, hasProvider, isUnsafe }: SignInParts): Html {
  const say = (name: keyof typeof WORDS): string => WORDS[name][language];
  const other: Language = language === 'nl' ? 'en' : 'nl';
  const taal = language === 'nl' ? undefined : language;
  const hidden = html`<input type="hidden" name="naar" value="${to}"><input type="hidden" name="taal" value="${language}">`;
  const isGood = reason === 'uitgelogd';
  return shell({
    ...{ language, title: say('title') },
    content: html`<header class="page-header"><div class="page-width page-header-top">
        <span class="brand">Effectstroom</span>
        <a href="${addressOf('/inloggen', { naar: to, taal: other })}" lang="${other}" hreflang="${other}">${say('language')}</a>
      </div></header>
    <main id="inhoud" class="page-main lonely" tabindex="-1">
      <h1>${say('title')}</h1>
      <p class="lead">${say('lead')}</p>
      ${reason !== undefined && alert(isGood ? 'ok' : 'error', html`<p>${REASONS[reason][language]}</p>`)}
      ${isUnsafe && alert('warning', html`<p>${say('unsafe')}</p>`)}
      ${
        hasProvider &&
        html`<p><a class="utrecht-button utrecht-button--primary-action" href="${addressOf('/inloggen/oidc', { naar: to, taal })}">${say('provider')}</a></p>`
      }
      ${
        localKeys &&
        html`<section aria-labelledby="local"><h2 id="local">${say('local')}</h2>
        <p>${say('localHelp')}</p>
        <form method="post" action="/inloggen" class="stacked">${hidden}
          <button class="utrecht-button utrecht-button--primary-action" name="sleutel" value="local-read">${say('reads')}</button>
          <button class="utrecht-button utrecht-button--secondary-action" name="sleutel" value="local-admin">${say('administers')}</button>
        </form></section>`
      }
      <section aria-labelledby="with-key"><h2 id="with-key">${say('withKey')}</h2>
      <form method="post" action="/inloggen" class="stacked">${hidden}
        <div class="field">
          <label for="key">${say('key')}</label>
          <p id="key-help" class="help">${say('keyHelp')}</p>
          <input id="key" name="sleutel" type="password" autocomplete="current-password" required
            spellcheck="false" aria-describedby="key-help">
        </div>
        <button class="utrecht-button utrecht-button--${localKeys || hasProvider ? 'secondary' : 'primary'}-action">${say('signIn')}</button>
      </form></section>
      <p><a href="/v1/docs">${say('forPrograms')}</a></p>
    </main>`,
  });
}
