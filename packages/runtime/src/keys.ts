import { createHash } from 'node:crypto';
import type { Scope } from '@effectstroom/contracts';

export type { Scope } from '@effectstroom/contracts';

/** What a key may do and to whose data it is held. */
export interface Key {
  /** The same as long as the key exists, whatever its text. */
  id: string;
  name: string;
  scopes: readonly Scope[];
  hasScope(scope: Scope): boolean;
  /** Whether data of this organisation may be written or read. */
  coversOrganisation(organisation: string): boolean;
  /** Whether events of this source may be written. */
  coversSource(source: string): boolean;
  /** Organisations it is held to; undefined where it is held to none. */
  organisations: readonly string[] | undefined;
  /** Sources it is held to: exact, or the start of one followed by `*`. */
  sources: readonly string[];
  /** Undefined where it is not limited. */
  requestsPerMinute: number | undefined;
}

/** What a key is made from. */
export interface Grant {
  id: string;
  name: string;
  scopes: readonly Scope[];
  /** Slugs, or `*` for all. */
  organisations: readonly string[];
  sources: readonly string[];
  requestsPerMinute?: number | undefined;
}

/** The key that holds these rights. */
export function keyOfGrant({ id, name, scopes, organisations, sources, requestsPerMinute }: Grant): Key {
  const held = new Set(scopes);
  const covered = new Set(organisations);
  const exact = new Set(sources);
  const starts = sources.filter((source) => source.endsWith('*')).map((source) => source.slice(0, -1));
  return {
    ...{ id, name, scopes, sources, requestsPerMinute },
    hasScope: (scope) => held.has(scope) || held.has('admin'),
    coversOrganisation: (organisation) => covered.has(organisation) || covered.has('*'),
    coversSource: (source) => exact.has(source) || starts.some((start) => source.startsWith(start)),
    organisations: covered.has('*') ? undefined : [...covered],
  };
}

/** Whether one key may do all that another may: then it governs it. */
export function governs(admin: Key, key: Omit<Grant, 'id' | 'name'>): boolean {
  return (
    admin.hasScope('admin') &&
    key.scopes.every((scope) => admin.hasScope(scope)) &&
    key.organisations.every((organisation) => coversOrganisations(admin, organisation)) &&
    key.sources.every((source) => coversSources(admin, source))
  );
}

/** Whether a key covers what a grant names: an organisation, or `*` for all of them. */
export function coversOrganisations(key: Key, organisation: string): boolean {
  return key.organisations === undefined || (organisation !== '*' && key.coversOrganisation(organisation));
}

/** Whether a key covers what a grant names: a source, or all that start with what stands before a `*`. */
export function coversSources(key: Key, source: string): boolean {
  if (!source.endsWith('*')) return key.coversSource(source);
  const start = source.slice(0, -1);
  return key.sources.some((own) => own.endsWith('*') && start.startsWith(own.slice(0, -1)));
}

/** SHA-256 in hexadecimal: all that is kept of the text of a key. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
