import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** What withdrawing a case takes. */
export interface CaseIdentity {
  municipality: string;
  organisation: string;
  programme: string;
  source: string;
  caseId: string;
}

/** A zaak that is to be fetched. */
export interface DueZaak {
  uuid: string;
  generation: number;
  attempts: number;
  isGone: boolean;
  /** Of the case that was delivered from it. */
  identity: CaseIdentity | undefined;
}

/** A column that could not be read, and why. */
export interface ColumnFault {
  column: string;
  code: string;
}

/** What became of a zaak. */
export interface Fetched {
  digest: Uint8Array;
  identity: CaseIdentity | undefined;
}

type Count = 'taken' | 'ignored' | 'refused' | 'accepted' | 'unchanged' | 'withdrawn';

/** The zaken of one connection that are waiting, failing or known. Times are milliseconds since 1970. */
export class ZaakStore {
  readonly db: DatabaseSync;
  readonly code: string;
  readonly #statements: Readonly<Record<keyof typeof STATEMENTS, StatementSync>>;

  /** `db`: as `openStore` gives it. */
  constructor(db: DatabaseSync, code: string) {
    this.db = db;
    this.code = code;
    const entries = Object.entries(STATEMENTS).map(([name, text]) => [name, db.prepare(text)] as const);
    this.#statements = Object.fromEntries(entries) as Record<keyof typeof STATEMENTS, StatementSync>;
    db.prepare('INSERT INTO zaak_connection (code) VALUES (?) ON CONFLICT DO NOTHING').run(code);
  }

  /** There is a reason to fetch a zaak now. `isGone`: it is said to be deleted. */
  ask(uuid: string, now: number, isGone: boolean): void {
    this.#statements.ask.run(this.code, uuid, now, Number(isGone));
  }

  /** Has every known zaak fetched again where `reading`, a hash of how zaken are read, is another one. */
  readAnew(reading: Uint8Array, now: number): void {
    const { changes } = this.#statements.reading.run(reading, this.code, reading);
    if (changes > 0) this.#statements.askAll.run(now, this.code);
  }

