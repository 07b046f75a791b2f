/** A wire between the parts that passes bytes on, until it is told to break connections. */
import { createServer, type Server, type Socket, connect as tcp } from 'node:net';
import { loopback } from '@effectstroom/infra';
import type { Random } from '../scenarios/random.ts';

/** In front of ingest, nats-server and PostgreSQL: everybody else reaches them through it. */
export type LinkName = 'ingest' | 'nats' | 'postgres';

/** Where something listens. */
export interface Reached {
  host: string;
  port: number;
}

/** What each connection is given to carry while connections are being broken. */
interface Breaking {
  draw(): Omit<Life, 'of'>;
}

/** A connection through a link: of who came, and of where it goes on. */
interface Pair {
  readonly one: Socket;
  readonly other: Socket;
  /** It is about to be reset: nothing passes any more. */
  broken: boolean;
  life: Life | undefined;
}

/** What a connection still carries while connections are being broken. */
interface Life {
  readonly of: Breaking;
  /** Either way. */
  bytes: number;
  /** Pieces that come back: where it ends at one, what was asked was done and nobody hears of it. */
  answers: number;
}

const ANSWERS_MAX = 8;

export class Link {
  readonly #server: Server;
  readonly #target: () => Reached;
  readonly #pairs = new Set<Pair>();
  #breaking: Breaking | undefined;
  #broken = 0;

  /** @param target where what it stands in front of listens, asked for at each connection */
  constructor(target: () => Reached) {
    this.#target = target;
    this.#server = createServer({ allowHalfOpen: true }, (socket) => this.#join(socket));
  }

  /** @returns the port on which it listens */
  async listen(): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen({ host: loopback, port: 0 }, resolve);
    });
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('a link listens on a port');
    return address.port;
  }

  /** Ends every connection now, with a reset on both sides. @returns how many */
  resetAll(): number {
    const count = this.#pairs.size;
    for (const pair of this.#pairs) reset(pair);
    this.#broken += count;
    return count;
  }

  /**
   * From now on each connection, also one that stands, is reset after a number of bytes drawn for it, in the
   * middle of whatever it is.
   */
  breakAfterBytes(random: Random, bytesMax: number): void {
    this.#break(() => ({
      answers: random.below(3) === 0 ? random.below(ANSWERS_MAX) : Number.POSITIVE_INFINITY,
      bytes: random.below(bytesMax),
    }));
  }

  /** From now on connections are reset just before an answer: what was asked was done, and nobody hears. */
  loseAnswers(): void {
    this.#break(() => ({ answers: 0, bytes: Number.POSITIVE_INFINITY }));
  }

  #break(draw: Breaking['draw']): void {
    this.#broken = 0;
    this.#breaking = { draw };
  }

  /** No more resets. @returns how many there were */
  mend(): number {
    this.#breaking = undefined;
    return this.#broken;
  }

  async close(): Promise<void> {
    for (const { one, other } of this.#pairs) {
      one.destroy();
      other.destroy();
    }
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(one: Socket): void {
    const other = tcp({ ...this.#target(), allowHalfOpen: true });
    const pair: Pair = { one, other, broken: false, life: undefined };
    this.#pairs.add(pair);
    const sides = [
      [one, other],
      [other, one],
    ] as const;
    for (const [from, to] of sides) {
      from.setNoDelay(true);
      from.on('data', (bytes: Buffer) => this.#pass(pair, bytes, from, to));
      from.on('end', () => to.end());
      // What one side meets, the other must meet too: a reset is passed on as one.
      from.on('error', () => reset(pair));
      from.on('close', () => {
        this.#pairs.delete(pair);
        to.destroySoon();
      });
      from.on('drain', () => to.resume());
    }
  }

  #pass(pair: Pair, bytes: Buffer, from: Socket, to: Socket): void {
    if (pair.broken) return;
    const life = this.#lifeOf(pair);
    if (life !== undefined) {
      if (from === pair.other) life.answers--;
      life.bytes -= bytes.length;
      if (life.bytes < 0 || life.answers < 0) {
        this.#broken++;
        pair.broken = true;
        // Some of it arrives; of an answer nothing, so that who asked does not know what became of it.
        const some = life.answers < 0 ? 0 : bytes.length + life.bytes;
        to.write(bytes.subarray(0, some), () => reset(pair));
        return;
      }
    }
    if (!to.write(bytes)) from.pause();
  }

  /** What the pair may still carry; undefined where connections are left alone. */
  #lifeOf(pair: Pair): Life | undefined {
    const breaking = this.#breaking;
    if (breaking === undefined) return undefined;
    if (pair.life?.of !== breaking) pair.life = { of: breaking, ...breaking.draw() };
    return pair.life;
  }
}

export interface Links {
  links: ReadonlyMap<LinkName, Link>;
  /** Where each is reached through its link. */
  reached: Readonly<Record<LinkName, Reached>>;
}

/** Links in front of everything that has one. @param target where each listens itself */
export async function openLinks(target: (name: LinkName) => Reached): Promise<Links> {
  const links = new Map<LinkName, Link>();
  const open = async (name: LinkName): Promise<Reached> => {
    const link = new Link(() => target(name));
    links.set(name, link);
    return { host: loopback, port: await link.listen() };
  };
  const reached = {
    ingest: await open('ingest'),
    nats: await open('nats'),
    postgres: await open('postgres'),
  };
  return { links, reached };
}

function reset({ one, other }: Pair): void {
  one.resetAndDestroy();
  other.resetAndDestroy();
}
