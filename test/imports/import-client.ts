/** Imports files over HTTP, as a registration system's manager would. */
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 120_000;

export const TYPES = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  any: 'application/octet-stream',
};

/** What `GET /v1/imports/{id}` says, as far as tests look at it. */
export interface SeenImport {
  id: string;
  name: string | null;
  state: 'queued' | 'reading' | 'running' | 'stopped' | 'done' | 'failed';
  rows: { total: number | null; done: number; accepted: number; unchanged: number; refused: number };
  cases: { accepted: number; unchanged: number; refused: number; withdrawn: number };
  rowsPerSecond: number | null;
  secondsLeft: number | null;
  failure: { code: string; detail: string } | null;
  vanished: number | null;
}

/** An answer of ingest; `body` is the parsed JSON, where it is that. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at what they expect of it.
  body: any;
}

export class ImportClient {
  readonly #urlOf: () => string;
  readonly #key: string;

  /** `urlOf`: where ingest is; it may move. */
  constructor(urlOf: () => string, key = 'local-ingest') {
    this.#urlOf = urlOf;
    this.#key = key;
  }

  /** The same with another key. */
  as(key: string): ImportClient {
    return new ImportClient(this.#urlOf, key);
  }

  async ask(method: string, path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.#key}`, ...init.headers };
    const answer = await fetch(`${this.#urlOf()}${path}`, { ...init, method, headers });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
    return { status: answer.status, headers: answer.headers, text, body: isJson ? JSON.parse(text) : text };
  }

  json(method: string, path: string, body: unknown): Promise<Answer> {
    const headers = { 'content-type': 'application/json' };
    return this.ask(method, path, { headers, body: JSON.stringify(body) });
  }

  /** Sets a mapping. @throws Error where it is refused */
  async putMapping(code: string, mapping: unknown): Promise<{ code: string; version: number }> {
    const answer = await this.as('local-admin').json('PUT', `/v1/mappings/${code}`, mapping);
    if (answer.status !== 200) throw new Error(`mapping: ${answer.status} ${answer.text}`);
    return answer.body;
  }

  /** Uploads a file; `query` as after the question mark. */
  upload(query: string, file: string | Uint8Array, type: string = TYPES.csv): Promise<Answer> {
    const body = typeof file === 'string' ? file : new Blob([new Uint8Array(file)]);
    return this.ask('POST', `/v1/imports?${query}`, { headers: { 'content-type': type }, body });
  }

  /** Uploads a file and gives the id of its import. @throws Error where it is refused */
  async start(query: string, file: string | Uint8Array, type: string = TYPES.csv): Promise<string> {
    const { status, text, body } = await this.upload(query, file, type);
    if (status !== 202) throw new Error(`import: ${status} ${text}`);
    return body.id;
  }

  async see(id: string): Promise<SeenImport> {
    const { status, text, body } = await this.ask('GET', `/v1/imports/${id}`);
    if (status !== 200) throw new Error(`import ${id}: ${status} ${text}`);
    return body;
  }

  /** Waits until an import is as asked; while ingest is away, it is not. @throws Error with how it is */
  async until(id: string, isSo: (seen: SeenImport) => boolean): Promise<SeenImport> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      const seen = await this.see(id).catch(() => undefined);
      if (seen !== undefined && isSo(seen)) return seen;
      if (Date.now() > deadline) throw new Error(`the import stays ${JSON.stringify(seen)}`);
      await sleep(25);
    }
  }

  /** Waits until an import has ended, or stopped. */
  ended(id: string): Promise<SeenImport> {
    return this.until(id, ({ state }) => state === 'done' || state === 'failed' || state === 'stopped');
  }

  /** Imports a file to the end. @throws Error where it does not get done */
  async import(query: string, file: string | Uint8Array, type: string = TYPES.csv): Promise<SeenImport> {
    const seen = await this.ended(await this.start(query, file, type));
    if (seen.state !== 'done')
      throw new Error(`the import is ${seen.state}: ${JSON.stringify(seen.failure)}`);
    return seen;
  }

  /** Rows of a report. */
  async report(id: string, query = ''): Promise<ReportRow[]> {
    const { body } = await this.ask('GET', `/v1/imports/${id}/report?${query}`);
    return body.rows;
  }
}

export interface ReportRow {
  row: number;
  caseId: string | null;
  status: string;
  faults: { row: number; cell: string; column: string; code: string; detail: string }[];
}
