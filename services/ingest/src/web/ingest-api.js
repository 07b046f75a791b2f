/** What ingest is asked, and what it answers. */

/**
 * @typedef {{ index?: number, pointer: string, code: string, detail: string }} Fault
 * @typedef {{ row: number, cell: string, column: string, code: string, detail: string }} CellFault
 * @typedef {{ code: string, version: number, name?: string }} MappingName
 * @typedef {{ row: number, event?: { type: string, data: Record<string, unknown> }, faults?: CellFault[] }} PreviewRow
 * @typedef {{ proposal: Record<string, unknown>, questions: string[], preview: PreviewRow[] }} Proposal
 * @typedef {{ accepted: number, unchanged: number, refused: number }} Counts
 * @typedef {{ id: string, state: 'queued' | 'reading' | 'running' | 'stopped' | 'done' | 'failed', dryRun: boolean,
 *   full: boolean, rows: Counts & { total: number | null, done: number }, cases: Counts, rowsPerSecond: number | null,
 *   secondsLeft: number | null, failure: { code: string, detail: string } | null, vanished: number | null }} Import
 * @typedef {{ row: number, status: string, faults: CellFault[] }} ReportRow
 */

/** An answer that says what went wrong. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} message
   * @param {Fault[]} faults
   */
  constructor(status, message, faults) {
    super(message);
    this.status = status;
    this.faults = faults;
  }
}

/** Ingest, asked with one key. */
export class IngestApi {
  #key;

  /** @param {string} key */
  constructor(key) {
    this.#key = key;
  }

  /** @returns {Promise<MappingName[]>} */
  async mappings() {
    const { rows } = await this.#json('/v1/mappings');
    return rows;
  }

  /**
   * @param {string} code
   * @param {unknown} body
   */
  putMapping(code, body) {
    const type = { 'content-type': 'application/json' };
    const path = `/v1/mappings/${encodeURIComponent(code)}`;
    return this.#json(path, { method: 'PUT', headers: type, body: JSON.stringify(body) });
  }

  /**
   * @param {File} file
   * @returns {Promise<Proposal>}
   */
  propose(file) {
    return this.#send('/v1/imports', file);
  }

  /**
   * @param {File} file
   * @param {{ mapping: string, dryRun: boolean, full: boolean }} choices
   * @returns {Promise<Import>}
   */
  start(file, { mapping, dryRun, full }) {
    const query = new URLSearchParams({ mapping, dryRun: `${dryRun}`, full: `${full}`, name: file.name });
    return this.#send(`/v1/imports?${query}`, file);
  }

  /**
   * @param {string} id
   * @returns {Promise<Import>}
   */
  look(id) {
    return this.#json(`/v1/imports/${id}`);
  }

  /**
   * @param {string} id
   * @param {'stop' | 'resume'} what
   */
  order(id, what) {
    return this.#json(`/v1/imports/${id}/${what}`, { method: 'POST' });
  }

  /**
   * @param {string} id
   * @returns {Promise<{ rows: ReportRow[] }>} the first refused rows
   */
  refused(id) {
    return this.#json(`/v1/imports/${id}/report?status=refused&limit=100`);
  }

  /**
   * @param {string} id
   * @param {'text/csv' | 'text/html'} type
   * @returns {Promise<Blob>} the whole report
   */
  async report(id, type) {
    const response = await this.#ask(`/v1/imports/${id}/report`, { headers: { accept: type } });
    return response.blob();
  }

  /**
   * @param {string} id
   * @returns {Promise<{ count: number, unreadable: number, cases: string[] }>}
   */
  vanished(id) {
    return this.#json(`/v1/imports/${id}/vanished`);
  }

  /**
   * @param {string} id
   * @param {number} count
   */
  withdrawVanished(id, count) {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ count, reason: 'error' });
    return this.#json(`/v1/imports/${id}/vanished/withdraw`, { method: 'POST', headers, body });
  }

  /**
   * @param {string} path
   * @param {File} file
   */
  #send(path, file) {
    return this.#json(path, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
    });
  }

  /**
   * @param {string} path
   * @param {RequestInit} [init]
   */
  async #json(path, init) {
    return (await this.#ask(path, init)).json();
  }

  /**
   * @param {string} path
   * @param {RequestInit} [init]
   */
  async #ask(path, init = {}) {
    const headers = { accept: 'application/json', ...init.headers, authorization: `Bearer ${this.#key}` };
    const response = await fetch(path, { ...init, headers });
    if (response.ok) return response;
    const problem = await response.json().catch(() => ({}));
    throw new Refusal(response.status, problem.detail ?? '', problem.errors ?? []);
  }
}
