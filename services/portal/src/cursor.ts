/** Where a next page starts, as an opaque text. */
import { FaultsError } from '@effectstroom/contracts';

export function cursorOf(...parts: (string | number | bigint)[]): string {
  return Buffer.from(JSON.stringify(parts.map(String))).toString('base64url');
}

/** The parts of a cursor of this many parts. @throws FaultsError where it is none of ours. */
export function readCursor(cursor: string, isPart: readonly RegExp[]): string[] {
  const parts = parse(cursor);
  if (parts.length === isPart.length && isPart.every((pattern, place) => pattern.test(parts[place] ?? '')))
    return parts;
  throw new FaultsError([
    { pointer: '/cursor', code: 'format', detail: 'must be the next of the page before' },
  ]);
}

function parse(cursor: string): string[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(parts) ? parts.map(String) : [];
  } catch {
    return [];
  }
}
