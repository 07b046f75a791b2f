/** What is asked of the server about imports. */
import {
  type Import,
  importSchema,
  importsSchema,
  proposalSchema,
  reportSchema,
  vanishedSchema,
} from '@effectstroom/contracts';
import { z } from 'zod';
import { readAnswer, type Server } from './server.ts';
import { upload } from './upload.ts';

/** A file to import. */
export interface FileToImport {
  file: string;
  bytes: number;
  /** What the server calls it, and its report. */
  name: string;
  /** Told how many bytes have been sent. */
  onSent?: (bytes: number) => void;
}

/** How to import it. */
export interface ImportChoices {
  mapping: string;
  dryRun: boolean;
  /** Whether the file holds every case there is. */
  full: boolean;
}

/** What a proposal of a mapping cannot find in the file. */
export interface ProposalGiven {
  municipality?: string | undefined;
  organisation?: string | undefined;
  source?: string | undefined;
  programme?: string | undefined;
}

export type Proposal = z.infer<typeof proposalSchema>;
export type ReportRow = z.infer<typeof reportSchema>['rows'][number];
export type Vanished = z.infer<typeof vanishedSchema>;

const PATH = '/v1/imports';
/** Characters of a name that the server takes. */
const NAME_LENGTH = 200;

/** Sends a file to be imported. */
export async function startImport(
  server: Server,
  { name, ...sent }: FileToImport,
  { mapping, dryRun, full }: ImportChoices,
): Promise<Import> {
  const flags = { dryRun: dryRun ? 'true' : undefined, full: full ? 'true' : undefined };
  const query = { mapping, ...flags, name: name.slice(0, NAME_LENGTH) };
  return readAnswer(await upload(server, { ...sent, path: PATH, query }), importSchema);
}

/** Sends a file to have a mapping proposed for it; the server keeps nothing. */
export async function askProposal(
  server: Server,
  { name: _, ...sent }: FileToImport,
  given: ProposalGiven,
): Promise<Proposal> {
  return readAnswer(await upload(server, { ...sent, path: PATH, query: { ...given } }), proposalSchema);
}

export function getImport(server: Server, id: string): Promise<Import> {
  return server.ask({ method: 'GET', path: importPath(id) }, importSchema);
}

/** The newest imports, newest first. */
export async function listImports(server: Server): Promise<Import[]> {
  return (await server.ask({ method: 'GET', path: PATH }, importsSchema)).rows;
}

export async function stopImport(server: Server, id: string): Promise<void> {
  await server.do({ method: 'POST', path: `${importPath(id)}/stop` });
}

export async function resumeImport(server: Server, id: string): Promise<void> {
  await server.do({ method: 'POST', path: `${importPath(id)}/resume` });
}

/** The first refused rows of an import. */
export async function getRefusedRows(server: Server, id: string, most: number): Promise<ReportRow[]> {
  return (await getReportPage(server, id, { status: 'refused', limit: String(most) })).rows;
}

/** A page of the report of an import. */
export function getReportPage(
  server: Server,
  id: string,
  query: { status?: string; after?: string | undefined; limit: string },
): Promise<z.infer<typeof reportSchema>> {
  return server.ask({ method: 'GET', path: `${importPath(id)}/report`, query }, reportSchema);
}

/** Cases delivered before that an import of everything does not have; the first page of them. */
export function getVanished(server: Server, id: string): Promise<Vanished> {
  return server.ask({ method: 'GET', path: `${importPath(id)}/vanished` }, vanishedSchema);
}

/** Has them withdrawn, as a part of the import that then goes on; 409 unless there are `count` of them. */
export async function withdrawAll(
  server: Server,
  id: string,
  count: number,
  reason: 'error' | 'consent',
): Promise<void> {
  const body = { type: 'application/json', text: JSON.stringify({ count, reason }) };
  await server.do({ method: 'POST', path: `${importPath(id)}/vanished/withdraw`, body });
}

/** The newest version of a mapping; `Refused` with 404 where there is none for this key. */
export async function getMappingVersion(server: Server, code: string): Promise<number> {
  const path = `/v1/mappings/${encodeURIComponent(code)}`;
  return (await server.ask({ method: 'GET', path }, z.object({ version: z.int() }))).version;
}

/** The path of an import. */
export function importPath(id: string): string {
  return `${PATH}/${encodeURIComponent(id)}`;
}

/** Whether an import has come to its end, or stands still. */
export function hasEnded({ state }: Import): boolean {
  return state === 'done' || state === 'failed' || state === 'stopped';
}
