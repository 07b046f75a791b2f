/**
 * Rows a second that ingest imports, beside reading the file and doing nothing; its memory; and a kill
 * halfway.
 */
import { openAsBlob } from 'node:fs';
import { join } from 'node:path';
import type { SeenImport } from '../imports/import-client.ts';
import type { BareCsvRequest } from './bare-csv.ts';
import { Child } from './child.ts';
import { quantitiesOf, tenthsOf, writeExport } from './import-file.ts';
import { ROWS_OF_BATCH, upsertRows } from './import-peer.ts';
import { importReport } from './import-report.ts';
import { ImportServers, MAPPING } from './import-servers.ts';
import { type Memory, MemoryWatch } from './memory-watch.ts';
import type { BenchContext, PartReport } from './parts.ts';

export interface ImportRound {
  /** Rows a second: reading with the library, an import of new cases, and of the same file again. */
  limit: number;
  imported: number;
  unchanged: number;
  /** Of a script that puts rows in PostgreSQL, one at a time and by the batch. */
  script: number;
  batches: number;
}

/** What a kill -9 halfway came to. */
export interface KilledImport {
  /** Rows of which the outcome was kept when ingest was killed. */
  killedAt: number;
  /** Different cases in the stream, and what their quantities add up to, beside what they must be. */
  cases: number;
  quantities: number;
  expectedQuantities: number;
  /** Events in the stream; those above the cases were sent twice, under the same identity. */
  events: number;
}

export interface ImportResult {
  rows: number;
  fewRows: number;
  rounds: ImportRound[];
  /** Of ingest, with the threads of its imports: of a file with few rows and of one with all. */
  few: Memory | undefined;
  many: Memory | undefined;
  killed: KilledImport;
}

/** A tenth of the rows: memory must not grow from there. */
const FEW = 10;

/** Measures in turns: each round starts with an empty stream and an ingest that has done nothing yet. */
export async function importPart(context: BenchContext): Promise<PartReport> {
  const servers = await ImportServers.start(context.signal);
  try {
    const { PostgreSQL, ...versions } = servers.versions;
    return importReport(await measureImport(servers, context), { PostgreSQL, ...versions });
  } finally {
    await servers.stop();
  }
}

/** @throws Error where a row was lost or sent under two identities */
async function measureImport(
  servers: ImportServers,
  { options, signal, tell }: BenchContext,
): Promise<ImportResult> {
  const { importRows: rows, rounds, peerSeconds } = options;
  const bare = Child.start<BareCsvRequest, number>('bare-csv.ts');
  try {
    const [few, many] = [join(servers.folder, 'few.csv'), join(servers.folder, 'many.csv')];
    await writeExport(few, rows / FEW);
    await writeExport(many, rows);
    const memories: (Memory | undefined)[] = [];
    await servers.startAnew();
    memories.push((await watched(servers, () => importFile(servers, few))).memory);
    const measured: ImportRound[] = [];
    for (let round = 0; round < rounds; round++) {
      signal.throwIfAborted();
      const limit = await bare.ask({ file: many });
      await servers.startAnew();
      const first = await watched(servers, () => importFile(servers, many));
      if (round === 0) memories.push(first.memory);
      const again = await importFile(servers, many);
      const scripted = (rowsAtOnce: number) =>
        upsertRows(servers.databaseUrl, many, { rowsAtOnce, seconds: peerSeconds });
      const [script, batches] = [await scripted(1), await scripted(ROWS_OF_BATCH)];
      const [imported, unchanged] = [rows / first.seconds, rows / again];
      measured.push({ limit, imported, unchanged, script, batches });
      const rates = [imported, unchanged, limit, script, batches].map(Math.round);
      tell(`round ${round + 1}: new, unchanged, limit, script, by the batch: ${rates.join(', ')} rows/s`);
    }
    tell('killed halfway …');
    const killed = await killHalfway(servers, many, rows);
    if (killed.cases !== rows || killed.quantities !== killed.expectedQuantities)
      throw new Error(`An import that was killed came to ${JSON.stringify(killed)} of ${rows} rows`);
    const [fewMemory, manyMemory] = memories;
    return { rows, fewRows: rows / FEW, rounds: measured, few: fewMemory, many: manyMemory, killed };
  } finally {
    await bare.stop();
  }
}

async function watched(servers: ImportServers, work: () => Promise<number>) {
  const watch = new MemoryWatch(servers.pid);
  let memory: Memory | undefined;
  let seconds: number;
  try {
    seconds = await work();
  } finally {
    memory = watch.stop();
  }
  return { seconds, memory };
}

/** @returns the seconds from the first byte to the end. @throws Error where not all rows were taken */
async function importFile(servers: ImportServers, file: string): Promise<number> {
  const startedAt = performance.now();
  const seen = await servers.client.ended(await upload(servers, file));
  const seconds = (performance.now() - startedAt) / 1_000;
  expectDone(seen);
  return seconds;
}

async function upload({ client }: ImportServers, file: string): Promise<string> {
  const headers = { 'content-type': 'text/csv' };
  const { status, text, body } = await client.ask('POST', `/v1/imports?mapping=${MAPPING}`, {
    ...{ headers, body: await openAsBlob(file) },
  });
  if (status !== 202) throw new Error(`the file is answered ${status}: ${text}`);
  return body.id;
}

function expectDone({ state, rows, failure }: SeenImport): void {
  if (state === 'done' && rows.refused === 0 && rows.done === rows.total) return;
  throw new Error(`the import is ${state}: ${JSON.stringify({ rows, failure })}`);
}

async function killHalfway(servers: ImportServers, file: string, rows: number): Promise<KilledImport> {
  await servers.startAnew();
  const id = await upload(servers, file);
  const { rows: before } = await servers.client.until(id, (seen) => seen.rows.done >= rows / 2);
  await servers.killIngest();
  expectDone(await servers.client.ended(id));
  const quantities = new Map<string, number>();
  let events = 0;
  for await (const { data } of servers.events()) {
    events++;
    quantities.set(data.caseId, tenthsOf(data.avoided[0]?.quantity ?? ''));
  }
  return {
    killedAt: before.done,
    cases: quantities.size,
    quantities: [...quantities.values()].reduce((sum, one) => sum + one, 0),
    expectedQuantities: quantitiesOf(rows),
    events,
  };
}
