import type { Proposal } from '@effectstroom/contracts';
import type { LogLevel } from '@effectstroom/runtime';
import type { Failure } from './import-record.ts';

/** What a thread of imports needs to know of this installation. */
export interface WorkerSettings {
  /** Ingest's own folder. */
  folder: string;
  natsUrl: string;
  partitions: number;
  replicas: number;
  residentKeySecretFile: string;
  logLevel: LogLevel;
  /** Milliseconds that an import waits for JetStream before it stops by itself. */
  patience: number;
}

/** What a mapping is proposed from, beside the file. */
export interface ProposalGiven {
  municipality?: string;
  organisation?: string;
  source?: string;
  programme?: string;
}

/** What a thread is started for: the import with this id, or the proposal of a mapping for a file. */
export type WorkerJob = { do: 'import'; id: string } | { do: 'propose'; file: string; given: ProposalGiven };

/** What a thread is started with. */
export interface WorkerStart {
  settings: WorkerSettings;
  job: WorkerJob;
}

/** What an import's thread tells: that it staged rows of the file, or worked through staged rows. */
export interface ImportNews {
  phase: 'reading' | 'running';
  /** Since it last told. */
  rows: number;
  /** Those of them that are refused, each with the codes of its faults. */
  refused: { row: number; codes: string[] }[];
}

/** What a proposal's thread answers. */
export type ProposalAnswer = { proposal: Proposal } | { failure: Failure };
