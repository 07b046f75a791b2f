import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from '../delivery/store.ts';

/** Where a round of the poll is. */
export interface PollPlace {
  round: number;
  /** Milliseconds since 1970. */
  startedAt: number;
  /** Types of zaak that are listed one after the other; null lists all zaken at once. */
  zaaktypen: string[] | null;
  /** Which of them it is at, and the page that comes next. */
  index: number;
  page: number;
  /** Zaken that were listed so far. */
  zaken: number;
}

/** When the poll runs. Times are milliseconds since 1970. */
export interface PollTimes {
  next: number | undefined;
  /** Where the round is that is under way. */
  place: PollPlace | undefined;
  round: number;
}

/** A zaak in a list. */
export interface ListedZaak {
  uuid: string;
  /** Undefined where the list does not show enough of it. */
  digest: Uint8Array | undefined;
}

/** Zaken that may be missing from a round before a person has to look: rights may have changed. */
const FEW_MISSING = 10;
/** Or this share of those that are known. */
const SHARE_MISSING = 0.05;

/** What the poll of one connection keeps, in the tables of `zaak-tables.ts`. */
export class PollStore {
  readonly #db: DatabaseSync;
  readonly #code: string;

  /** To be made after the `ZaakStore` of the same connection. */
  constructor(db: DatabaseSync, code: string) {
    this.#db = db;
    this.#code = code;
  }

  times(): PollTimes {
    const row = this.#db
      .prepare('SELECT next_poll, place, round FROM zaak_connection WHERE code = ?')
      .get(this.#code);
    const place = row?.['place'];
    const next = row?.['next_poll'];
    return {
      next: typeof next === 'number' ? next : undefined,
      place: typeof place === 'string' ? JSON.parse(place) : undefined,
      round: Number(row?.['round'] ?? 0),
    };
  }

  /** Keeps where the round is; null: between rounds. */
  keepPlace(place: PollPlace | null): void {
    const text = place === null ? null : JSON.stringify(place);
    this.#db
      .prepare('UPDATE zaak_connection SET place = ?, round = coalesce(?, round) WHERE code = ?')
      .run(text, place?.round ?? null, this.#code);
  }

  /** The poll ended for now, `failure` says why too early; the next one is at `next`. */
  ended(now: number, next: number, failure: string | null): void {
    this.#db
      .prepare('UPDATE zaak_connection SET polled = ?, next_poll = ?, poll_failure = ? WHERE code = ?')
      .run(now, next, failure, this.#code);
  }

  /**
   * Keeps a page of a list and where the round goes on. Asks for zaken that are new or changed, and for those
   * that were not fetched since `recheckBefore`. Returns how many it asked for.
   */
  listed(zaken: readonly ListedZaak[], place: PollPlace, now: number, recheckBefore: number): number {
    const list = this.#db.prepare(LIST);
    return inTransaction(this.#db, () => {
      let asked = 0;
      for (const { uuid, digest = null } of zaken) {
        const row = list.get(this.#code, uuid, now, digest, recheckBefore, place.round);
        if (row?.['due'] === now) asked++;
      }
      this.keepPlace(place);
      return asked;
    });
  }

  /**
   * A round has listed all there is. Zaken with a case that were not in it are fetched, and withdrawn where
   * they are gone; where many are missing they are only shown: then it is not zaken that have gone. Returns
   * how many are missing.
   */
  completed(place: PollPlace, now: number): number {
    const known = 'FROM zaak WHERE connection = ? AND identity IS NOT NULL';
    const missing = `${known} AND listed < ? AND fetched < ?`;
    const countOf = (of: string, ...values: (string | number)[]): number =>
      Number(this.#db.prepare(`SELECT count(*) AS count ${of}`).get(...values)?.['count']);
    const which = [this.#code, place.round, place.startedAt] as const;
    return inTransaction(this.#db, () => {
      const count = countOf(missing, ...which);
      const few = Math.max(FEW_MISSING, countOf(known, this.#code) * SHARE_MISSING);
      const set =
        place.zaken > 0 && count <= few
          ? `is_gone = 1, generation = generation + 1, attempts = 0, due = ${now}`
          : "code = 'missing', faults = NULL";
      const where = missing.slice(missing.indexOf('WHERE'));
      this.#db.prepare(`UPDATE zaak SET ${set} ${where}`).run(...which);
      this.#db
        .prepare('UPDATE zaak_connection SET completed = ?, place = NULL WHERE code = ?')
        .run(now, this.#code);
      return count;
    });
  }
}

/** What waits already is left as it is. Values: connection, uuid, now, digest, recheck before, round. */
const IS_REASON = 'due IS NULL AND (digest IS NOT ?4 OR coalesce(fetched, 0) < ?5)';
const LIST = `INSERT INTO zaak (connection, uuid, generation, due, listed) VALUES (?1, ?2, 1, ?3, ?6)
  ON CONFLICT DO UPDATE SET listed = ?6,
    code = CASE WHEN code = 'missing' THEN NULL ELSE code END,
    generation = CASE WHEN ${IS_REASON} THEN generation + 1 ELSE generation END,
    attempts = CASE WHEN ${IS_REASON} THEN 0 ELSE attempts END,
    due = CASE WHEN ${IS_REASON} THEN ?3 ELSE due END
  RETURNING due`;
