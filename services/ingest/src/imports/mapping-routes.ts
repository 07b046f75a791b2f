import { checkMapping, mappingQuerySchema } from '@effectstroom/contracts';
import { type KeyRing, keyOf, ProblemError, requireScope } from '@effectstroom/runtime';
import type { FastifyInstance } from 'fastify';
import { isJson } from '../event-mode.ts';
import type { Guard } from '../guard.ts';
import { faultsProblem } from '../parse.ts';
import { jsonOf, queryOf, SAYS } from '../request.ts';
import { covers } from './import-access.ts';
import type { MappingStore } from './mapping-store.ts';

interface MappingRoute {
  Params: { code: string };
}

/** Adds `PUT` and `GET /v1/mappings/{code}` and `GET /v1/mappings`. */
export function addMappingRoutes(
  app: FastifyInstance,
  keys: KeyRing,
  guard: Guard,
  mappings: MappingStore,
): void {
  const put = { onRequest: guard('admin', isJson, SAYS), config: { audit: 'put mapping' } };
  const get = { onRequest: requireScope(keys, 'ingest') };

  app.put<MappingRoute>('/v1/mappings/:code', put, async (request) => {
    const key = keyOf(request);
    const { mapping, faults } = checkMapping(request.params.code, jsonOf(request));
    if (faults !== undefined) throw faultsProblem(400, 'this mapping is not taken: see errors', faults);
    const mayPut = (one: { organisation: string; source: string }): void => {
      if (covers(key, one)) return;
      throw new ProblemError(403, 'this key does not cover this organisation and source');
    };
    mayPut(mapping);
    return { code: mapping.code, version: await mappings.put(mapping, mayPut) };
  });

  app.get('/v1/mappings', get, async (request) => {
    const key = keyOf(request);
    const kept = (await mappings.list()).filter(({ mapping }) =>
      key.coversOrganisation(mapping.organisation),
    );
    return {
      rows: kept.map(({ version, mapping: { code, name, organisation, source } }) => {
        return { code, version, name, organisation, source };
      }),
    };
  });

  app.get<MappingRoute>('/v1/mappings/:code', get, async (request) => {
    const { version } = queryOf(mappingQuerySchema, request);
    const kept = await mappings.get(request.params.code, version === undefined ? undefined : Number(version));
    if (kept === undefined || !keyOf(request).coversOrganisation(kept.mapping.organisation)) {
      throw new ProblemError(404, 'there is no such mapping');
    }
    const { code, ...mapping } = kept.mapping;
    return { code, version: kept.version, ...mapping };
  });
}
