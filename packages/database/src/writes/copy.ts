/**
 * COPY into tables. All is sent at once, without waiting for PostgreSQL to ask for it: what it will not have, after a
 * fault, it passes over (protocol of PostgreSQL, "COPY Operations").
 */
import type { Client, Connection } from 'pg';
import { type BinaryWriter, CopyRows } from './binary.ts';
import { takeBack } from './pieces.ts';

export interface CopyTarget<Row> {
  table: string;
  columns: readonly string[];
  put: (writer: BinaryWriter, row: Row) => void;
}

/** Rows as they are sent. */
export interface EncodedCopy {
  command: string;
  /** One behind the other; none where there are no rows. */
  pieces: readonly Buffer[];
}

/** Rows for {@link copyInto}, in binary format, added one by one. */
export class CopyEncoder<Row> extends CopyRows<Row> {
  readonly #command: string;

  constructor({ table, columns, put }: CopyTarget<Row>) {
    super(columns.length, put);
    this.#command = `COPY ${table} (${columns.join(', ')}) FROM STDIN (FORMAT binary)`;
  }

  /** Nothing can be added any more. */
  encoded(): EncodedCopy {
    return { command: this.#command, pieces: this.pieces() };
  }
}

/** What was sent: its bytes may be others by now. */
const sent = new WeakSet<EncodedCopy>();

/** Appends rows to tables, in this order, inside whatever transaction the client is in. They can be sent once. */
export async function copyInto(client: Client, copies: readonly EncodedCopy[]): Promise<void> {
  const filled = copies.filter(({ pieces }) => pieces.length > 0);
  if (filled.length === 0) return;
  if (filled.some((copy) => sent.has(copy))) throw new Error('These rows were sent before');
  for (const copy of filled) sent.add(copy);
  await new Promise<void>((resolve, reject) => {
    client.query(new Copies(filled, resolve, reject));
  });
  for (const { pieces } of filled) takeBack(pieces);
}

const COPY_DATA = 'd'.charCodeAt(0);
const COPY_DONE = Buffer.from(['c'.charCodeAt(0), 0, 0, 0, 4]);
/** Of a message's type and length. */
const HEADER_BYTES = 5;
const LENGTH_BYTES = 4;

/** What pg sends, and tells of the answers. */
class Copies {
  readonly #copies: readonly EncodedCopy[];
  readonly #resolve: () => void;
  readonly #reject: (error: Error) => void;
  /** pg puts its time limit here. */
  callback: () => void = () => undefined;

  constructor(copies: readonly EncodedCopy[], resolve: () => void, reject: (error: Error) => void) {
    this.#copies = copies;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  submit(connection: Connection): void {
    const { stream } = connection;
    stream.cork();
    connection.query(this.#copies.map(({ command }) => command).join('; '));
    for (const { pieces } of this.#copies) {
      for (const piece of pieces) {
        const header = Buffer.allocUnsafe(HEADER_BYTES);
        header[0] = COPY_DATA;
        header.writeInt32BE(piece.length + LENGTH_BYTES, 1);
        stream.write(header);
        stream.write(piece);
      }
      stream.write(COPY_DONE);
    }
    stream.uncork();
  }

  handleCopyInResponse(): void {
    // What it asks for was sent.
  }

  handleCommandComplete(): void {
    // One comes for each table, and then it is ready.
  }

  handleReadyForQuery(): void {
    this.callback();
    this.#resolve();
  }

  handleError(error: Error): void {
    this.callback();
    this.#reject(error);
  }
}
