/** The thread that works on one import, or proposes one mapping, and then ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { createLog } from '@effectstroom/runtime';
import { proposeFor } from './propose-mapping.ts';
import { runImport } from './run-import.ts';
import type { ImportNews, ProposalAnswer, WorkerStart } from './worker-messages.ts';

const { settings, job }: WorkerStart = workerData;
const log = createLog('ingest', settings.logLevel);
const stopping = new AbortController();
parentPort?.on('message', () => stopping.abort());

if (job.do === 'propose') {
  const answer: ProposalAnswer = await proposeFor(job.file, job.given);
  parentPort?.postMessage(answer);
  // The thread ends when nothing holds it any more.
  parentPort?.close();
} else {
  await runImport(job.id, settings, log, stopping.signal, (news: ImportNews) => {
    parentPort?.postMessage(news);
  });
  // A connection to nats-server may still be waiting for one.
  process.exit();
}
