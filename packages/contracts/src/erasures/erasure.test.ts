import { describe, expect, it } from 'vitest';
import { checkErasure } from './erasure.ts';

const codesOf = (body: unknown) =>
  checkErasure(body).faults?.map(({ pointer, code }) => `${pointer} ${code}`);

describe('the request to erase a case', () => {
  it('names a case, and where it is wished a reference', () => {
    const body = { organisation: 'meerwaarde', caseId: 'c-1', request: 'AVG-2026-14' };
    expect(checkErasure(body)).toEqual({ request: body });
    expect(checkErasure({ organisation: 'meerwaarde', caseId: 'c-1' }).faults).toBeUndefined();
  });

  it('names every fault, and no value', () => {
    expect(codesOf({ organisation: 'Meer Waarde', extra: 1 })).toEqual([
      '/organisation format',
      '/caseId required',
      '/extra unknown-field',
    ]);
    expect(codesOf(null)).toEqual([' type']);
  });

  it('takes no reference that says who it is about', () => {
    const body = { organisation: 'meerwaarde', caseId: 'c-1' };
    expect(codesOf({ ...body, request: 'verzoek over c-1' })).toEqual(['/request not-allowed']);
    expect(codesOf({ ...body, request: 'jan@voorbeeld.nl' })).toEqual(['/request personal-data']);
    expect(codesOf({ ...body, caseId: '123456782' })).toEqual(['/caseId bsn']);
  });
});
