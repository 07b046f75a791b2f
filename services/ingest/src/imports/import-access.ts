import { type Key, keyOf, ProblemError } from '@effectstroom/runtime';
import type { FastifyRequest } from 'fastify';
import type { ImportRecord } from './import-record.ts';
import type { Imports } from './imports.ts';

/** A route of one import. */
export interface ImportRoute {
  Params: { id: string };
}

/** Whether a key covers what an import or mapping writes. */
export function covers(
  key: Key,
  { organisation, source }: { organisation: string; source: string },
): boolean {
  return key.coversOrganisation(organisation) && key.coversSource(source);
}

/** Throws a problem, 404, where this installation has no folder for imports. */
export function expectImports(imports: Imports | undefined): Imports {
  if (imports !== undefined) return imports;
  throw new ProblemError(404, 'imports need DATA_FOLDER: ask the manager of this installation');
}

/** The import in the address. Throws a problem, 404, where there is none that the key covers. */
export function importIn(imports: Imports, request: FastifyRequest<ImportRoute>): ImportRecord {
  const record = imports.store.find(request.params.id);
  if (record !== undefined && covers(keyOf(request), record)) return record;
  throw new ProblemError(404, 'there is no such import');
}
