import { type Fault, nameForDetail, pointerTo } from '@effectstroom/contracts';

/** Headers of a request, each with all its values. */
export type DistinctHeaders = Readonly<Record<string, string[] | undefined>>;

const PREFIX = 'ce-';
const FORBIDDEN: ReadonlySet<string> = new Set(['data', 'datacontenttype']);

/**
 * The event of a binary-mode request (CloudEvents HTTP protocol binding, 3.1): attributes from the `ce-`
 * headers, `datacontenttype` from the content type, `data` from the body. What is wrong with the headers is
 * added to `faults`.
 */
export function eventOfHeaders(
  headers: DistinctHeaders,
  data: unknown,
  faults: Fault[],
): Record<string, unknown> {
  const event: Record<string, unknown> = {};
  for (const [header, values = []] of Object.entries(headers)) {
    if (!header.startsWith(PREFIX)) continue;
    const name = header.slice(PREFIX.length);
    const [value = ''] = values;
    if (FORBIDDEN.has(name)) {
      const detail = `${name} comes from the content type or the body, not from a header`;
      faults.push({ index: 0, pointer: pointerTo([name]), code: 'not-allowed', detail });
    } else if (values.length > 1) {
      event[name] = value;
      const detail = `the header of ${nameForDetail(name)} is given twice: give it once`;
      faults.push({ index: 0, pointer: pointerTo([name]), code: 'duplicate-member', detail });
    } else {
      const text = decodeValue(value);
      // What cannot be read is checked as it was sent: a BSN in it is named too.
      event[name] = text ?? value;
      if (text !== undefined) continue;
      const detail = 'must be printable ASCII, with other characters percent-encoded as UTF-8';
      faults.push({ index: 0, pointer: pointerTo([name]), code: 'format', detail });
    }
  }
  event['datacontenttype'] = headers['content-type']?.[0];
  event['data'] = data;
  return event;
}

/** The text that a header's value stands for (3.1.3.2); undefined where it is not encoded well. */
function decodeValue(value: string): string | undefined {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(value)?.[1];
  const text = quoted === undefined ? value : quoted.replace(/\\(.)/g, '$1');
  if (!/^[\x20-\x7e]*$/.test(text)) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
