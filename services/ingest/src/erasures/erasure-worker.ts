/** The thread that removes one case from ingest's own folder, and then ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { type CaseToErase, eraseLocally } from './erase-locally.ts';

const { folder, one }: { folder: string; one: CaseToErase } = workerData;
parentPort?.postMessage(eraseLocally(folder, one));
