/**
 * Has PostgreSQL keep the statements that are asked again and again, in each connection of a pool: taking a
 * statement apart and planning it takes longer than looking up the few rows that most of them give.
 */
import { type Client, DatabaseError } from 'pg';

/** Statements that a connection keeps; those beyond are planned each time. */
const KEPT_MAX = 50;

/** Texts of which it is remembered that they were asked. */
const REMEMBERED_MAX = 300;

/**
 * How much of the ledger is read differs a thousandfold with the values: its statements are planned for
 * these.
 */
const PLANNED_ANEW = /\bledger\b/;

const READS = /^\s*(?:select|with)\b/i;

/** Names for statements, from the second time on that they are asked; shared by all connections. */
class RepeatedStatements {
  /** The longest unused first; undefined until it comes again. */
  readonly #names = new Map<string, string | undefined>();
  #last = 0;
  /** How often all were forgotten. */
  age = 0;

  nameOf(text: string): string | undefined {
    if (!READS.test(text) || PLANNED_ANEW.test(text)) return undefined;
    const isKnown = this.#names.has(text);
    const name = isKnown ? (this.#names.get(text) ?? `repeated-${++this.#last}`) : undefined;
    this.#names.delete(text);
    this.#names.set(text, name);
    const [oldest] = this.#names.keys();
    if (this.#names.size > REMEMBERED_MAX && oldest !== undefined) this.#names.delete(oldest);
    return name;
  }

  /** From here on every statement is new, in all connections. */
  forget(): void {
    this.#names.clear();
    this.age++;
  }
}

/**
 * A statement that was kept gives other columns than it did, because a newer version has added some: it will not do
 * again, and neither will others of its tables. They are forgotten; the same question, asked anew, is answered.
 */
export function isOutdated(error: unknown): boolean {
  // PostgreSQL has no code for it alone, and words it in its own language: 'cached plan must not change result type'.
  return (
    error instanceof DatabaseError && error.code === '0A000' && error.routine === 'RevalidateCachedQuery'
  );
}

const repeated = new RepeatedStatements();

/** For a connection on which nothing was asked yet. */
export function keepRepeated(client: Client): void {
  const kept = new Set<string>();
  let age = repeated.age;
  const query = client.query.bind(client) as (...asked: unknown[]) => unknown;
  const ask = (text: unknown, values: unknown, ...rest: unknown[]): unknown => {
    if (typeof text !== 'string' || !Array.isArray(values)) return query(text, values, ...rest);
    const name = repeated.nameOf(text);
    if (age !== repeated.age) kept.clear();
    age = repeated.age;
    if (name === undefined || (!kept.has(name) && kept.size >= KEPT_MAX)) return query(text, values, ...rest);
    kept.add(name);
    const answer = query({ name, text, values }, undefined, ...rest);
    return answer instanceof Promise ? answer.catch(forgetOutdated) : answer;
  };
  Object.assign(client, { query: ask });
}

function forgetOutdated(error: unknown): never {
  if (isOutdated(error)) repeated.forget();
  throw error;
}
