/**
 * Makes an export as a cloud system does: `,`, UTF-8 with a byte order mark, ISO dates, one row per revision
 * of a case with up to three services beside each other, percentages, and withdrawn cases that are kept as
 * `Vervallen`. All cases are invented.
 */
import { type Random, seededRandom, weekdays } from '../../../scenarios/random.ts';
import type { InventedCase, InventedExport, RefusedRow } from '../invented-export.ts';

const OF_A_SERVICE = ['Dienst', 'Aantal', 'Kans', 'Bijdrage', 'Jaarlijks'] as const;
const HEADERS = [
  ...[
    'Casus ID',
    'Revisie',
    'Status',
    'Reden vervallen',
    'Datum casus',
    'Themacode',
    'Doelcode',
    'Werksoort',
  ],
  ...['Buurtcode', 'E-mail contact', 'Kosten inzet'],
  ...[1, 2, 3].flatMap((number) => OF_A_SERVICE.map((name) => `${name} ${number}`)),
  ...['Opmerking, intern'],
];
type Row = Record<string, string>;

const GOALS = ['A-1', 'A-2', 'B-1', 'C-1'];
const WORK_TYPES = ['ouderenwerk', 'jongerenwerk', 'sociaal-werk'];
const SERVICES = ['dagbesteding', 'wijkverpleging', 'schulddienstverlening', 'huisarts'];
const PERCENTAGES = [100, 70, 35, 50] as const;
const REMARKS = ['', '', 'let op, dubbel?', 'sprak over "thuis"', 'emoji 🙂 in de tekst', 'regel 1\nregel 2'];

const CASES = 340;

/** A case at one revision, with the row that says it. */
interface Revision {
  one: InventedCase;
  row: Row;
}

function drawRevision(number: number, revision: number, date: string, random: Random): Revision {
  const goal = GOALS[number % GOALS.length] ?? 'A-1';
  const workType = random.pick(WORK_TYPES);
  const area = `BU0762000${random.below(10)}`;
  const cost = (random.below(90_000) / 100).toFixed(2);
  const caseId = `Z:2021:${String(number).padStart(5, '0')}`;
  const row: Row = {
    'Casus ID': caseId.replaceAll(':', '/'),
    Revisie: String(revision),
    Status: 'Lopend',
    'Datum casus': random.pick([date, date, `${date}T23:30:00+02:00`, `${date} 10:15:00`]),
    Themacode: goal.slice(0, 1),
    Doelcode: goal,
    Werksoort: workType,
    Buurtcode: area,
    'E-mail contact': '',
    'Opmerking, intern': random.pick(REMARKS),
  };
  // Half past eleven in summer time at +02:00 is that day in Amsterdam; in winter it is half past ten there.
  const shared = { caseId, revision, date, theme: goal.slice(0, 1), goal, workType, area };
  if (random.below(5) === 0) return { one: { type: 'registered', data: shared }, row };
  const avoided = Array.from({ length: 1 + random.below(3) }, (_, i) => drawLine(i + 1, row, random));
  row['Status'] = 'Afgerond';
  row['Kosten inzet'] = cost;
  return { one: { type: 'assessed', data: { ...shared, cost, avoided } }, row };
}

/** Draws a line and writes it in the row, as service `number`. */
function drawLine(number: number, row: Row, random: Random): Record<string, unknown> {
  const service = random.pick(SERVICES);
  const quantity = String((1 + random.below(400)) / 4);
  const likelihood = random.pick(PERCENTAGES);
  const contribution = random.pick(PERCENTAGES);
  const isYearly = random.below(4) === 0;
  row[`Dienst ${number}`] = service;
  row[`Aantal ${number}`] = quantity;
  row[`Kans ${number}`] = random.pick([`${likelihood}%`, `${likelihood}`, `${likelihood} %`]);
  row[`Bijdrage ${number}`] = `${contribution}%`;
  row[`Jaarlijks ${number}`] = isYearly ? 'Ja' : random.pick(['Nee', '']);
  return { service, quantity, likelihood, contribution, recurrence: isYearly ? 'yearly' : 'one-off' };
}

