import { z } from 'zod';
import type { Fault } from '../fault.ts';
import { code, freeText, oneOf, timestamp, uriReference, wholeNumber } from '../fields.ts';
import { LIMITS } from '../limits.ts';
import { personalDataFaults } from '../personal-data/personal-data-faults.ts';
import { faultsOfIssues } from '../zod-faults.ts';

/**
 * What a key lets its holder do. `admin` may do all the others do. `detail` adds to `read`: single cases, and
 * figures of few cases. `review` says of assessments what a team leader thinks of them.
 */
export const SCOPES = ['ingest', 'admin', 'read', 'detail', 'review'] as const;

/** One of `SCOPES`. */
export type Scope = (typeof SCOPES)[number];

/** Requests that a key may make in a minute where nothing else is said. */
export const REQUESTS_PER_MINUTE = 6000;

/** Begins the text of every key that is made: who finds one knows what it opens, and services where to look. */
export const KEY_PREFIX = 'efs_';

/** Limits of keys. */
export const KEY_LIMITS = {
  nameLength: 100,
  organisations: 200,
  sources: 200,
  requestsPerMinute: 600_000,
  /** Years that an expiry may lie ahead. */
  expiryYears: 10,
  overlapHours: 720,
} as const;

/** Hours that the older text of a rotated key works on where nothing else is said. */
export const OVERLAP_HOURS = 24;

function list<Item extends z.ZodType>(item: Item, least: number, most: number) {
  const says = `must be a list of ${least} to ${most} items`;
  return z.array(item, { error: says }).min(least, { error: says }).max(most, { error: says });
}

const ORGANISATION_SAYS = 'must be a slug, or * for all organisations';
const organisation = z
  .string({ error: ORGANISATION_SAYS })
  .max(LIMITS.codeLength, { error: ORGANISATION_SAYS })
  .regex(/^(?:\*|[a-z0-9]+(?:-[a-z0-9]+)*)$/, { error: ORGANISATION_SAYS })
  .meta({ description: 'A slug, or `*` for all' });

/** Body of `POST /v1/keys`. */
export const newKeySchema = z
  .strictObject(
    {
      name: freeText(1, KEY_LIMITS.nameLength).meta({ description: 'What it is for; no personal data' }),
      scopes: list(oneOf(SCOPES), 1, SCOPES.length),
      organisations: list(organisation, 1, KEY_LIMITS.organisations),
      sources: list(uriReference, 0, KEY_LIMITS.sources).meta({
        description: 'Sources whose events it may send: exact, or the start of one followed by `*`',
      }),
      expiresAt: timestamp
        .optional()
        .meta({ description: 'From then on it is refused; never where left out' }),
      requestsPerMinute: wholeNumber(1, KEY_LIMITS.requestsPerMinute)
        .optional()
        .meta({ default: REQUESTS_PER_MINUTE }),
    },
    { error: 'must be an object with name, scopes, organisations and sources' },
  )
  .meta({ id: 'NewKey' });

/** Body of `POST /v1/keys/{id}/rotate`. */
export const rotationSchema = z
  .strictObject(
    {
      overlapHours: wholeNumber(0, KEY_LIMITS.overlapHours)
        .optional()
        .meta({ default: OVERLAP_HOURS, description: 'Hours that the older text works on' }),
    },
    { error: 'must be an object with overlapHours' },
  )
  .meta({ id: 'Rotation' });

/** Address of a key. */
export const keyAddressSchema = z.strictObject({ id: code });

/** A key that is to be made. */
export interface NewKey {
  name: string;
  scopes: Scope[];
  organisations: string[];
  sources: string[];
  /** In UTC. */
  expiresAt: string | null;
  requestsPerMinute: number;
}

const NONE: ReadonlySet<string> = new Set();

/** What was asked for, or every fault of it. */
export type KeyResult<Value> = { value: Value; faults?: undefined } | { faults: Fault[]; value?: undefined };

/** Checks and normalises the body of `POST /v1/keys`. Never throws; the faults name no value. */
export function checkNewKey(body: unknown, now: Date): KeyResult<NewKey> {
  const checked = newKeySchema.safeParse(body);
  const faults = checked.success ? [] : faultsOfIssues(checked.error.issues, body, NONE);
  faults.push(...personalDataFaults(body));
  if (!checked.success || faults.length > 0) return { faults };
  const { name, scopes, organisations, sources, expiresAt, requestsPerMinute } = checked.data;
  if (scopes.includes('ingest') && sources.length === 0) {
    const detail = 'a key that sends events needs a source: name one, or the start of one followed by *';
    return { faults: [{ pointer: '/sources', code: 'length', detail }] };
  }
  if (expiresAt !== undefined && !isAhead(new Date(expiresAt), now)) {
    const detail = `must lie ahead, at most ${KEY_LIMITS.expiryYears} years`;
    return { faults: [{ pointer: '/expiresAt', code: 'range', detail }] };
  }
  return {
    value: {
      name,
      scopes: [...new Set(scopes)],
      organisations: [...new Set(organisations)],
      sources: [...new Set(sources)],
      expiresAt: expiresAt === undefined ? null : new Date(expiresAt).toISOString(),
      requestsPerMinute: requestsPerMinute ?? REQUESTS_PER_MINUTE,
    },
  };
}

/** Checks the body of `POST /v1/keys/{id}/rotate`; none is an empty one. Never throws. */
export function checkRotation(body: unknown): KeyResult<{ overlapHours: number }> {
  const checked = rotationSchema.safeParse(body ?? {});
  if (!checked.success) return { faults: faultsOfIssues(checked.error.issues, body, NONE) };
  return { value: { overlapHours: checked.data.overlapHours ?? OVERLAP_HOURS } };
}

function isAhead(moment: Date, now: Date): boolean {
  const latest = new Date(now);
  latest.setUTCFullYear(latest.getUTCFullYear() + KEY_LIMITS.expiryYears);
  return moment > now && moment <= latest;
}
