import { FaultsError, parseQuery } from '@effectstroom/contracts';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { faultsProblem } from '../parse.ts';

/** The query parameters of a request. Throws a problem, 400, that names all faults. */
export function queryOf<Schema extends z.ZodType>(schema: Schema, request: FastifyRequest): z.infer<Schema> {
  try {
    return parseQuery(schema, request.query);
  } catch (error) {
    if (!(error instanceof FaultsError)) throw error;
    throw faultsProblem(400, 'the question has faults: see errors', error.faults);
  }
}
