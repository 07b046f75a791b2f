/** Why a zaak could not be read. Closed: shown as it is in `GET /v1/notifications`. */
export type ZgwCode =
  | 'unreachable'
  | 'timeout'
  | 'server-error'
  | 'throttled'
  | 'unauthorised'
  | 'not-found'
  | 'unexpected-status'
  | 'redirect'
  | 'too-large'
  | 'malformed'
  | 'foreign-url'
  | 'unknown-zaaktype'
  | 'secret';

/** These say that the whole zaaksysteem is not well, not just one zaak. */
const OF_ALL: ReadonlySet<ZgwCode> = new Set(['unreachable', 'timeout', 'server-error', 'throttled']);

/** Thrown where the zaaksysteem does not answer as it should. Holds nothing of its answer. */
export class ZgwFault extends Error {
  readonly code: ZgwCode;
  /** Milliseconds that the zaaksysteem asks to wait. */
  readonly wait: number | undefined;
  /** Whether it says something of the whole zaaksysteem. */
  readonly isOfAll: boolean;
  constructor(code: ZgwCode, wait?: number) {
    super(code);
    this.name = 'ZgwFault';
    this.code = code;
    this.wait = wait;
    this.isOfAll = OF_ALL.has(code);
  }
}
