/** The way to the provider of OpenID Connect, and back. */
import { audit, doerOf, ProblemError, requireScope, routeOf } from '@effectstroom/runtime';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { addressOf } from './api.ts';
import type { Language } from './page.ts';
import { type Provider, RETURN_PATH } from './provider.ts';
import { CookieTooLarge, SESSION_SECONDS } from './session.ts';
import { askedIn, reasonOf, type SignInDeps, wishSchema } from './sign-in.ts';
import type { SignInReason } from './sign-in-page.ts';

/** Seconds in which one must have come back. */
const ATTEMPT_SECONDS = 600;

const attemptSchema = z.object({
  ...{ verifier: z.string(), state: z.string(), nonce: z.string() },
  ...{ naar: z.string(), taal: z.enum(['nl', 'en']) },
});

type Attempt = z.infer<typeof attemptSchema>;

/** Adds going to the provider and coming back from it. */
export function addProviderRoutes(
  app: FastifyInstance,
  { keys, log, sessions }: SignInDeps,
  provider: Provider,
): void {
  const authorise = requireScope(keys, 'read');
  const back = (naar: string, reden: SignInReason, taal: Language): string =>
    addressOf('/inloggen', { naar: naar === '/' ? undefined : naar, reden, taal: askedIn(taal) });

  app.get('/inloggen/oidc', async (request, reply) => {
    const { naar, taal } = wishSchema.parse(request.query);
    try {
      const { address, attempt } = await provider.begin();
      await sessions.keep(reply, 'attempt', JSON.stringify({ ...attempt, naar, taal }), ATTEMPT_SECONDS);
      return reply.redirect(address, 303);
    } catch (error) {
      log.warn({ err: error }, 'the provider of OpenID Connect does not answer');
      return reply.redirect(back(naar, 'later', taal), 303);
    }
  });

  // Every way back is a redirect: what came of it is written here.
  const tell = (request: FastifyRequest, result: string): void => {
    if (!request.isRefusalAudited)
      audit(log, { action: 'sign in', object: routeOf(request), result, ...doerOf(request) });
  };
  app.get(RETURN_PATH, async (request, reply) => {
    const attempt = readAttempt(await sessions.read(request, 'attempt'));
    sessions.forget(reply, 'attempt');
    if (attempt === undefined) {
      tell(request, 'refused: no attempt to sign in');
      return reply.redirect(back('/', 'mislukt', 'nl'), 303);
    }
    const { naar, taal } = attempt;
    try {
      const { accessToken, idToken, seconds = SESSION_SECONDS } = await provider.finish(request.url, attempt);
      request.headers.authorization = `Bearer ${accessToken}`;
      await authorise.call(app, request, reply);
      const lasts = Math.min(seconds, SESSION_SECONDS);
      await sessions.keep(reply, 'session', accessToken, lasts);
      if (idToken !== undefined)
        await keepIfItFits(() => sessions.keep(reply, 'id', idToken, SESSION_SECONDS));
      tell(request, 'done');
      return reply.redirect(naar, 303);
    } catch (error) {
      tell(request, 'refused: not signed in');
      if (error instanceof ProblemError) return reply.redirect(back(naar, reasonOf(error), taal), 303);
      log.warn({ err: error }, 'signing in at the provider of OpenID Connect failed');
      return reply.redirect(back(naar, 'mislukt', taal), 303);
    }
  });
}

/** Without what the provider knows the session by, one signs out here and not there. */
async function keepIfItFits(keep: () => Promise<void>): Promise<void> {
  try {
    await keep();
  } catch (error) {
    if (!(error instanceof CookieTooLarge)) throw error;
  }
}

function readAttempt(text: string | undefined): Attempt | undefined {
  return text === undefined ? undefined : attemptSchema.safeParse(JSON.parse(text)).data;
}