  /** At most `most` zaken that are to be fetched by `now`, longest waiting first. */
  due(now: number, most: number): DueZaak[] {
    return this.#statements.due.all(this.code, now, most).map((row) => ({
      uuid: String(row['uuid']),
      generation: Number(row['generation']),
      attempts: Number(row['attempts']),
      isGone: row['is_gone'] === 1,
      identity: identityOf(row['identity']),
    }));
  }

  /** When the next zaak is to be fetched, of those after `after`; undefined where none waits. */
  nextDue(after: number): number | undefined {
    const due = this.#statements.nextDue.get(this.code, after)?.['due'];
    return typeof due === 'number' ? due : undefined;
  }

  /** How many zaken wait to be fetched. */
  waiting(): number {
    return Number(this.#statements.waiting.get(this.code)?.['count']);
  }

  /** A moment for a delivery of a zaak: later than all earlier ones, also after a crash. Kept before use. */
  nextMoment(uuid: string, now: number): number {
    return Number(this.#statements.moment.get(now, this.code, uuid)?.['moment']);
  }

  /** Whether a case comes from another zaak already. */
  isTaken(organisation: string, caseId: string, uuid: string): boolean {
    return this.#statements.taken.get(caseId, organisation, this.code, uuid) !== undefined;
  }

  /** A zaak was fetched and its case delivered, as far as it has one. */
  done({ uuid, generation }: DueZaak, { digest, identity }: Fetched, now: number): void {
    const [caseId, text] = columnsOf(identity);
    this.#statements.done.run(generation, digest, now, caseId, text, this.code, uuid);
  }

  /** A zaak cannot be a case as it is: tried again when it changes, or when it is checked again. */
  refused(
    { uuid, generation }: DueZaak,
    code: string,
    faults: ColumnFault[],
    digest: Uint8Array,
    now: number,
  ): void {
    const text = faults.length > 0 ? JSON.stringify(faults) : null;
    this.#statements.refused.run(generation, code, text, digest, now, this.code, uuid);
  }

  /** A zaak could not be fetched or delivered. `due` is when to try again; null: when it is listed again. */
  failed({ uuid, generation }: DueZaak, code: string, due: number | null): void {
    this.#statements.failed.run(generation, due, code, this.code, uuid);
  }

  /** A zaak that is of no concern (any more). What came meanwhile is kept. */
  forget({ uuid, generation }: DueZaak): void {
    this.#statements.forget.run(this.code, uuid, generation);
    this.#statements.forgetCase.run(this.code, uuid);
  }

  /** Adds one to a count. */
  count(what: Count, now?: number): void {
    this.db
      .prepare(
        `UPDATE zaak_connection SET ${what} = ${what} + 1, notified = coalesce(?, notified) WHERE code = ?`,
      )
      .run(now ?? null, this.code);
  }
}

function columnsOf(identity: CaseIdentity | undefined): [string | null, string | null] {
  return identity === undefined ? [null, null] : [identity.caseId, JSON.stringify(identity)];
}

function identityOf(text: unknown): CaseIdentity | undefined {
  return typeof text === 'string' ? (JSON.parse(text) as CaseIdentity) : undefined;
}

/** What came while a zaak was being fetched is a reason to fetch it again. ?1 is the generation of before. */
const AS_ASKED = `due = CASE WHEN generation = ?1 THEN NULL ELSE due END,
  is_gone = CASE WHEN generation = ?1 THEN 0 ELSE is_gone END, attempts = 0`;

const STATEMENTS = {
  ask: `INSERT INTO zaak (connection, uuid, generation, due, is_gone) VALUES (?1, ?2, 1, ?3, ?4)
    ON CONFLICT DO UPDATE SET generation = generation + 1, due = ?3, attempts = 0,
      is_gone = max(is_gone, ?4)`,
  reading: 'UPDATE zaak_connection SET reading = ?, place = NULL WHERE code = ? AND reading IS NOT ?',
  askAll: `UPDATE zaak SET generation = generation + 1, due = ?, attempts = 0 WHERE connection = ?`,
  due: `SELECT uuid, generation, attempts, is_gone, identity FROM zaak
    WHERE connection = ? AND due <= ? ORDER BY due LIMIT ?`,
  nextDue: 'SELECT due FROM zaak WHERE connection = ? AND due > ? ORDER BY due LIMIT 1',
  waiting: 'SELECT count(*) AS count FROM zaak WHERE connection = ? AND due IS NOT NULL',
  moment: 'UPDATE zaak SET moment = max(?, moment + 1) WHERE connection = ? AND uuid = ? RETURNING moment',
  taken: `SELECT 1 FROM zaak WHERE case_id = ? AND identity ->> 'organisation' = ?
    AND NOT (connection = ? AND uuid = ?) LIMIT 1`,
  done: `UPDATE zaak SET ${AS_ASKED}, code = NULL, faults = NULL, digest = ?2, fetched = ?3, case_id = ?4,
    identity = ?5 WHERE connection = ?6 AND uuid = ?7`,
  refused: `UPDATE zaak SET ${AS_ASKED}, code = ?2, faults = ?3, digest = ?4, fetched = ?5
    WHERE connection = ?6 AND uuid = ?7`,
  failed: `UPDATE zaak SET due = CASE WHEN generation = ?1 THEN ?2 ELSE due END, attempts = attempts + 1,
    code = ?3, faults = NULL, digest = NULL WHERE connection = ?4 AND uuid = ?5`,
  forget: 'DELETE FROM zaak WHERE connection = ? AND uuid = ? AND generation = ?',
  forgetCase: 'UPDATE zaak SET case_id = NULL, identity = NULL WHERE connection = ? AND uuid = ?',
} as const;
