/** Programmes and price lists, and every version they have had. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database, SettingsTable } from '../tables.ts';
import { utcText } from './snapshot.ts';

export interface SettingsRecord {
  /** Number of the message that brought the version. */
  number: bigint;
  kind: SettingsTable['kind'];
  /** municipality/organisation/programme, or the code of the price list or organisation. */
  key: string;
  /** RFC 3339 in UTC. */
  knownAt: string;
  /** The normalised settings, as they were published. */
  body: unknown;
}

/** The columns of a {@link SettingsRecord}. */
export const settingsRecord = sql`number, kind, key, ${utcText(sql`known_at`)} AS "knownAt", body`;

export interface ProgrammeScope {
  municipality?: string | undefined;
  organisation?: string | undefined;
  programme?: string | undefined;
  /** Codes of the organisations that may be read; undefined is all. */
  organisations: readonly string[] | undefined;
  /** As known then, RFC 3339; undefined is now. */
  asOf: string | undefined;
}

/** The version in force of each programme in scope. */
export async function readProgrammes(db: Kysely<Database>, scope: ProgrammeScope): Promise<SettingsRecord[]> {
  const { municipality, organisation, programme, asOf } = scope;
  const { rows } = await sql<SettingsRecord>`SELECT DISTINCT ON (key) ${settingsRecord} FROM settings
    WHERE kind = 'programme' AND ${ofOrganisations(scope.organisations)}
      AND ${part(1, municipality)} AND ${part(2, organisation)} AND ${part(3, programme)}
      AND ${asOf === undefined ? sql`true` : sql`known_at <= ${asOf}::timestamptz`}
    ORDER BY key, number DESC`.execute(db);
  return rows;
}

export interface SettingsPage {
  kind: SettingsTable['kind'];
  organisations: readonly string[] | undefined;
  /** The page starts behind this key. */
  afterKey: string;
  limit: number;
}

/** The version in force of each programme or price list, by key. */
export async function readSettingsPage(db: Kysely<Database>, page: SettingsPage): Promise<SettingsRecord[]> {
  const isReadable = page.kind === 'programme' ? ofOrganisations(page.organisations) : sql`true`;
  const { rows } =
    await sql<SettingsRecord>`SELECT DISTINCT ON (key COLLATE "C") ${settingsRecord} FROM settings
    WHERE kind = ${page.kind} AND key COLLATE "C" > ${page.afterKey} AND ${isReadable}
    ORDER BY key COLLATE "C", number DESC LIMIT ${page.limit}`.execute(db);
  return rows;
}

/** Every version of one programme or price list, newest first. */
export async function readSettingsHistory(
  db: Kysely<Database>,
  kind: SettingsTable['kind'],
  key: string,
): Promise<SettingsRecord[]> {
  const { rows } = await sql<SettingsRecord>`SELECT ${settingsRecord} FROM settings
    WHERE kind = ${kind} AND key = ${key} ORDER BY number DESC`.execute(db);
  return rows;
}

/** The versions with these numbers. */
export async function readSettingsVersions(
  db: Kysely<Database>,
  numbers: readonly bigint[],
): Promise<SettingsRecord[]> {
  if (numbers.length === 0) return [];
  const { rows } = await sql<SettingsRecord>`SELECT ${settingsRecord} FROM settings
    WHERE number = ANY(${numbers.map(String)}::bigint[])`.execute(db);
  return rows;
}

function part(place: number, value: string | undefined): RawBuilder<unknown> {
  return value === undefined ? sql`true` : sql`split_part(key, '/', ${place}) = ${value}`;
}

function ofOrganisations(codes: readonly string[] | undefined): RawBuilder<unknown> {
  return codes === undefined ? sql`true` : sql`split_part(key, '/', 2) = ANY(${[...codes]}::text[])`;
}
