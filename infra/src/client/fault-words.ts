import { faultInDutch } from '@effectstroom/contracts';

/** A fault on one line: what it is in Dutch, and in English what is allowed. */
export function faultText({ code, detail }: { code: string; detail: string }): string {
  return `${faultInDutch(code)}${detail === '' ? '' : ` (${detail})`}`;
}
