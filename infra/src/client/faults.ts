/** A reason, told in Dutch to the person at the terminal, why a command cannot go on: exit code 1. */
export class ClientFault extends Error {
  override readonly name: string = 'ClientFault';
}

/** The command was not used as it is meant: exit code 2. `command` is whose `--help` then helps. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
  readonly command: string | undefined;
  constructor(message: string, command?: string) {
    super(message);
    this.command = command;
  }
}

/** The server gave no answer: it cannot be reached, or the connection was lost. */
export class ServerAway extends Error {
  override readonly name = 'ServerAway';
  /** What the system calls it, such as `ECONNREFUSED`. */
  readonly code: string;
  constructor(code: string) {
    super(`no answer (${code})`);
    this.code = code;
  }
}

/** One fault that an answer names; `detail` is English and holds nothing of what was sent. */
export interface NamedFault {
  index?: number | undefined;
  pointer?: string | undefined;
  /** Of a table: the row and the header of the column. */
  row?: number | undefined;
  column?: string | undefined;
  code: string;
  detail: string;
}

/** The server answered with something else than success. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  /** The `detail` of the problem; empty where the answer was none. */
  readonly detail: string;
  readonly faults: readonly NamedFault[];
  /** What `Retry-After` asks for, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  constructor(
    status: number,
    detail: string,
    faults: readonly NamedFault[] = [],
    retryAfterMs: number | undefined = undefined,
  ) {
    super(`${status}: ${detail}`);
    this.status = status;
    this.detail = detail;
    this.faults = faults;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The code of a fault of the system, such as `ENOSPC`; an empty text where it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
