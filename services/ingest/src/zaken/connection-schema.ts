import { isLoopback } from '@effectstroom/runtime';
import { z } from 'zod';

const ADDRESS_SAYS =
  'must be an https address without query or user name (http only on this machine, or with allowHttp)';

const address = z
  .string({ error: ADDRESS_SAYS })
  .max(500, { error: ADDRESS_SAYS })
  .refine(isAddress, { error: ADDRESS_SAYS })
  .transform((text) => (text.endsWith('/') ? text : `${text}/`));

function isAddress(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return false;
  return url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}

function number(min: number, max: number) {
  const says = `must be a number from ${min} to ${max}`;
  return z.number({ error: says }).min(min, { error: says }).max(max, { error: says });
}

const CODE_SAYS = 'must be a code of 1 to 64 of A-Z a-z 0-9 . _ -';
const HASH_SAYS =
  'must be the SHA-256 of the Authorization value, 64 hexadecimal digits, or a list of 1 to 5';
const hash = z.string({ error: HASH_SAYS }).regex(/^[0-9a-f]{64}$/, { error: HASH_SAYS });

const connection = z
  .strictObject({
    code: z.string({ error: CODE_SAYS }).regex(/^[A-Za-z0-9._-]{1,64}$/, { error: CODE_SAYS }),
    /** As `PUT /v1/mappings/{code}` takes it; checked apart, so that its faults have the usual texts. */
    mapping: z.unknown(),
    zakenUrl: address,
    catalogiUrl: address.optional(),
    /** Takes http where the address is not this machine: only for a network that encrypts by itself. */
    allowHttp: z.boolean({ error: 'must be true or false' }).default(false),
    clientId: z.string().min(1).max(200),
    /** File with the secret that goes with `clientId`; relative to this file. */
    secretFile: z.string().min(1).max(1000),
    authorization: z.union([hash, z.array(hash).min(1).max(5)], { error: HASH_SAYS }),
    zaaktypen: z.array(z.string().min(1).max(50)).min(1).max(200).optional(),
    pollMinutes: number(0.01, 1440).default(60),
    recheckHours: number(0.001, 744).default(24),
    timeoutSeconds: number(0.1, 120).default(10),
    retrySeconds: number(0.01, 600).default(5),
  })
  .superRefine(({ allowHttp, zakenUrl, catalogiUrl }, context) => {
    for (const [name, text] of Object.entries({ zakenUrl, catalogiUrl })) {
      const url = text === undefined ? null : URL.parse(text);
      if (url?.protocol !== 'http:' || allowHttp || isLoopback(url.hostname)) continue;
      context.addIssue({ code: 'custom', path: [name], message: ADDRESS_SAYS });
    }
  });

/** The file that `ZAKEN_FILE` names. */
export const connectionFileSchema = z.strictObject(
  { connections: z.array(connection).max(100) },
  { error: 'must be an object with connections' },
);

/** A connection as the file has it, defaults filled. */
export type SentConnection = z.infer<typeof connectionFileSchema>['connections'][number];
