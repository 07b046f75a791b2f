/**
 * The cases that were erased, kept beside the back-ups as salted hashes, so that a back-up of before an erasure
 * does not bring a case back. By itself it names nobody; with the salt, which is in the database and so in every
 * back-up of it, ids can be tried until one fits.
 */
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { StartFault } from '../start-fault.ts';
import { withClient } from '../with-client.ts';
import { holdingLock } from './hold-lock.ts';

const NAME = 'erased.json';
/**
 * Milliseconds: a back-up that was begun less than this after an erasure may have been made before its
 * transaction was done, or by another clock.
 */
const MARGIN = 3_600_000;
/** Writing the list takes a query and a file. */
const FREE_WITHIN_MS = 5_000;

const erasedSchema = z.object({
  /** UUID of the erasure. */
  erasure: z.uuid(),
  /** Code. */
  organisation: z.string(),
  /** SHA-256 of salt, organisation, a space and case, hexadecimal. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** When it was done, RFC 3339; null while it is not. */
  appliedAt: z.string().nullable(),
});
type ErasedEntry = z.infer<typeof erasedSchema>;

/** A case of the database that is on the list. */
export interface FoundErased {
  organisation: string;
  caseId: string;
}

/** The list as it stands in a folder of back-ups. */
function readErasedList(folder: string): ErasedEntry[] {
  const path = join(folder, NAME);
  if (!existsSync(path)) return [];
  try {
    return z.array(erasedSchema).parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new StartFault(`${path} is geen lijst van wat is gewist, of beschadigd.`, { cause });
  }
}

/**
 * @returns how many erasures are on the list
 * @throws {StartFault} where there is none
 */
export function requireErasedList(folder: string): number {
  if (existsSync(join(folder, NAME))) return readErasedList(folder).length;
  const parent = dirname(folder);
  const isOne = momentOf(basename(folder)) !== undefined || existsSync(join(parent, NAME));
  throw new StartFault(
    `In ${folder} staat geen ${NAME}. Geef de map van alle reservekopieën${isOne ? `: ${parent}` : ''}.`,
  );
}

/**
 * Adds what the database says was erased. An entry goes when every back-up that is left is of after it; where
 * no back-up stands, all stay.
 * @returns how many there are
 */
export function keepErasedList(folder: string, url: string): Promise<number> {
  const busy = `De lijst in ${folder} is in gebruik`;
  const lock = { path: join(folder, `${NAME}.lock`), withinMs: FREE_WITHIN_MS, busy };
  return holdingLock(lock, () => bringUpToDate(folder, url));
}

async function bringUpToDate(folder: string, url: string): Promise<number> {
  const entries = new Map(readErasedList(folder).map((entry) => [entry.erasure, entry]));
  for (const entry of await readErased(url, [...entries.values()])) entries.set(entry.erasure, entry);
  const oldest = readdirSync(folder)
    .map(momentOf)
    .filter((moment) => moment !== undefined)
    .sort()[0];
  const isNeeded = ({ appliedAt }: ErasedEntry) =>
    oldest === undefined || appliedAt === null || Date.parse(appliedAt) + MARGIN >= Date.parse(oldest);
  const kept = [...entries.values()].filter(isNeeded);
  const path = join(folder, NAME);
  writeFileSync(`${path}.half`, `${JSON.stringify(kept, null, 1)}\n`, { mode: 0o600, flush: true });
  renameSync(`${path}.half`, path);
  return kept.length;
}

/** The cases of a database, put back from a back-up, that were erased since. */
export async function findErased(folder: string, url: string): Promise<FoundErased[]> {
  const list = readErasedList(folder);
  if (list.length === 0) return [];
  return withClient(url, async (client) => {
    const { rows } = await client.query<FoundErased>(
      `SELECT DISTINCT l.organisation, c.case_id AS "caseId"
       FROM jsonb_to_recordset($1::jsonb) AS l(erasure text, organisation text, hash text)
       JOIN organisation o ON o.code = l.organisation
       CROSS JOIN erasure_salt s
       JOIN (SELECT organisation, case_id FROM event UNION SELECT organisation, case_id FROM quarantine) c
         ON c.organisation = o.id
         AND sha256(s.salt || convert_to(o.code || ' ' || c.case_id, 'UTF8')) = decode(l.hash, 'hex')
       WHERE NOT EXISTS (SELECT FROM erasure e WHERE e.id = l.erasure::uuid)`,
      [JSON.stringify(list)],
    );
    return rows;
  });
}

/** Those that the database keeps out, which it does for a month, and what became of those on the list. */
async function readErased(url: string, list: readonly ErasedEntry[]): Promise<ErasedEntry[]> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<Omit<ErasedEntry, 'appliedAt'> & { at: Date | null }>(
      `SELECT e.id AS erasure, o.code AS organisation, coalesce(encode(c.hash, 'hex'), l.hash) AS hash,
         e.applied_at AS at
       FROM erasure e JOIN organisation o ON o.id = e.organisation
       LEFT JOIN erased_case c ON c.erasure = e.id
       LEFT JOIN jsonb_to_recordset($1::jsonb) AS l(erasure text, hash text) ON l.erasure::uuid = e.id
       WHERE c.hash IS NOT NULL OR l.hash IS NOT NULL`,
      [JSON.stringify(list)],
    );
    return rows.map(({ erasure, organisation, hash, at }) => ({
      ...{ erasure, organisation, hash },
      appliedAt: at?.toISOString() ?? null,
    }));
  });
}

/** The moment in the name of a back-up, as `2026-11-22T13.05.00Z`; undefined for anything else. */
function momentOf(name: string): string | undefined {
  return /^\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\dZ$/.test(name) ? name.replaceAll('.', ':') : undefined;
}

/** The name of a back-up begun at a moment. */
export function nameOf(moment: Date): string {
  return `${moment.toISOString().slice(0, 19).replaceAll(':', '.')}Z`;
}
