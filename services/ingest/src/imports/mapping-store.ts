import type { Mapping } from '@effectstroom/contracts';
import { LIMITS } from '@effectstroom/contracts';
import {
  isStreamNotFound,
  isWrongLastSequence,
  type NatsConnection,
  ProblemError,
} from '@effectstroom/runtime';
import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { type KV, Kvm } from '@nats-io/kv';

const BUCKET = 'MAPPINGS';
/** Name of the stream behind it. */
const STREAM = `KV_${BUCKET}`;
/** Milliseconds that nats-server may take to answer. */
const ANSWER = 2000;
const BUCKET_BYTES = 256 * 1024 * 1024;
/** Most versions of one mapping, and most mappings. */
const MOST = 1000;
/** Times that a version is tried anew because another one came in between. */
const ATTEMPTS = 5;
/** Codes that a mapping may have: another would be a pattern of keys, or no key at all. */
const CODE = /^[A-Za-z0-9._-]{1,64}$/;

interface Client {
  manager: JetStreamManager;
  kvm: Kvm;
}

/** A mapping and which of its versions it is, from 1. */
export interface KeptMapping {
  mapping: Mapping;
  version: number;
}

/**
 * The mappings, in JetStream's key-value bucket: a key for each version. What is written is durable when it
 * is done. Throws a problem, 503, where nats-server does not answer.
 */
export class MappingStore {
  readonly #replicas: number;
  #client: Client | undefined;

  /** `replicas` of a new bucket. */
  constructor(replicas: number) {
    this.#replicas = replicas;
  }

  /** Gives it its connection, which must keep connecting. */
  async use(connection: NatsConnection): Promise<void> {
    const manager = await jetstreamManager(connection, { checkAPI: false, timeout: ANSWER });
    this.#client = { manager, kvm: new Kvm(manager.jetstream()) };
  }

  /**
   * Keeps a mapping; one equal to the newest version makes no new one. `mayReplace` judges the newest version
   * before it is replaced, and throws where that may not be. @returns the version that now counts
   */
  put(mapping: Mapping, mayReplace: (newest: Mapping) => void): Promise<number> {
    return this.#answered(async ({ kvm }) => {
      const bucket = await kvm.create(BUCKET, {
        ...{ history: 1, replicas: this.#replicas, max_bytes: BUCKET_BYTES },
        maxValueSize: LIMITS.messageBytes,
      });
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        const version = await this.#add(bucket, mapping, mayReplace);
        if (version !== undefined) return version;
      }
      throw new Error('others change the same mapping');
    });
  }

  /** A mapping in a version, by default the newest; undefined where there is none, or can be none. */
  async get(code: string, version?: number): Promise<KeptMapping | undefined> {
    if (!CODE.test(code)) return undefined;
    return this.#answered(async (client) => {
      const bucket = await openBucket(client);
      return bucket === undefined ? undefined : read(bucket, code, version ?? (await newestOf(bucket, code)));
    });
  }

  /** Every mapping in its newest version, by code. */
  list(): Promise<KeptMapping[]> {
    return this.#answered(async (client) => {
      const bucket = await openBucket(client);
      if (bucket === undefined) return [];
      const newest = new Map<string, number>();
      for await (const key of await bucket.keys()) {
        const [code, version] = partsOf(key);
        newest.set(code, Math.max(version, newest.get(code) ?? 0));
      }
      const codes = [...newest].sort(([one], [other]) => (one < other ? -1 : 1)).slice(0, MOST);
      const found = await Promise.all(codes.map(([code, version]) => read(bucket, code, version)));
      return found.filter((one) => one !== undefined);
    });
  }

  /** @returns undefined where another version came in between */
  async #add(
    bucket: KV,
    mapping: Mapping,
    mayReplace: (newest: Mapping) => void,
  ): Promise<number | undefined> {
    const version = await newestOf(bucket, mapping.code);
    const newest = await read(bucket, mapping.code, version);
    if (newest !== undefined) mayReplace(newest.mapping);
    const text = JSON.stringify(mapping);
    if (newest !== undefined && JSON.stringify(newest.mapping) === text) return version;
    if (version >= MOST) throw new ProblemError(409, `there are ${MOST} versions: use another code`);
    try {
      await bucket.create(keyOf(mapping.code, version + 1), text);
      return version + 1;
    } catch (error) {
      if (isWrongLastSequence(error)) return undefined;
      throw error;
    }
  }

  async #answered<Result>(ask: (client: Client) => Promise<Result>): Promise<Result> {
    try {
      if (this.#client !== undefined) return await ask(this.#client);
    } catch (error) {
      if (error instanceof ProblemError) throw error;
    }
    throw new ProblemError(503, 'the mappings cannot be read or written now: try again later', {
      'retry-after': '1',
    });
  }
}

/** Undefined where no mapping was ever kept. */
async function openBucket({ manager, kvm }: Client): Promise<KV | undefined> {
  try {
    await manager.streams.info(STREAM);
    return await kvm.open(BUCKET);
  } catch (error) {
    if (isStreamNotFound(error)) return undefined;
    throw error;
  }
}

/** The highest version of a mapping; 0 where there is none. */
async function newestOf(bucket: KV, code: string): Promise<number> {
  let newest = 0;
  for await (const key of await bucket.keys(`${tokenOf(code)}.*`)) {
    newest = Math.max(newest, partsOf(key)[1]);
  }
  return newest;
}

async function read(bucket: KV, code: string, version: number): Promise<KeptMapping | undefined> {
  if (version === 0) return undefined;
  const entry = await bucket.get(keyOf(code, version));
  return entry === null ? undefined : { mapping: entry.json<Mapping>(), version };
}

function keyOf(code: string, version: number): string {
  return `${tokenOf(code)}.${version}`;
}

/** A code may hold dots, which divide the tokens of a key. */
function tokenOf(code: string): string {
  return code.replaceAll('.', '/');
}

function partsOf(key: string): [code: string, version: number] {
  const [token = '', version] = key.split('.');
  return [token.replaceAll('/', '.'), Number(version)];
}
