/** Signing in and out: with a key, or at the provider of OpenID Connect. */
import { type KeyRing, type Logger, ProblemError, requireScope } from '@effectstroom/runtime';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { addressOf } from './api.ts';
import type { Language } from './page.ts';
import type { Provider } from './provider.ts';
import { addProviderRoutes } from './provider-routes.ts';
import { sendHtml } from './send.ts';
import { isSecure, SESSION_SECONDS, type Sessions } from './session.ts';
import { type SignInReason, signInPage, signInReasons } from './sign-in-page.ts';

/** How one can sign in. */
export interface SignInOptions {
  /** The board's own as browsers see it; undefined where it is what they ask for. */
  origin: string | undefined;
  /** Whether the keys of the local stack are offered. */
  localKeys: boolean;
  /** Undefined where there is none. */
  provider: Provider | undefined;
  /** Origins that a form of the board may lead to. */
  formTargets(): readonly string[];
}

/** What signing in is made with. */
export interface SignInDeps {
  keys: KeyRing;
  log: Logger;
  sessions: Sessions;
  options: SignInOptions;
}

/** Where the reader was going, why the page is shown, in which language. */
export const wishSchema = z.object({
  naar: z.string().max(2_000).transform(ownAddress).catch('/'),
  reden: z.enum(signInReasons).optional().catch(undefined),
  taal: z.enum(['nl', 'en']).catch('nl'),
});

/** Characters: what is longer does not fit in a cookie once it is sealed. */
const KEY_LENGTH_MAX = 2_700;

const formSchema = wishSchema.extend({ sleutel: z.string().trim().max(KEY_LENGTH_MAX).catch('') });

/** Adds the pages for signing in and out. */
export function addSignIn(app: FastifyInstance, deps: SignInDeps): void {
  const { keys, sessions, options } = deps;
  const authorise = requireScope(keys, 'read');
  app.get('/inloggen', async (request, reply) => {
    const { naar, reden, taal } = wishSchema.parse(request.query);
    return show(reply, deps, { language: taal, reason: reden, to: naar });
  });
  app.post('/inloggen', { config: { audit: 'sign in' } }, async (request, reply) => {
    const { naar, sleutel, taal } = formSchema.parse(request.body ?? {});
    request.headers.authorization = `Bearer ${sleutel}`;
    try {
      await authorise.call(app, request, reply);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      reply.code(error.status).headers(error.headers);
      return show(reply, deps, { language: taal, reason: reasonOf(error), to: naar });
    }
    await sessions.keep(reply, 'session', sleutel, SESSION_SECONDS);
    return reply.redirect(addressOf(naar, {}), 303);
  });
  app.post('/uitloggen', async (request, reply) => {
    const { taal } = wishSchema.parse(request.body ?? {});
    const idToken = await sessions.read(request, 'id');
    sessions.forget(reply, 'session');
    sessions.forget(reply, 'id');
    const away = idToken === undefined ? undefined : await options.provider?.signOutAddress(idToken);
    return reply.redirect(away ?? addressOf('/inloggen', { reden: 'uitgelogd', taal: askedIn(taal) }), 303);
  });
  if (options.provider !== undefined) addProviderRoutes(app, deps, options.provider);
}

interface Shown {
  language: Language;
  reason: SignInReason | undefined;
  /** Where one goes after. */
  to: string;
}

async function show(reply: FastifyReply, { options }: SignInDeps, shown: Shown): Promise<FastifyReply> {
  const { localKeys, provider } = options;
  const page = signInPage({
    ...shown,
    ...{ localKeys, hasProvider: provider !== undefined, isUnsafe: isUnsafe(reply.request, options) },
  });
  return sendHtml(reply, page);
}

/** The cookie would not be kept: it goes over TLS only, and the browser came without. */
function isUnsafe(request: FastifyRequest, { origin }: SignInOptions): boolean {
  const { protocol, headers } = request;
  const isSafe = protocol === 'https' || headers['x-forwarded-proto'] === 'https';
  return origin === undefined && isSecure(request, origin) && !isSafe;
}

/** The parameter of a language in an address. */
export function askedIn(language: Language): Language | undefined {
  return language === 'nl' ? undefined : language;
}

/** What to tell of a key that does not open the board. */
export function reasonOf({ status, message }: ProblemError): SignInReason {
  if (status === 429) return 'te-vaak';
  if (status === 403) return 'geen-recht';
  if (status === 503) return 'later';
  return /expired|rotated|revoked/.test(message) ? 'ingetrokken' : 'onbekend';
}

/** An address of this board: where another site's was asked for, the first page. */
function ownAddress(text: string): string {
  const own = 'http://board';
  const url = text.startsWith('/') ? URL.parse(text, own) : null;
  if (url === null || url.origin !== own || url.pathname.startsWith('/inloggen')) return '/';
  // Slashes at the start would name another site.
  return `/${url.pathname.replace(/^\/+/, '')}${url.search}`;
}
