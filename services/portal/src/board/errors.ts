/** What a reader of the board is told when something goes wrong: what to do, in their own language. */
import { type Logger, ProblemError } from '@effectstroom/runtime';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { problemOf } from '../problems.ts';
import { addressOf } from './api.ts';
import { shell } from './document.ts';
import { chosenIn, languageOf } from './filters.ts';
import { type Html, html } from './html.ts';
import type { Language, Words } from './page.ts';
import { sendHtml, setPageHeaders } from './send.ts';
import type { Sessions } from './session.ts';

/** Title and advice of a status. */
interface Told {
  title: Words;
  advice: Words;
}

const TOLD: Readonly<Record<number, Told>> = {
  400: {
    title: { nl: 'Deze keuze kan niet', en: 'This cannot be asked' },
    advice: {
      nl: 'Kies een ander jaar, een andere organisatie of een andere periode.',
      en: 'Choose another year, organisation or period.',
    },
  },
  401: {
    title: { nl: 'U bent niet meer ingelogd', en: 'You are no longer signed in' },
    advice: {
      nl: 'Log in een ander tabblad opnieuw in. Ga dan hier terug en verstuur het formulier nog eens.',
      en: 'Sign in again in another tab. Then go back here and send the form once more.',
    },
  },
  403: {
    title: { nl: 'Dit mag u niet zien', en: 'You may not see this' },
    advice: {
      nl: 'Kies iets anders, of vraag uw beheerder om meer rechten.',
      en: 'Choose something else, or ask your administrator for more rights.',
    },
  },
  404: {
    title: { nl: 'Deze pagina is er niet', en: 'This page does not exist' },
    advice: {
      nl: 'Controleer het adres, of begin bij het overzicht.',
      en: 'Check the address, or start at the overview.',
    },
  },
  409: {
    title: { nl: 'Dit is intussen veranderd', en: 'This has changed meanwhile' },
    advice: {
      nl: 'Laad de pagina opnieuw en probeer het nog eens.',
      en: 'Load the page again and try once more.',
    },
  },
  413: {
    title: { nl: 'Dit formulier is te groot', en: 'This form is too large' },
    advice: { nl: 'Stuur minder tegelijk.', en: 'Send less at a time.' },
  },
  429: {
    title: { nl: 'Te veel vragen achter elkaar', en: 'Too many questions' },
    advice: {
      nl: 'Wacht een minuut en laad de pagina opnieuw.',
      en: 'Wait a minute and load the page again.',
    },
  },
  503: {
    title: { nl: 'De cijfers zijn even niet te bereiken', en: 'The figures cannot be reached now' },
    advice: {
      nl: 'Wacht even en laad de pagina opnieuw. Er is niets verloren gegaan.',
      en: 'Wait a moment and load the page again. Nothing was lost.',
    },
  },
};

const UNKNOWN: Told = {
  title: { nl: 'Er ging iets mis', en: 'Something went wrong' },
  advice: {
    nl: 'Laad de pagina opnieuw. Blijft het misgaan, meld het dan aan uw beheerder.',
    en: 'Load the page again. If it keeps going wrong, tell your administrator.',
  },
};

/** Has a server answer what goes wrong with a page, and lets who is not signed in do so first. */
export function addErrorPages(app: FastifyInstance, log: Logger, sessions: Sessions): void {
  app.setErrorHandler(async (thrown, request, reply) => {
    const error = problemErrorOf(thrown, log);
    reply.removeHeader('connection');
    request.raw.resume();
    if (error.status === 401 && isPage(request)) return askToSignIn(request, reply, sessions);
    const language = languageOf(chosenIn(request.query));
    return sendHtml(reply.code(error.status).headers(error.headers), errorPage(error, language));
  });
}

/** Has a server tell a person, and not a program, that there is nothing at an address. */
export function addNotFoundPage(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const isPerson = request.method === 'GET' && String(request.headers.accept).includes('text/html');
    if (!request.is404 || !isPerson || request.url.startsWith('/v1/')) return payload;
    setPageHeaders(reply);
    return errorPage(
      { status: 404, message: 'there is nothing at this address' },
      languageOf(chosenIn(request.query)),
    ).toString();
  });
}

/** A page that says what went wrong and what to do. */
function errorPage(
  { status, message, extensions = {} }: Pick<ProblemError, 'status' | 'message'> & Partial<ProblemError>,
  language: Language,
): Html {
  const { title, advice } = TOLD[status] ?? UNKNOWN;
  const technical = { nl: 'Wat de API zegt', en: 'What the API says' }[language];
  const home = { nl: 'Naar het overzicht', en: 'To the overview' }[language];
  return shell({
    language,
    title: title[language],
    content: html`<main id="inhoud" class="page-main lonely" tabindex="-1">
      <h1>${title[language]}</h1>
      <p>${advice[language]}</p>
      <p><a href="${addressOf('/', { taal: language === 'nl' ? undefined : language })}">${home}</a></p>
      <details><summary>${technical}</summary><p lang="en">${status}: ${message}</p>
        ${faultsOf(extensions)}</details>
    </main>`,
  });
}

/** Every fault that the API names. */
function faultsOf({ errors }: Readonly<Record<string, unknown>>): Html {
  const faults = faultsSchema.safeParse(errors).data ?? [];
  return html`${faults.map(({ pointer, detail }) => html`<p lang="en">${pointer} ${detail}</p>`)}`;
}

const faultsSchema = z.array(z.object({ pointer: z.string(), detail: z.string() })).max(100);

function problemErrorOf(thrown: unknown, log: Logger): ProblemError {
  const known = problemOf(thrown, log);
  if (known instanceof ProblemError) return known;
  const status =
    typeof known === 'object' && known !== null && 'statusCode' in known ? Number(known.statusCode) : 500;
  if (status >= 400 && status < 500) return new ProblemError(status, 'the request is refused');
  log.error({ err: known }, 'a page failed');
  return new ProblemError(500, 'something went wrong here; trying again later is safe');
}

/** Whether a person asks for a page, and not a script for messages. */
function isPage({ method, headers }: FastifyRequest): boolean {
  return method !== 'POST' && headers.accept !== 'text/event-stream';
}

/** Sends the reader to sign in, and from there back to the page. */
function askToSignIn(request: FastifyRequest, reply: FastifyReply, sessions: Sessions): FastifyReply {
  const { taal } = chosenIn(request.query);
  const reden = sessions.has(request) ? 'verlopen' : undefined;
  if (reden !== undefined) sessions.forget(reply, 'session');
  const naar = request.url === '/' ? undefined : request.url;
  return reply.redirect(addressOf('/inloggen', { naar, reden, taal }), 303);
}
