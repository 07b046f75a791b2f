import { ProblemError } from '@effectstroom/runtime';
import type { FastifyReply } from 'fastify';
import { MEDIA_TYPES, type Media } from '../media-type.ts';
import { csvOf } from './csv.ts';
import type { Table } from './table.ts';
import { xlsxOf } from './xlsx.ts';

/** A spreadsheet is made whole, in one go: this many take about a second. */
const XLSX_CELLS_MAX = 200_000;

/** Answers a list as a file. The next page, if any, is a `Link` (RFC 8288): a file has no place for it. */
export async function sendTable(
  reply: FastifyReply,
  media: Exclude<Media, 'json'>,
  table: Table,
): Promise<FastifyReply> {
  if (media === 'xlsx' && table.rows.length * table.columns.length > XLSX_CELLS_MAX)
    throw new ProblemError(400, 'the answer is too large for XLSX: narrow the question, or ask for text/csv');
  reply.header('content-disposition', `attachment; filename="${table.name}.${media}"`);
  if (typeof table.next === 'string')
    reply.header('link', `<${nextPage(reply.request.url, table.next)}>; rel="next"`);
  if (media === 'csv')
    return reply.type(`${MEDIA_TYPES.csv}; charset=utf-8; header=present`).send(csvOf(table));
  return reply.type(MEDIA_TYPES.xlsx).send(await xlsxOf(table));
}

function nextPage(url: string, cursor: string): string {
  const next = new URL(url, 'http://localhost');
  next.searchParams.set('cursor', cursor);
  return next.pathname + next.search;
}
