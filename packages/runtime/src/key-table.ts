import { type KeyEntry, keyEntrySchema } from './key-entry.ts';
import { type Key, keyOfGrant } from './keys.ts';

/** A key of the bucket, with what it stands for. */
export interface StoredKey {
  entry: KeyEntry;
  key: Key;
  /** The message that holds it: what was changed since is not overwritten. */
  revision: number;
}

/** The entries of the bucket in memory: keys found by the hash of their text, or by their id. */
export class KeyTable {
  readonly #keys = new Map<string, StoredKey>();
  readonly #ids = new Map<string, string>();
  /** Entries that are deleted or no keys of ours: counted, so that a missing one is noticed. */
  readonly #others = new Set<string>();

  /** The key one of whose texts has this hash. */
  find(hash: string): StoredKey | undefined {
    const id = this.#ids.get(hash);
    return id === undefined ? undefined : this.#keys.get(id);
  }

  /** The key of this id. */
  byId(id: string): StoredKey | undefined {
    return this.#keys.get(id);
  }

  /** All keys. */
  all(): StoredKey[] {
    return [...this.#keys.values()];
  }

  /** How many entries there are, also those that are no keys. */
  get size(): number {
    return this.#keys.size + this.#others.size;
  }

  /**
   * Takes the newest entry of an id. `text` is its JSON; undefined where it was deleted.
   * @returns whether it is a key, or rightly none
   */
  put(id: string, revision: number, text: string | undefined): boolean {
    for (const { sha256 } of this.#keys.get(id)?.entry.hashes ?? []) this.#ids.delete(sha256);
    this.#keys.delete(id);
    this.#others.delete(id);
    const entry = text === undefined ? undefined : parseEntry(text);
    if (entry === undefined || entry.id !== id) {
      this.#others.add(id);
      return text === undefined;
    }
    this.#keys.set(id, { entry, key: keyOfGrant(entry), revision });
    for (const { sha256 } of entry.hashes) this.#ids.set(sha256, id);
    return true;
  }
}

function parseEntry(text: string): KeyEntry | undefined {
  try {
    return keyEntrySchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
