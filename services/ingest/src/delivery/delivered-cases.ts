import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** What was published of a case, once. */
export interface Delivered {
  /** In the event. */
  revision: number;
  /** As the system gave it; null where it gave none. */
  given: number | null;
  /** 16 bytes. */
  hash: Uint8Array;
}

/** What is kept of a case that was published. */
export interface DeliveredCase extends Delivered {
  /** As `originOf` and `placeOf` give them. */
  origin: number;
  place: number;
  caseId: string;
  isWithdrawn: boolean;
  /** Code of the mapping that it was read with; absent where it came from elsewhere than a file. */
  mapping?: string;
}

/** Most names of origins and places that are kept in memory. */
const MOST_NAMES = 1000;

/** The cases that were published before, by organisation and source, so that only changes are sent. */
export class DeliveredCases {
  readonly db: DatabaseSync;
  /** The number of an organisation and source. */
  readonly originOf: NumberOf;
  /** The number of a municipality and programme. */
  readonly placeOf: NumberOf;
  readonly #find: StatementSync;
  readonly #place: StatementSync;
  readonly #insert: StatementSync;
  readonly #forget: StatementSync;

  /** `db`: as `openStore` gives it. */
  constructor(db: DatabaseSync) {
    this.db = db;
    this.originOf = numberOf(db, 'origin', 'organisation', 'source');
    this.placeOf = numberOf(db, 'place', 'municipality', 'programme');
    const of = 'FROM delivered WHERE origin = ? AND case_id = ?';
    this.#find = db.prepare(`SELECT revision, given, hash ${of} ORDER BY revision DESC`);
    this.#place = db.prepare(`SELECT municipality, programme FROM delivered JOIN place ON id = place
      WHERE origin = ? AND case_id = ? ORDER BY revision DESC LIMIT 1`);
    this.#forget = db.prepare(`DELETE ${of} AND revision < ?`);
    this.#insert = db.prepare('INSERT OR REPLACE INTO delivered VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  }

  /** What was published of each of some cases, the highest revision first. */
  find(cases: readonly { origin: number; caseId: string }[]): Delivered[][] {
    // In one transaction, which spares each look its own lock.
    this.db.exec('BEGIN');
    try {
      return cases.map(({ origin, caseId }) => this.#findOne(origin, caseId));
    } finally {
      this.db.exec('COMMIT');
    }
  }

  #findOne(origin: number, caseId: string): Delivered[] {
    return this.#find.all(origin, caseId).map(({ revision, given, hash }) => {
      if (!(hash instanceof Uint8Array)) throw new Error('a hash in ingest.sqlite is no hash');
      return { revision: Number(revision), given: given === null ? null : Number(given), hash };
    });
  }

  /** Where a case belongs, by what was published last; undefined where nothing was. */
  placeOfCase(origin: number, caseId: string): { municipality: string; programme: string } | undefined {
    const row = this.#place.get(origin, caseId);
    return row && { municipality: String(row['municipality']), programme: String(row['programme']) };
  }

  /** Keeps what was published. To be called in a transaction. */
  keep({ origin, place, caseId, revision, given, hash, isWithdrawn, mapping }: DeliveredCase): void {
    if (given === null) this.#forget.run(origin, caseId, revision);
    this.#insert.run(origin, caseId, revision, given, hash, Number(isWithdrawn), place, mapping ?? null);
  }
}

type NumberOf = (first: string, second: string) => number;

/** The number of a pair of names in a table; a new pair gets one, for which no transaction may be open. */
function numberOf(db: DatabaseSync, table: string, first: string, second: string): NumberOf {
  const find = db.prepare(`SELECT id FROM ${table} WHERE ${first} = ? AND ${second} = ?`);
  // Another thread may have been first.
  const insert = db.prepare(
    `INSERT INTO ${table} (${first}, ${second}) VALUES (?, ?)
      ON CONFLICT DO UPDATE SET ${first} = ${first} RETURNING id`,
  );
  const known = new Map<string, number>();
  return (one, two) => {
    const key = `${one}\n${two}`;
    const number = known.get(key) ?? Number((find.get(one, two) ?? insert.get(one, two))?.['id']);
    if (known.size >= MOST_NAMES) known.clear();
    known.set(key, number);
    return number;
  };
}
