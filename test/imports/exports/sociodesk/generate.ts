/**
 * Makes a workbook as a case-management system does: a sheet that explains, and one with headers in row 5,
 * dates and numbers as a spreadsheet has them, theme and goal in one column, and numbers of residents. One
 * row per avoided service. All cases are invented.
 */
import writeXlsxFile, { type Cell } from 'write-excel-file/node';
import { type Random, seededRandom, weekdays } from '../../../scenarios/random.ts';
import { type InventedCase, type InventedExport, type RefusedRow, shuffled } from '../invented-export.ts';

const HEADERS = [
  ...[
    'Dossier',
    'Cliëntnummer',
    'Geboortedatum',
    'Datum intake',
    'Thema',
    'Type ondersteuning',
    'Wijk',
    'Dimensie',
  ],
  ...['Multiplier', 'Kosten traject', 'Voorziening', 'Aantal', 'Bedrag', 'Betaler', 'Kans', 'Jaarlijks'],
  ...['Aantal jaren', 'Deadweight', 'Effect', 'Datum nazorg', 'Uitkomst nazorg'],
] as const;
type Header = (typeof HEADERS)[number];
type Row = Partial<Record<Header, Cell>>;

const THEMES = { 'Thema 1.1': '1.1', 'Thema 1.2': '1.2', 'Thema 3.2': '3.2', 'Thema 3.10': '3.10' };
const SUPPORT = { Licht: 'licht', 'Middel (B)': 'middel-b', Zwaar: 'zwaar' };
const AREAS = { Centrum: 'WK170000', Vriezenveen: 'WK170001', 'Den Ham': 'WK170002', Onbekend: undefined };
const WELLBEING = {
  Zingeving: 'meaningfulness',
  'Kwaliteit van leven': 'quality-of-life',
  Meedoen: 'participation',
  'Dagelijks functioneren': 'daily-functioning',
};
const SERVICES = { 'Ambulante jeugdhulp': 'ambulante-jeugdhulp', Crisisopvang: 'crisisopvang' };
const BEARERS = { Gemeente: 'gemeente', Zorgverzekeraar: 'zorgverzekeraar', Onderwijs: 'onderwijs' };
const EFFECTS = { 'Voorkomen uithuisplaatsing': 'voorkomen-uithuisplaatsing', Schooluitval: 'schooluitval' };
const OUTCOMES = { Weggebleven: 'stayed-away', Deels: 'partly', 'Toch ingezet': 'used-anyway' };

const CASES = 280;

function dateCell(date: string, time = '00:00:00'): Cell {
  return { value: new Date(`${date}T${time}Z`), type: Date, format: 'dd-mm-yyyy' };
}

/** Draws a case and the rows that say it. */
function drawCase(
  number: number,
  days: readonly string[],
  random: Random,
): { one: InventedCase; rows: Row[] } {
  const caseId = String(210_000 + number);
  const date = random.pick(days);
  const resident = 10_000 + random.below(9_000);
  const [theme, goal] = random.pick(Object.entries(THEMES));
  const [support, supportType] = random.pick(Object.entries(SUPPORT));
  const [areaName, area] = random.pick(Object.entries(AREAS));
  const [dimension, wellbeing] = random.pick(Object.entries(WELLBEING));
  const shared: Row = {
    Dossier: random.pick([Number(caseId), caseId]),
    Cliëntnummer: resident,
    'Datum intake': dateCell(date, random.pick(['00:00:00', '00:00:00', '13:45:10'])),
    Thema: random.pick([theme, theme, theme.toLowerCase()]),
    'Type ondersteuning': support,
    Wijk: areaName,
    Dimensie: dimension,
  };
  const data: InventedCase['data'] = {
    ...{ caseId, revision: 1, date, theme: goal.slice(0, 1), goal, supportType, wellbeing },
    ...(area === undefined ? {} : { area }),
    residentKey: `clientnummer-sd:${resident}`,
    ...drawFollowUp(shared, random),
  };
  if (random.below(8) === 0) return { one: { type: 'registered', data }, rows: [shared] };
  const hours = 1 + random.below(60);
  const cost = ((hours * 64_10) / 100).toFixed(2);
  // 64.1 times the hours as a spreadsheet computes it, with what a float makes of it.
  shared['Kosten traject'] = 64.1 * hours;
  if (random.below(2) === 0) shared['Multiplier'] = 1;
  const lines = Array.from({ length: random.pick([1, 1, 2, 3]) }, () => drawLine(random));
  const avoided = lines.map(({ line }) => line);
  return {
    one: { type: 'assessed', data: { ...data, cost, avoided } },
    rows: lines.map(({ row }) => ({ ...shared, ...row })),
  };
}

function drawFollowUp(row: Row, random: Random): { followUp?: { date: string; outcome: string } } {
  if (random.below(3) > 0) return {};
  const [name, outcome] = random.pick(Object.entries(OUTCOMES));
  const date = `2022-0${1 + random.below(6)}-15`;
  row['Datum nazorg'] = dateCell(date);
  row['Uitkomst nazorg'] = name;
  return { followUp: { date, outcome } };
}

