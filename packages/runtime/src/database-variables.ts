import { z } from 'zod';
import { integerVariable, textVariable } from './config.ts';

const REPLICAS_MAX = 10;
const SAYS = `must be up to ${REPLICAS_MAX} addresses postgres://… with commas between them`;

const isPostgresUrl = (text: string): boolean => {
  const url = URL.parse(text);
  return url !== null && /^postgres(ql)?:$/.test(url.protocol);
};

/** Variables of a service that only reads PostgreSQL. */
export const readVariables = {
  DATABASE_URL: textVariable.describe(
    'PostgreSQL, postgres://user:password@host:port/name; reading is enough',
  ),
  READ_DATABASE_URL: z
    .string({ error: SAYS })
    .transform((text) => text.split(',').map((url) => url.trim()))
    .refine((urls) => urls.length <= REPLICAS_MAX && urls.every(isPostgresUrl), { error: SAYS })
    .default([])
    .describe('its replicas, with commas between them, to read from; DATABASE_URL where none can serve'),
  READ_BEHIND_SECONDS_MAX: integerVariable(1, 86_400)
    .default(30)
    .describe('seconds that a replica may be behind while DATABASE_URL is there, default 30'),
};
