import type { IncomingHttpHeaders } from 'node:http';
import { MIMEType } from 'node:util';

/** How a request carries events: one or a batch as JSON (structured), or one in headers and body (binary). */
export type EventMode = 'single' | 'batch' | 'binary';

/** The mode that a request's headers ask for; undefined where its content type or encoding is not taken. */
export function eventModeOf(headers: IncomingHttpHeaders): EventMode | undefined {
  switch (jsonTypeOf(headers)) {
    case 'application/cloudevents+json':
      return 'single';
    case 'application/cloudevents-batch+json':
      return 'batch';
    case 'application/json':
      return Object.keys(headers).some((name) => name.startsWith('ce-')) ? 'binary' : undefined;
    default:
      return undefined;
  }
}

/** Whether a request carries plain JSON, as settings do. */
export function isJson(headers: IncomingHttpHeaders): boolean {
  return jsonTypeOf(headers) === 'application/json';
}

/**
 * The media type, in lower case; undefined where there is none, or the charset or encoding is not plain
 * UTF-8.
 */
function jsonTypeOf(headers: IncomingHttpHeaders): string | undefined {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') return undefined;
  const type = headers['content-type'];
  // The usual types first: reading one as the standard says takes longer than all else here.
  if (type === 'application/cloudevents+json' || type === 'application/cloudevents-batch+json') return type;
  if (type === undefined) return undefined;
  try {
    const { essence, params } = new MIMEType(type);
    return (params.get('charset') ?? 'utf-8').toLowerCase() === 'utf-8' ? essence : undefined;
  } catch {
    return undefined;
  }
}
