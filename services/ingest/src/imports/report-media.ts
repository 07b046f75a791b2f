import { ProblemError } from '@effectstroom/runtime';
import type { FastifyRequest } from 'fastify';

/** How a report can be asked for, in the order of preference where a request takes several alike. */
const MEDIA = { json: 'application/json', csv: 'text/csv', html: 'text/html' } as const;

/** A form of a report. */
export type ReportMedia = keyof typeof MEDIA;

/** The form that `Accept` likes best (RFC 9110, 12.5.1). Throws a problem, 406, where it takes none. */
export function reportMediaOf(request: FastifyRequest): ReportMedia {
  const weights = new Map<string, number>();
  for (const range of (request.headers.accept ?? '*/*').split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    weights.set(type, quality === undefined ? 1 : Number(quality) || 0);
  }
  let best: { media: ReportMedia; weight: number } | undefined;
  for (const media of Object.keys(MEDIA) as ReportMedia[]) {
    const type = MEDIA[media];
    const names = [type, `${type.split('/')[0]}/*`, '*/*'];
    const weight = names.map((name) => weights.get(name)).find((found) => found !== undefined) ?? 0;
    if (weight > (best?.weight ?? 0)) best = { media, weight };
  }
  if (best !== undefined) return best.media;
  throw new ProblemError(406, `ask for one of ${Object.values(MEDIA).join(', ')} in Accept`);
}