/** The revisions of a case: some are changed later, some are withdrawn, a few come back. */
function drawCase(number: number, days: readonly string[], random: Random): Revision[] {
  const date = random.pick(days);
  const revisions = [drawRevision(number, 1 + random.below(3), date, random)];
  const next = (): number => (revisions.at(-1)?.one.data.revision ?? 0) + 1 + random.below(4);
  if (random.below(4) === 0) revisions.push(drawRevision(number, next(), date, random));
  if (random.below(12) === 0) {
    revisions.push(withdrawn(number, next(), random));
    if (random.below(4) === 0) revisions.push(drawRevision(number, next(), date, random));
  }
  return revisions;
}

function withdrawn(number: number, revision: number, random: Random): Revision {
  const { one, row } = drawRevision(number, revision, '2021-05-03', random);
  const reason = random.pick(['error', 'consent']);
  row['Status'] = 'Vervallen';
  row['Reden vervallen'] = reason === 'error' ? 'Dubbel ingevoerd' : 'Toestemming ingetrokken';
  // A system empties what it may: nothing of a withdrawn case is asked for.
  row['Datum casus'] = random.pick(['', 'n.v.t.', row['Datum casus'] ?? '']);
  return { one: { type: 'withdrawn', data: { caseId: one.data.caseId, revision, reason } }, row };
}

/** Rows that must be refused, with the cells that are to be named. */
function badRows(random: Random): { row: Row; faults: RefusedRow['faults'] }[] {
  const bad = (number: number, change: Row, ...faults: [string, string][]) => {
    const { row } = drawRevision(90_000 + number, 1, '2021-03-15', random);
    const line = {
      'Dienst 1': 'huisarts',
      'Aantal 1': '2',
      'Kans 1': '70%',
      'Bijdrage 1': '35%',
      'Jaarlijks 1': '',
    };
    const all = { ...row, ...line, 'Datum casus': '2021-03-15', Status: 'Afgerond', ...change };
    return { row: all, faults: faults.map(([column, code]) => ({ column, code })) };
  };
  const same = bad(20, {});
  return [
    bad(1, { 'Kans 1': '120%' }, ['Kans 1', 'range']),
    bad(2, { 'Aantal 1': '0' }, ['Aantal 1', 'format']),
    bad(3, { 'Aantal 1': 'n.v.t.' }, ['Aantal 1', 'format']),
    bad(4, { 'Datum casus': '' }, ['Datum casus', 'required']),
    bad(5, { Buurtcode: 'Noord' }, ['Buurtcode', 'format']),
    bad(6, { Revisie: '' }, ['Revisie', 'required']),
    bad(7, { Revisie: '2.5' }, ['Revisie', 'format']),
    bad(8, { 'Casus ID': 'zaak #12' }, ['Casus ID', 'format']),
    bad(
      9,
      { 'Jaarlijks 1': 'soms', 'Kans 1': 'groot' },
      ['Kans 1', 'unknown-value'],
      ['Jaarlijks 1', 'unknown-value'],
    ),
    bad(10, { Status: 'Zoek' }, ['Status', 'unknown-value']),
    { ...same, faults: [] },
    { row: { ...same.row, 'Aantal 1': '3' }, faults: [{ column: 'Casus ID', code: 'mismatch' }] },
  ];
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Makes the export. */
export function generate(): InventedExport {
  const random = seededRandom(20_212n);
  const days = weekdays(2021).filter((day) => day >= '2021-04-01' && day < '2021-10-01');
  const cases: InventedCase[] = [];
  const rows: { row: Row; faults?: RefusedRow['faults'] }[] = [];
  for (let number = 1; number <= CASES; number++) {
    for (const { one, row } of drawCase(number, days, random)) {
      cases.push(one);
      rows.push({ row });
      // Twice the same row: a join in the export.
      if (random.below(60) === 0) rows.push({ row });
    }
  }
  let place = 0;
  for (const bad of badRows(random)) {
    place += random.below(30);
    rows.splice(place, 0, bad);
  }
  const lines = [HEADERS.map(csvCell).join(',')];
  const refused: RefusedRow[] = [];
  for (const { row, faults } of rows) {
    lines.push(HEADERS.map((header) => csvCell(row[header] ?? '')).join(','));
    if (faults !== undefined) refused.push({ row: lines.length, faults });
  }
  return { file: Buffer.from(`\uFEFF${lines.join('\n')}\n`), cases, refused };
}
