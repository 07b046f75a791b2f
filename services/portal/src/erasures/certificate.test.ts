import type { ErasureRow } from '@effectstroom/database';
import { expect, it } from 'vitest';
import { certificateOf, erasureRowOf } from './certificate.ts';
import { certificatePage } from './certificate-page.ts';

const ERASURE: ErasureRow = {
  number: 7n,
  ...{ id: '11111111-2222-4333-8444-555555555555', organisation: 'meerwaarde', request: null },
  // Half past midnight in Amsterdam.
  ...{ requestedAt: '2026-02-09T23:30:00.123456Z', appliedAt: '2026-02-09T23:30:01.000000Z' },
  ...{ transportUntil: '2026-03-11T23:30:00.123456Z', isTransportOver: false },
  removed: null,
  correction: { registered: -1, assessed: -1, represented: -1, gross: '-1000000', corrected: '-9000000000' },
};
const DAY = '2026-02-10T00:00:00.000000Z';

it('tells who may not see the case no moment to look just before and after', () => {
  const { requestedAt, appliedAt, transport, correction } = certificateOf(ERASURE, false);
  expect([requestedAt, appliedAt, transport.until, correction]).toEqual([
    ...[DAY, DAY, '2026-03-12T00:00:00.000000Z', null],
  ]);
  expect(erasureRowOf(ERASURE, false)).toMatchObject({ requestedAt: DAY, appliedAt: DAY });
  const page = certificatePage(certificateOf(ERASURE, false), false);
  expect(page).toContain('10 februari 2026</td>');
  expect(page).not.toMatch(/\d\d:\d\d/);
});

it('tells others when it was', () => {
  const certificate = certificateOf(ERASURE, true);
  expect(certificate).toMatchObject({ requestedAt: ERASURE.requestedAt, correction: { gross: '-1.00' } });
  expect(certificatePage(certificate, true)).toContain('10 februari 2026 om 00:30');
});
