import type { Database } from '@effectstroom/database';
import { type Kysely, sql } from 'kysely';
import { writeSources } from './invented-deliveries.ts';
import { type InventedCase, writeCases, writeProgramme } from './invented-rows.ts';

const EURO = 1_000_000n;
const MEERWAARDE = { municipality: 'GM0394', organisation: 'meerwaarde', programme: 'main' };
const GEZINSWERK = { municipality: 'GM1700', organisation: 'gezinswerk-twenterand', programme: 'gezinswerk' };
const ELSEWHERE = { municipality: 'GM0001', organisation: 'elsewhere', programme: 'main' };
const HEALTH = { costBearer: 'zorgverzekeraar', municipal: false } as const;
const YOUTH = { costBearer: 'gemeente-jeugd', municipal: true } as const;

const CASES: readonly InventedCase[] = [
  {
    ...MEERWAARDE,
    theme: '1',
    goal: '1.5',
    date: '2026-01-01',
    assessment: {
      ...{ similarCases: 3, cost: 0n, factor: 9000 },
      lines: [
        { ...HEALTH, recurrence: 'one-off', amounts: [100n * EURO] },
        { ...YOUTH, recurrence: 'yearly', amounts: [50n * EURO, 40n * EURO, 32n * EURO] },
      ],
    },
  },
  // Half a cent: 1.005 is 1.01, in the gross and, times 0.5, in the corrected figure.
  {
    ...MEERWAARDE,
    theme: '2',
    date: '2026-03-14',
    assessment: {
      ...{ similarCases: 1, cost: 0n, factor: 5000 },
      lines: [
        { ...HEALTH, recurrence: 'one-off', amounts: [1_005_000n] },
        { ...YOUTH, recurrence: 'one-off', amounts: [2_010_000n] },
      ],
    },
  },
  { ...MEERWAARDE, theme: '2', date: '2026-02-28' },
  // The edge of last year: the 14th counts, the 15th does not.
  {
    ...MEERWAARDE,
    theme: '1',
    goal: '1.4',
    date: '2025-03-14',
    assessment: {
      ...{ similarCases: 2, cost: 0n, factor: 8500 },
      lines: [{ ...HEALTH, recurrence: 'one-off', amounts: [10n * EURO] }],
    },
  },
  {
    ...MEERWAARDE,
    theme: '1',
    date: '2025-03-15',
    assessment: {
      ...{ similarCases: 1, cost: 0n, factor: 8500 },
      lines: [{ ...HEALTH, recurrence: 'one-off', amounts: [7n * EURO] }],
    },
  },
  {
    ...MEERWAARDE,
    theme: '3',
    date: '2026-02-01',
    isWithdrawn: true,
    assessment: {
      ...{ similarCases: 5, cost: 0n, factor: 9000 },
      lines: [{ ...HEALTH, recurrence: 'one-off', amounts: [99n * EURO] }],
    },
  },
  {
    ...GEZINSWERK,
    theme: 'gezinswerk',
    date: '2026-02-10',
    assessment: {
      ...{ similarCases: 1, cost: 1500n * EURO, factor: 10_000 },
      lines: [
        { ...HEALTH, recurrence: 'one-off', amounts: [6000n * EURO] },
        { ...YOUTH, recurrence: 'one-off', amounts: [2400n * EURO] },
      ],
    },
  },
  { ...ELSEWHERE, theme: '1', date: '2024-12-31' },
];

/** Rows for everything that /metrics shows, on 14 March 2026. */
export async function writeGoldenRows(db: Kysely<Database>): Promise<void> {
  await writeCases(db, CASES);
  await writeProgramme(db, 1, MEERWAARDE, [{ year: 2026, amount: '1.00' }]);
  await writeProgramme(db, 2, MEERWAARDE, [
    { year: 2024, amount: '9999.00' },
    { year: 2025, amount: '100.00', theme: '1' },
    { year: 2025, amount: '20.50', theme: '2', workType: 'jongerenwerk' },
    { year: 2025, amount: '10.00', theme: '2', workType: 'opbouwwerk' },
    { year: 2025, amount: '5.00', workType: 'opbouwwerk' },
    { year: 2026, amount: '365.00' },
    { year: 2026, amount: '100.00', theme: '1' },
    { year: 2026, amount: '30.00', theme: '1', workType: 'opbouwwerk' },
  ]);
  await sql`INSERT INTO stream (epoch, created_at, partitions) VALUES
      (0, '2025-01-01T00:00:00Z', 2), (1, '2026-01-05T08:00:00.123456Z', 2)`.execute(db);
  await sql`INSERT INTO partition_position
        (partition, epoch, sequence, known_at, stored_at, revaluation) VALUES
      (0, 1, 118, '2026-03-14T09:59:58Z', '2026-03-14T09:59:58Z', NULL),
      (1, 1, 100, '2026-03-14T09:59:50Z', '2026-03-14T09:59:50Z',
        '{"sequence":"101","programme":"x","caseId":"c","done":250}')`.execute(db);
  await writeSources(db, [
    {
      ...{ organisation: 'meerwaarde', source: 'urn:nld:kvknr:12345679', days: ['2026-03-01', '2026-03-13'] },
      expected: { rhythm: 'weekly', graceDays: 3, from: '2026-01-01' },
      cases: [
        { municipality: 'GM0394', month: '2026-01', registered: 1, assessed: 1 },
        { municipality: 'GM0394', month: '2026-03', registered: 2, assessed: 1 },
        { municipality: 'GM0394', month: '2025-03', registered: 2, assessed: 2 },
      ],
    },
    {
      ...{ organisation: 'meerwaarde', source: 'urn:nld:kvknr:76543210', days: [], cases: [] },
      expected: { rhythm: 'monthly', graceDays: 10, from: '2026-01-01' },
    },
    { organisation: 'elsewhere', source: 'urn:nld:kvknr:12345679', days: ['2024-12-31'], cases: [] },
  ]);
  await sql`INSERT INTO event (organisation, number, source, id, case_id, known_at, payload)
      SELECT id, id, 1, 'e', 'c', '2026-03-13T10:00:00Z'::timestamptz + id * interval '1 hour', ''
      FROM organisation WHERE code IN ('meerwaarde', 'elsewhere')`.execute(db);
  await sql`INSERT INTO quarantine
        (organisation, number, reason, detail, case_id, partition, programme, known_at, source)
      SELECT 1, place, CASE WHEN place < 3 THEN 'unknown-theme' ELSE 'no-price' END, '', 'c', 0, '', now(), 1
      FROM generate_series(1, 3) AS place`.execute(db);
  await sql`INSERT INTO unreadable (number, detail, known_at, payload) VALUES (1, '', now(), '')`.execute(db);
  await sql`INSERT INTO verification (checked_at, seconds, cases, faults) VALUES
      ('2026-03-13T02:30:00Z', 1, 8, '["a", "b"]'), ('2026-03-14T02:30:00Z', 1, 8, '[]')`.execute(db);
}
