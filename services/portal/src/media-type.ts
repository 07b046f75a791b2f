/** Which kind of answer a request takes. */
import { ProblemError } from '@effectstroom/runtime';
import type { FastifyRequest } from 'fastify';

/** Media types of answers, in the order of preference where a request takes several alike. */
export const MEDIA_TYPES = {
  json: 'application/json',
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

export type Media = keyof typeof MEDIA_TYPES;

const EVERY = Object.keys(MEDIA_TYPES) as Media[];

/**
 * The kind of answer that `Accept` likes best (RFC 9110, 12.5.1). Throws a problem, 406, where it takes none.
 */
export function mediaOf(request: FastifyRequest): Media {
  const type = preferredType(request, Object.values(MEDIA_TYPES));
  return EVERY.find((media) => MEDIA_TYPES[media] === type) ?? 'json';
}

/** The media type among `types` that `Accept` likes best; the first of those that it likes alike. Throws as {@link mediaOf}. */
export function preferredType<const Type extends string>(
  request: FastifyRequest,
  types: readonly Type[],
): Type {
  const ranges = (request.headers.accept ?? '*/*').split(',').map(rangeOf);
  const best = types
    .map((type) => ({ type, weight: weightOf(type, ranges) }))
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)[0];
  if (best !== undefined) return best.type;
  throw new ProblemError(406, `ask for one of ${types.join(', ')} in Accept`);
}

interface Range {
  type: string;
  weight: number;
}

function rangeOf(text: string): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  return { type, weight: weight === undefined ? 1 : Number(weight) || 0 };
}

/** The weight of the range that names the type most exactly. */
function weightOf(type: string, ranges: readonly Range[]): number {
  const names = [type, `${type.split('/')[0]}/*`, '*/*'];
  for (const name of names) {
    const range = ranges.find((one) => one.type === name);
    if (range !== undefined) return range.weight;
  }
  return 0;
}
