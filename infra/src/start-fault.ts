/**
 * A reason why the stack cannot start, told in Dutch to the person at the terminal; shown without a stack
 * trace.
 */
export class StartFault extends Error {
  override readonly name = 'StartFault';
}
