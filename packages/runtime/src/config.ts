import { z } from 'zod';
import { isLoopback } from './loopback.ts';
import { isSafeUrl } from './signing-keys.ts';

/** A configuration that cannot be used. The message has one line for each variable that is wrong. */
export class ConfigError extends Error {
  constructor(lines: readonly string[]) {
    super(`the configuration is not right:\n${lines.map((line) => `  ${line}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

type Frozen<Value> = Value extends object ? Readonly<Value> : Value;

/**
 * Reads a configuration from environment variables through a zod object whose members are their names. An
 * empty variable counts as absent, one that the schema does not have is ignored. All faults come in one
 * `ConfigError`; it names variables, never what they hold.
 */
export function readConfig<Schema extends z.ZodObject>(
  schema: Schema,
  environment: Environment,
): Frozen<z.infer<Schema>> {
  const given: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    const value = environment[name];
    if (value !== undefined && value !== '') given[name] = value;
  }
  const checked = schema.safeParse(given);
  if (checked.success) return Object.freeze(checked.data) as Frozen<z.infer<Schema>>;
  throw new ConfigError(
    checked.error.issues.map((issue) => {
      const name = issue.path.join('.');
      return given[name] === undefined ? `${name} is missing: ${issue.message}` : `${name} ${issue.message}`;
    }),
  );
}

/** Lines of help, one for each variable of a schema: its name and its description. */
export function describeConfig(schema: z.ZodObject): string[] {
  return Object.entries(schema.shape).map(([name, field]) => {
    const description = field instanceof z.ZodType ? field.description : undefined;
    return `  ${name.padEnd(26)}${description ?? ''}`;
  });
}

/** A whole number from `min` to `max`, written in decimal digits. */
export function integerVariable(min: number, max: number) {
  const says = `must be a whole number from ${min} to ${max}`;
  return z
    .string({ error: says })
    .regex(/^\d{1,15}$/, { error: says })
    .transform(Number)
    .refine((value) => value >= min && value <= max, { error: says });
}

/** A TCP port; 0 lets the system choose one. */
export const portVariable = integerVariable(0, 65_535);

/** `true` or `false`. */
export const booleanVariable = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((value) => value === 'true');

/** A log level of pino. */
export const logLevelVariable = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
  error: 'must be fatal, error, warn, info, debug, trace or silent',
});

/** A text that is not empty: a host name, an address, a file. */
export const textVariable = z.string({ error: 'must not be empty' }).min(1);

/** The address of a nats-server, or several with commas between them. */
export const natsUrlVariable = z
  .string({ error: 'must be nats://host:port' })
  .refine((value) => value.split(',').every(isNatsUrl), {
    error: 'must be nats://host:port or tls://host:port',
  });

function isNatsUrl(value: string): boolean {
  const url = URL.parse(value.trim());
  return url !== null && (url.protocol === 'nats:' || url.protocol === 'tls:') && url.hostname !== '';
}

/** The address of an issuer of tokens, or of its keys. */
const issuerVariable = z.string({ error: 'must be https://…' }).refine((value) => isIssuer(value), {
  error: 'must be https://… without ? and #; http only on this machine',
});

function isIssuer(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && isSafeUrl(url) && url.search === '' && url.hash === '';
}

/** Variables of a service that is used with a key: where it listens and which keys it knows. */
export const keyVariables = {
  HOST: textVariable.default('127.0.0.1').describe('address to listen on, default 127.0.0.1'),
  KEYS_FILE: textVariable
    .optional()
    .describe('JSON file with keys, beside those made with POST /v1/keys; read again when it changes'),
  LOCAL_KEYS: booleanVariable
    .default(false)
    .describe('true adds local-ingest, local-admin and local-read, from this machine only'),
  UNKNOWN_KEYS_PER_MINUTE: integerVariable(1, 1_000_000)
    .default(60)
    .describe('unknown keys that one address may try in a minute, default 60'),
  OAUTH_ISSUER: issuerVariable.optional().describe('issuer whose access tokens are taken as keys too'),
  OAUTH_AUDIENCE: textVariable.optional().describe('audience that these tokens must be for'),
  OAUTH_JWKS_URL: issuerVariable
    .optional()
    .describe("address of the issuer's keys; found in its metadata where left out"),
};

/** Rules between `keyVariables`, for the `check` of a schema that has them. */
export function keyRules({ value, issues }: z.core.ParsePayload<KeyConfig>): void {
  const report = (name: keyof KeyConfig, message: string): void => {
    issues.push({ code: 'custom', input: value[name], path: [name], message });
  };
  if (value.LOCAL_KEYS && value.HOST !== undefined && !isLoopback(value.HOST)) {
    report('LOCAL_KEYS', 'must be false where HOST is not this machine itself: use KEYS_FILE');
  }
  if (value.OAUTH_ISSUER !== undefined && value.OAUTH_AUDIENCE === undefined) {
    report('OAUTH_AUDIENCE', 'must name the audience that tokens of OAUTH_ISSUER are for');
  }
  for (const name of ['OAUTH_AUDIENCE', 'OAUTH_JWKS_URL'] as const) {
    if (value[name] !== undefined && value.OAUTH_ISSUER === undefined) {
      report(name, 'means nothing without OAUTH_ISSUER');
    }
  }
}

/** Which keys a service knows. */
export interface KeyConfig {
  HOST?: string | undefined;
  KEYS_FILE?: string | undefined;
  LOCAL_KEYS?: boolean | undefined;
  UNKNOWN_KEYS_PER_MINUTE?: number | undefined;
  OAUTH_ISSUER?: string | undefined;
  OAUTH_AUDIENCE?: string | undefined;
  OAUTH_JWKS_URL?: string | undefined;
}
