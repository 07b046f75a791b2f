import { describe, expect, it } from 'vitest';
import { boardVariables } from './config.ts';

describe('INGEST_URL', () => {
  const read = (text: string) => boardVariables.INGEST_URL.safeParse(text);

  it.each(['http://ingest:8080', 'https://ingest.example.nl/', 'http://127.0.0.1:8080'])(
    'may be %s',
    (text) => expect(read(text).data).toBe(new URL(text).origin),
  );

  it.each([
    ...['https://example.nl/ingest', 'http://ingest:8080/v1', 'https://example.nl/?a=b', 'ftp://ingest'],
    ...['https://user:secret@example.nl', 'ingest:8080', ''],
  ])('is refused as %s', (text) => expect(read(text).success).toBe(false));
});
