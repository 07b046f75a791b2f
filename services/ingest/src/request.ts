import { type Fault, FaultsError, parseQuery, pointerTo, readJson } from '@effectstroom/contracts';
import type { ProblemError } from '@effectstroom/runtime';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { faultsProblem } from './parse.ts';

/** Which content type bodies of settings, keys and the like have. */
export const SAYS = 'send application/json in UTF-8';

/** The body of a request, as bytes; empty where there is none. */
export function bodyOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/** The JSON of a body. Throws a problem, 400, where the text is not right. */
export function jsonOf(request: FastifyRequest): unknown {
  const { value, faults } = readJson(bodyOf(request));
  if (faults.length === 0) return value;
  throw refusal(faults.map(({ path, code, detail }) => ({ pointer: pointerTo(path), code, detail })));
}

/** The query parameters of a request. Throws a problem, 400, that names all faults. */
export function queryOf<Schema extends z.ZodType>(schema: Schema, request: FastifyRequest): z.infer<Schema> {
  try {
    return parseQuery(schema, request.query);
  } catch (error) {
    if (!(error instanceof FaultsError)) throw error;
    throw faultsProblem(400, 'the question has faults: see errors', error.faults);
  }
}

/** A problem, 400, that names the faults of settings. */
export function refusal(faults: readonly Fault[]): ProblemError {
  return faultsProblem(400, 'these settings are not taken: see errors', faults);
}
