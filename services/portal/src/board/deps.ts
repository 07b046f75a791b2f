/** What the board is made with, from its configuration. */
import type { Database } from '@effectstroom/database';
import type { KeyRing, Logger } from '@effectstroom/runtime';
import type { Kysely } from 'kysely';
import type { BoardDeps } from './frame.ts';
import { watchChanges } from './live.ts';
import type { PageNeeds } from './pages.ts';
import { createProvider, type ProviderOptions } from './provider.ts';
import { createSessions } from './session.ts';

/** How the board is set up. */
export interface BoardOptions extends PageNeeds {
  /** Its own as browsers see it; undefined where it is what they ask for. */
  origin: string | undefined;
  /** Seals sessions; undefined makes a secret that ends with this portal. */
  sessionSecret: string | undefined;
  /** Whether the keys of the local stack are offered. */
  localKeys: boolean;
  /** Undefined where people sign in with keys only. */
  provider: ProviderOptions | undefined;
}

/** What the frame needs. */
export function boardDeps(
  db: Kysely<Database>,
  keys: KeyRing,
  log: Logger,
  { origin, sessionSecret, localKeys, provider: options }: BoardOptions,
): BoardDeps {
  const provider = options === undefined ? undefined : createProvider(options);
  return {
    ...{ keys, log, changes: watchChanges(db), sessions: createSessions(sessionSecret, origin) },
    signIn: { ...{ origin, localKeys, provider }, formTargets: () => provider?.origins() ?? [] },
  };
}
