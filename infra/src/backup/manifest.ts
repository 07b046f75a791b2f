/** What a back-up holds: without a manifest that fits, nothing of it is put back. */
import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { StartFault } from '../start-fault.ts';

const NAME = 'manifest.json';

const manifestSchema = z.object({
  /** Of the form of back-ups, for what comes later. */
  version: z.literal(1),
  /** When it was begun, RFC 3339: everything known before is in it. */
  madeAt: z.string(),
  programs: z.record(z.string(), z.string()),
  /** `dump` has all, `record` only what a rebuild needs, `base` is a copy of the cluster, to go to any moment. */
  database: z.enum(['dump', 'record', 'base']),
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** Adds the manifest to a folder that is otherwise finished. */
export async function writeManifest(
  folder: string,
  about: Omit<Manifest, 'version' | 'files'>,
): Promise<Manifest> {
  const files: Manifest['files'] = [];
  for (const path of filesOf(folder)) files.push(await fileOf(folder, path));
  const manifest: Manifest = { version: 1, ...about, files };
  writeFileSync(join(folder, NAME), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true });
  return manifest;
}

/** @throws {StartFault} where the folder is no back-up, or a file of it is missing or has changed */
export async function readManifest(folder: string): Promise<Manifest> {
  const manifest = parsed(folder);
  const wrong: string[] = [];
  for (const { path, sha256 } of manifest.files) {
    const found = await fileOf(folder, path).catch(() => undefined);
    if (found?.sha256 !== sha256)
      wrong.push(found === undefined ? `${path} ontbreekt` : `${path} is veranderd`);
  }
  if (wrong.length > 0)
    throw new StartFault(`De reservekopie in ${folder} is niet heel:\n  ${wrong.join('\n  ')}`);
  return manifest;
}

function parsed(folder: string): Manifest {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(join(folder, NAME), 'utf8')));
  } catch (cause) {
    throw new StartFault(
      `In ${folder} staat geen reservekopie (${NAME} ontbreekt of is van een andere versie).`,
      {
        cause,
      },
    );
  }
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== NAME)
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

async function fileOf(folder: string, path: string): Promise<Manifest['files'][number]> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(join(folder, path)), hash);
  return { path, bytes: statSync(join(folder, path)).size, sha256: hash.digest('hex') };
}
