/** Thrown where an import cannot go on. The message says what to do and holds nothing of the file. */
export class ImportFault extends Error {
  readonly code: string;
  constructor(code: string, detail: string) {
    super(detail);
    this.name = 'ImportFault';
    this.code = code;
  }
}
