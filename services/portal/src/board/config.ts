/** Environment variables of the board. */
import { readFileSync } from 'node:fs';
import { ConfigError, isLoopback, textVariable } from '@effectstroom/runtime';
import { z } from 'zod';
import type { BoardOptions } from './deps.ts';

const addressVariable = z.string().refine((text) => isAddress(text), {
  error: 'must be https://… without ? and #; http only on this machine',
});

/** Without a path, which would be left out where something is sent to an address behind it. */
const ingestVariable = z
  .string()
  .refine((text) => isOrigin(text), { error: 'must be http(s)://host:port, without a path' })
  .transform((text) => new URL(text).origin);

const originVariable = addressVariable.refine((text) => URL.parse(text)?.pathname === '/', {
  error: 'must have no path: the board stands at the root',
});

/** What may stand in the environment for the board. */
export const boardVariables = {
  PUBLIC_URL: originVariable
    .transform((text) => new URL(text).origin)
    .optional()
    .describe('address of the board as people type it, https://…; needed for OIDC_ISSUER'),
  SESSION_SECRET_FILE: textVariable
    .optional()
    .describe('file with 32 characters or more that seal sessions; without it they end with the portal'),
  OIDC_ISSUER: addressVariable
    .optional()
    .describe('provider of OpenID Connect where people sign in; its access tokens go by OAUTH_ISSUER'),
  OIDC_CLIENT_ID: textVariable.optional().describe('how the board is known at that provider'),
  OIDC_CLIENT_SECRET_FILE: textVariable
    .optional()
    .describe('file with the secret of the board there; left out for a public client'),
  OIDC_SCOPE: textVariable
    .default('openid effectstroom:read effectstroom:detail')
    .describe('scopes that are asked for, default openid effectstroom:read effectstroom:detail'),
  OIDC_RESOURCE: textVariable
    .optional()
    .describe('sent as resource (RFC 8707), where the provider asks whom the access token is for'),
  INGEST_URL: ingestVariable
    .optional()
    .describe('address of ingest, to which pages send, without a path; without it they only show'),
};

const boardSchema = z.object(boardVariables);

/** The configuration of the board. */
export type BoardConfig = Readonly<
  z.infer<typeof boardSchema> & { LOCAL_KEYS?: boolean | undefined; OAUTH_ISSUER?: string | undefined }
>;

/** Rules between the variables, for the `check` of a schema that has them. */
export function boardRules({ value, issues }: z.core.ParsePayload<BoardConfig>): void {
  const report = (name: keyof BoardConfig, message: string): void => {
    issues.push({ code: 'custom', input: value[name], path: [name], message });
  };
  if (value.OIDC_ISSUER === undefined) {
    if (value.OIDC_CLIENT_ID !== undefined) report('OIDC_CLIENT_ID', 'means nothing without OIDC_ISSUER');
    return;
  }
  if (value.OIDC_CLIENT_ID === undefined) report('OIDC_CLIENT_ID', 'must name the board at OIDC_ISSUER');
  if (value.PUBLIC_URL === undefined) report('PUBLIC_URL', 'must be where OIDC_ISSUER sends people back to');
  if (value.OAUTH_ISSUER === undefined)
    report('OAUTH_ISSUER', 'must name the issuer of the access tokens that OIDC_ISSUER gives');
}

/** What the board is made with. Throws `ConfigError` where a file cannot be read, or holds too little. */
export function boardOptions(config: BoardConfig): BoardOptions {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, PUBLIC_URL: origin } = config;
  return {
    origin,
    sessionSecret: readSecret('SESSION_SECRET_FILE', config.SESSION_SECRET_FILE, 32),
    localKeys: config.LOCAL_KEYS === true,
    ingestUrl: config.INGEST_URL,
    provider:
      issuer === undefined || clientId === undefined || origin === undefined
        ? undefined
        : {
            ...{ issuer, clientId, origin, scope: config.OIDC_SCOPE, resource: config.OIDC_RESOURCE },
            clientSecret: readSecret('OIDC_CLIENT_SECRET_FILE', config.OIDC_CLIENT_SECRET_FILE, 1),
          },
  };
}

function readSecret(name: string, file: string | undefined, least: number): string | undefined {
  if (file === undefined) return undefined;
  let secret: string;
  try {
    secret = readFileSync(file, 'utf8').trim();
  } catch {
    throw new ConfigError([`${name} cannot be read`]);
  }
  if (secret.length < least) throw new ConfigError([`${name} must hold ${least} characters or more`]);
  return secret;
}

function isAddress(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.search !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return false;
  return url.pathname === '/' && url.search + url.hash + url.username + url.password === '';
}
