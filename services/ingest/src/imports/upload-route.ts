import { randomUUID } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { importQuerySchema, type Proposal, personalDataFaults } from '@effectstroom/contracts';
import {
  busy,
  type Key,
  type KeyRing,
  keyOf,
  Places,
  ProblemError,
  requireScope,
} from '@effectstroom/runtime';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { faultsProblem } from '../parse.ts';
import { queryOf } from '../request.ts';
import { covers, expectImports } from './import-access.ts';
import { startWorker } from './import-queue.ts';
import { importOf } from './import-record.ts';
import type { Imports } from './imports.ts';
import type { KeptMapping, MappingStore } from './mapping-store.ts';
import { saveUpload } from './save-upload.ts';
import type { ProposalAnswer } from './worker-messages.ts';

/** Imports that may wait, files that may come in and mappings that may be proposed, at the same time. */
const MOST = { waiting: 20, uploads: 4, proposals: 2 };

const TYPES: ReadonlySet<string> = new Set([
  'text/csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/octet-stream',
]);

type ImportQuery = z.infer<typeof importQuerySchema>;

/** Adds `POST /v1/imports`: its body goes to disk as it comes in, and is never held in memory. */
export function addUploadRoute(
  app: FastifyInstance,
  keys: KeyRing,
  mappings: MappingStore,
  maybe: Imports | undefined,
): void {
  const uploads = new Places(MOST.uploads, 'files come in');
  const proposals = new Places(MOST.proposals, 'mappings are proposed');
  const scope = requireScope(keys, 'ingest');
  app.register(async (own) => {
    own.removeAllContentTypeParsers();
    own.addContentTypeParser('*', (_request, body, done) => done(null, body));
    const config = { isUpload: true, audit: 'start import' };
    own.post('/v1/imports', { onRequest: [scope, expectFile], config }, async (request, reply) => {
      const imports = expectImports(maybe);
      const query = queryOf(importQuerySchema, request);
      const kept = query.mapping === undefined ? undefined : await mappingOf(mappings, query, keyOf(request));
      if (kept !== undefined && imports.store.waiting >= MOST.waiting) {
        throw busy(`${MOST.waiting} imports wait already`);
      }
      const id = randomUUID();
      const incoming = imports.files.path(id, 'incoming');
      try {
        await uploads.in(() =>
          saveUpload(bodyOf(request), incoming, {
            most: imports.bytes,
            announced: request.headers['content-length'],
            signal: imports.signal,
          }),
        );
        if (kept === undefined) return await proposals.in(() => propose(imports, incoming, query));
        add(imports, id, query, kept, keyOf(request));
      } finally {
        // Whatever was refused or failed: a file that nobody reads must not stay.
        imports.files.remove(id, 'incoming');
      }
      const record = imports.store.find(id);
      if (record === undefined) throw new Error('a new import is not there');
      return reply
        .code(202)
        .header('location', `/v1/imports/${id}`)
        .send(importOf(record, imports.queue.rateOf(record)));
    });
  });
}

async function expectFile({ headers }: FastifyRequest): Promise<void> {
  const encoding = headers['content-encoding'];
  const isPlain = encoding === undefined || encoding.toLowerCase() === 'identity';
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  if (isPlain && TYPES.has(type.trim().toLowerCase())) return;
  throw new ProblemError(415, `send the file itself, as one of ${[...TYPES].join(', ')}`);
}

/** The body as it comes in; the server gives it as a stream here, and nothing where there is none. */
function bodyOf({ body }: FastifyRequest): Readable {
  return body instanceof Readable ? body : Readable.from([]);
}

/** The mapping that is asked. Throws a problem, 404, where there is none that the key covers. */
async function mappingOf(mappings: MappingStore, query: ImportQuery, key: Key): Promise<KeptMapping> {
  const { mapping: code = '', version, name = '' } = query;
  const faults = personalDataFaults({ name });
  if (faults.length > 0) throw faultsProblem(400, 'the question has faults: see errors', faults);
  const kept = await mappings.get(code, version === undefined ? undefined : Number(version));
  if (kept !== undefined && covers(key, kept.mapping)) return kept;
  throw new ProblemError(404, 'there is no such mapping');
}

/** Puts a file that has come in at the end of the queue. */
function add(imports: Imports, id: string, query: ImportQuery, kept: KeptMapping, key: Key): void {
  renameSync(imports.files.path(id, 'incoming'), imports.files.path(id, 'upload'));
  imports.store.add({
    ...{ id, name: query.name, key: key.name, keyId: key.id, createdAt: Date.now(), ...kept },
    ...{ dryRun: query.dryRun === 'true', full: query.full === 'true' },
  });
  imports.queue.wake();
}

/** Proposes a mapping for a file, in a thread of its own; the file goes. */
async function propose(imports: Imports, file: string, query: ImportQuery): Promise<Proposal> {
  const { municipality, organisation, source, programme } = query;
  const given = {
    ...(municipality !== undefined && { municipality }),
    ...(organisation !== undefined && { organisation }),
    ...(source !== undefined && { source }),
    ...(programme !== undefined && { programme }),
  };
  const worker = startWorker({ settings: imports.settings, job: { do: 'propose', file, given } });
  try {
    const answer = await new Promise<ProposalAnswer>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the thread of a proposal ended without an answer')));
    });
    if ('proposal' in answer) return answer.proposal;
    throw new ProblemError(400, answer.failure.detail, {}, { code: answer.failure.code });
  } finally {
    await worker.terminate();
    rmSync(file, { force: true });
  }
}
