/**
 * A reason why the stack cannot start, told in Dutch to the person at the terminal; shown without a stack
 * trace.
 */
export class StartFault extends Error {
  override readonly name: string = 'StartFault';
}

/** A part was killed from outside before it was ready: no fault of its own, so it may be tried again. */
export class KilledAtStart extends StartFault {
  override readonly name = 'KilledAtStart';
}
