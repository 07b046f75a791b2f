/** The settings that a case is valued with now. */
import type { PriceList, Programme } from '@effectstroom/contracts';
import { type Database, readNewestSettings } from '@effectstroom/database';
import { ProblemError } from '@effectstroom/runtime';
import type { Kysely } from 'kysely';

/** A programme and the price list that it names. */
export interface SettingsInForce {
  programme: Programme;
  /** Undefined where it names none, or one that is not there. */
  priceList: PriceList | undefined;
}

/** Of whose programme they are. */
export interface ProgrammeOfCase {
  municipality: string;
  organisation: string;
  programme: string;
}

/** Undefined where there is no such programme. */
export async function readSettingsInForce(
  db: Kysely<Database>,
  of: ProgrammeOfCase,
): Promise<SettingsInForce | undefined> {
  const programme = await readProgramme(db, of);
  if (programme === undefined) return undefined;
  const { priceList: code } = programme;
  return { programme, priceList: code === undefined ? undefined : await readPriceList(db, code) };
}

/** A programme as in force; undefined where there is none. */
export async function readProgramme(
  db: Kysely<Database>,
  of: ProgrammeOfCase,
): Promise<Programme | undefined> {
  return (await readNewestSettings(db, 'programme', programmeKey(of)))?.body as Programme | undefined;
}

/** What its settings are kept under. */
export function programmeKey({ municipality, organisation, programme }: ProgrammeOfCase): string {
  return [municipality, organisation, programme].join('/');
}

/** The same, for a case that counts: a case counts only where its programme is known. */
export async function settingsOfCase(db: Kysely<Database>, of: ProgrammeOfCase): Promise<SettingsInForce> {
  const settings = await readSettingsInForce(db, of);
  if (settings === undefined)
    throw new ProblemError(409, 'this case cannot be assessed: its programme is not known');
  return settings;
}

async function readPriceList(db: Kysely<Database>, code: string): Promise<PriceList | undefined> {
  return (await readNewestSettings(db, 'price-list', code))?.body as PriceList | undefined;
}