function drawLine(random: Random): { line: Record<string, unknown>; row: Row } {
  const likelihood = random.pick([90, 70, 35]);
  const deadweight = random.pick([0, 10, 25]);
  const [effectName, effect] = random.pick(Object.entries(EFFECTS));
  const isYearly = random.below(3) === 0;
  const years = isYearly ? 1 + random.below(4) : undefined;
  const row: Row = {
    // Half of the numbers are percentages as a spreadsheet has them: 0.7 shows as 70%.
    Kans: random.pick<Cell>([{ value: likelihood / 100, type: Number, format: '0%' }, likelihood]),
    Jaarlijks: isYearly ? 'Ja' : 'Nee',
    'Aantal jaren': years ?? null,
    Deadweight: deadweight === 0 ? null : { value: deadweight / 100, type: Number, format: '0%' },
    Effect: effectName,
  };
  const line = {
    ...{ likelihood, contribution: 100, recurrence: isYearly ? 'yearly' : 'one-off', deadweight, effect },
    ...(years === undefined ? {} : { years }),
  };
  if (random.below(3) === 0) {
    const [name, costBearer] = random.pick(Object.entries(BEARERS));
    const cents = 1_000 + random.below(2_000_000);
    row['Bedrag'] = cents / 100;
    row['Betaler'] = name;
    return { line: { amount: (cents / 100).toFixed(2), costBearer, ...line }, row };
  }
  const [name, service] = random.pick(Object.entries(SERVICES));
  const quantity = (1 + random.below(200)) / 4;
  row['Voorziening'] = name;
  row['Aantal'] = quantity;
  return { line: { service, quantity: String(quantity), ...line }, row };
}

/** Rows that must be refused, with the cells that are to be named. */
function badRows(random: Random, days: readonly string[]): { row: Row; faults: RefusedRow['faults'] }[] {
  const bad = (number: number, change: Row, ...faults: [Header, string][]) => {
    const { rows } = drawCase(80_000 + number, days, random);
    const line: Row = { Voorziening: 'Crisisopvang', Aantal: 2, Bedrag: null, Betaler: null, Kans: 70 };
    const row: Row = { ...rows[0], ...line, Jaarlijks: 'Nee', 'Aantal jaren': null, ...change };
    return { row, faults: faults.map(([column, code]) => ({ column, code })) };
  };
  return [
    bad(1, { Voorziening: null, Aantal: null, Bedrag: 12.345, Betaler: 'Onderwijs' }, [
      'Bedrag',
      'not-exact',
    ]),
    bad(2, { Thema: 'Thema 9.9' }, ['Thema', 'unknown-value'], ['Thema', 'unknown-value']),
    bad(3, { 'Datum intake': 'n.t.b.' }, ['Datum intake', 'format']),
    bad(4, { Dossier: null }, ['Dossier', 'required']),
    bad(5, { Aantal: '#N/A' }, ['Aantal', 'cell-error']),
    bad(6, { Kans: 1 }, ['Kans', 'ambiguous']),
    bad(7, { Cliëntnummer: 123_456_782 }, ['Cliëntnummer', 'bsn']),
    bad(8, { 'Aantal jaren': 3 }, ['Aantal jaren', 'not-allowed']),
    bad(9, { Dossier: dateCell('2021-03-01') }, ['Dossier', 'format']),
    bad(10, { 'Uitkomst nazorg': 'Deels', 'Datum nazorg': null }, ['Datum nazorg', 'required']),
  ];
}

/** Makes the export. */
export async function generate(): Promise<InventedExport> {
  const random = seededRandom(20_213n);
  const days = weekdays(2021);
  const cases: InventedCase[] = [];
  const rows: { row: Row; faults?: RefusedRow['faults'] }[] = [];
  for (let number = 1; number <= CASES; number++) {
    const { one, rows: ofCase } = drawCase(number, days, random);
    cases.push(one);
    rows.push(...ofCase.map((row) => ({ row })));
  }
  for (const bad of badRows(random, days)) rows.splice(random.below(rows.length), 0, bad);
  const sheet: Cell[][] = [
    ['SocioDesk – gezinswerk'],
    ['Gemaakt op', dateCell('2022-01-05')],
    ['Filter: jaar 2021, alle medewerkers'],
    [],
    [...HEADERS],
  ];
  const refused: RefusedRow[] = [];
  for (const { row, faults } of shuffled(rows, 25, random.below)) {
    if (random.below(120) === 0) sheet.push([]);
    sheet.push(HEADERS.map((header) => row[header] ?? null));
    if (faults !== undefined) refused.push({ row: sheet.length, faults });
  }
  const explanation: Cell[][] = [
    ['Dit werkblad legt uit wat de kolommen betekenen.'],
    ['Kans', 'in procenten'],
  ];
  const file = await writeXlsxFile([
    { data: explanation, sheet: 'Toelichting' },
    { data: sheet, sheet: 'Export 2021' },
  ]).toBuffer();
  return { file, cases, refused };
}
