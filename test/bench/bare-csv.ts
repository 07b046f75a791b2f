/**
 * The limit of an import: reading the same file with the same library, in its quickest way, and doing
 * nothing.
 */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse';
import { answerRequests } from './child.ts';

export interface BareCsvRequest {
  file: string;
}

const CHUNK_BYTES = 256 * 1024;

/** @returns rows a second */
answerRequests<BareCsvRequest, number>(async ({ file }) => {
  let rows = 0;
  const startedAt = performance.now();
  const parser = parse({
    bom: true,
    delimiter: ';',
    relax_column_count: true,
    relax_quotes: true,
    on_record: () => {
      rows++;
      return null;
    },
  });
  await pipeline(createReadStream(file, { highWaterMark: CHUNK_BYTES }), parser.resume());
  return (rows * 1_000) / (performance.now() - startedAt);
});
