/**
 * Makes an export as an older registration system does: `;`, Windows-1252, titles above the headers, Dutch
 * dates and amounts, one row per avoided service, rows of one case scattered. All cases are invented.
 */
import { type Random, seededRandom, weekdays } from '../../../scenarios/random.ts';
import {
  dutchDate,
  dutchNumber,
  type InventedCase,
  type InventedExport,
  type RefusedRow,
  shuffled,
} from '../invented-export.ts';

const HEADERS = [
  ...['Dossiernummer', 'Cliënt', 'Startdatum', 'Thema', 'Doel', 'Werksoort', 'Doelgroep', 'Wijkcode', 'Team'],
  ...['Soortgelijke cases', 'Kosten', 'Voorziening', 'Aantal', 'Bedrag', 'Kostenhouder', 'Kans'],
  ...['Eigen bijdrage', 'Eenmalig/jaarlijks', 'Jaren', 'Positieve gezondheid', 'Toelichting'],
] as const;
type Header = (typeof HEADERS)[number];
type Row = Partial<Record<Header, string>>;

const GOALS = ['1.1', '1.5', '3.1', '3.2', '3.3', '5.1'];
const WORK_TYPES = {
  'Maatschappelijk werk': 'maatschappelijk-werk',
  Jongerenwerk: 'jongerenwerk',
  Opbouwwerk: 'opbouwwerk',
};
const TARGET_GROUPS = {
  Volwassenen: 'volwassenen',
  'Jongeren (12–18)': 'jongeren-12-18',
  Ouderen: 'ouderen',
};
const SERVICES = {
  'Begeleiding individueel': 'begeleiding-individueel',
  'Huishoudelijke hulp': 'huishoudelijke-hulp',
  'Jeugdhulp met verblijf': 'jeugdhulp-verblijf',
  'Spoedeisende hulp': 'spoedeisende-hulp',
};
const BEARERS = { Gemeente: 'gemeente', Zorgverzekeraar: 'zorgverzekeraar', Politie: 'politie' };
const LEVELS = { certain: 'Zeker', probable: 'Waarschijnlijk', possible: 'Misschien' };
const WELLBEING = {
  'bodily-functions': 'Lichaamsfuncties',
  'mental-wellbeing': 'Mentaal welbevinden',
  participation: 'Meedoen',
  'daily-functioning': 'Dagelijks functioneren',
};
const NOTES = [
  ...[
    '',
    '',
    '',
    'belt terug',
    'zie verslag; afspraak gemaakt',
    'zei: "het gaat beter"',
    'één gesprek – € 12 reiskosten',
  ],
  'eerste regel\r\ntweede regel',
];

const CASES = 360;

interface Line {
  [field: string]: unknown;
}

/** Draws a case and the rows that say it. */
function drawCase(
  number: number,
  days: readonly string[],
  random: Random,
): { one: InventedCase; rows: Row[] } {
  const caseId = `D-21-${String(number).padStart(5, '0')}`;
  const date = random.pick(days);
  const goal = random.pick(GOALS);
  const [workTypeName, workType] = random.pick(Object.entries(WORK_TYPES));
  const [groupName, targetGroup] = random.pick(Object.entries(TARGET_GROUPS));
  const [wellbeing, wellbeingName] = random.pick(Object.entries(WELLBEING));
  const area = `WK0394${String(random.below(12)).padStart(2, '0')}`;
  const similarCases = random.pick([1, 1, 1, 4, 12, 25]);
  const cost = (random.below(400_000) / 100).toFixed(2);
  const shared: Row = {
    Dossiernummer: messy(caseId, random),
    Cliënt: '(afgeschermd)',
    Startdatum: drawnDate(date, random),
    Thema: goal.slice(0, 1),
    Doel: goal,
    Werksoort: messy(workTypeName, random),
    Doelgroep: groupName,
    Wijkcode: area,
    Team: 'Team Noord',
    'Positieve gezondheid': messy(wellbeingName, random),
  };
  const data = { caseId, revision: 1, date, theme: goal.slice(0, 1), goal, workType, targetGroup, area };
  const always = { ...data, team: 'team-noord', wellbeing };
  if (random.below(6) === 0) {
    return {
      one: { type: 'registered', data: always },
      rows: [{ ...shared, Toelichting: random.pick(NOTES) }],
    };
  }
  const lines = Array.from({ length: random.pick([1, 1, 2, 2, 3]) }, () => drawLine(random));
  const rows = lines.map(({ row }): Row => ({ ...shared, ...row, Toelichting: random.pick(NOTES) }));
  // Only the first row of a case has what holds for the whole of it, as systems that print it once do.
  rows[0] = { ...rows[0], 'Soortgelijke cases': String(similarCases), Kosten: `€ ${dutchNumber(cost)}` };
  const avoided = lines.map(({ line }) => line);
  return { one: { type: 'assessed', data: { ...always, similarCases, cost, avoided } }, rows };
}

function drawLine(random: Random): { line: Line; row: Row } {
  const [likelihood, kans] = random.pick(Object.entries(LEVELS));
  const [contribution, bijdrage] = random.pick(Object.entries(LEVELS));
  const isYearly = random.below(3) === 0;
  const years = isYearly && random.below(2) === 0 ? 1 + random.below(5) : undefined;
  const always = {
    likelihood,
    contribution,
    recurrence: isYearly ? 'yearly' : 'one-off',
    ...(years === undefined ? {} : { years }),
  };
  const shared: Row = {
    Kans: messy(kans, random),
    'Eigen bijdrage': messy(bijdrage, random),
    'Eenmalig/jaarlijks': isYearly ? 'Jaarlijks' : 'Eenmalig',
    Jaren: years === undefined ? '' : String(years),
  };
  if (random.below(4) === 0) {
    const amount = (25 * (1 + random.below(400)) + random.below(100) / 100).toFixed(2);
    const [name, costBearer] = random.pick(Object.entries(BEARERS));
    const written = amount.endsWith('.00') ? `€ ${dutchNumber(amount.slice(0, -3))},-` : dutchNumber(amount);
    return {
      line: { amount, costBearer, ...always },
      row: { ...shared, Bedrag: written, Kostenhouder: name },
    };
  }
  const [name, service] = random.pick(Object.entries(SERVICES));
  const quantity = String((1 + random.below(120)) / 2);
  return {
    line: { service, quantity, ...always },
    row: { ...shared, Voorziening: messy(name, random), Aantal: dutchNumber(quantity) },
  };
}

/** White space and capitals as people leave them. */
function messy(text: string, random: Random): string {
  return random.pick([text, text, text, `${text} `, ` ${text}`, text.toUpperCase()]);
}

function drawnDate(date: string, random: Random): string {
  const short = dutchDate(date);
  const [day = '', month = '', year = ''] = short.split('-');
  const padded = `${day.padStart(2, '0')}-${month.padStart(2, '0')}-${year}`;
  return random.pick([short, padded, padded.replaceAll('-', '/'), `${padded} 09:30`]);
}

/** Rows that must be refused, each case with the faults that are to be named: by row of that case. */
function badCases(
  random: Random,
  days: readonly string[],
): { rows: Row[]; faults: RefusedRow['faults'][] }[] {
  const good = (number: number): Row => {
    const { one, rows } = drawCase(90_000 + number, days, random);
    const [row = {}] = rows;
    const line = { Voorziening: 'Huishoudelijke hulp', Aantal: '2', Bedrag: '', Kostenhouder: '' };
    const levels = { Kans: 'Zeker', 'Eigen bijdrage': 'Zeker', 'Eenmalig/jaarlijks': 'Eenmalig', Jaren: '' };
    return { ...row, ...line, ...levels, Dossiernummer: one.data.caseId, Toelichting: '' };
  };
  const bad = (number: number, change: Row, ...faults: [Header | '', string][]) => ({
    rows: [{ ...good(number), ...change }],
    faults: [faults.map(([column, code]) => ({ column, code }))],
  });
  const [first, second] = [good(20), { ...good(20), Thema: '9', 'Soortgelijke cases': '', Kosten: '' }];
  const cells = ['Startdatum', 'Doel', 'Werksoort', 'Doelgroep', 'Wijkcode', 'Positieve gezondheid'] as const;
  for (const header of cells) second[header] = first[header] ?? '';
  return [
    bad(1, { Kans: 'Onbekend' }, ['Kans', 'unknown-value']),
    bad(2, { Startdatum: '31-2-2021' }, ['Startdatum', 'format']),
    bad(3, { Voorziening: '', Aantal: '', Bedrag: '12,505', Kostenhouder: 'Politie' }, [
      'Bedrag',
      'not-exact',
    ]),
    bad(4, { Startdatum: '1-1-2999' }, ['Startdatum', 'future-date']),
    bad(5, { Dossiernummer: '123456782' }, ['Dossiernummer', 'bsn']),
    bad(6, { Dossiernummer: '' }, ['Dossiernummer', 'required']),
    bad(7, { Bedrag: '100,00', Kostenhouder: 'Politie' }, ['Bedrag', 'not-allowed']),
    bad(8, { Wijkcode: 'Noord', Kans: 'nvt' }, ['Kans', 'unknown-value']),
    bad(9, { Wijkcode: 'Noord' }, ['Wijkcode', 'format']),
    bad(10, { Aantal: 'drie', Jaren: '2,5' }, ['Aantal', 'format'], ['Jaren', 'format']),
    bad(11, { Toelichting: 'puntkomma;zonder aanhalingstekens' }, ['', 'too-many-cells']),
    { rows: [first, second], faults: [[], [{ column: 'Thema', code: 'mismatch' }]] },
  ];
}

function csvCell(text: string): string {
  // The export forgets to quote where a text has a delimiter and nothing else: that row is refused.
  return /["\r\n]|; /.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Windows-1252 bytes; the few characters outside Latin-1 that this export has. */
function windows1252(text: string): Buffer {
  const bytes = { '€': '\x80', '–': '\x96' } as const;
  return Buffer.from(
    text.replace(/[€–]/g, (sign) => bytes[sign as keyof typeof bytes]),
    'latin1',
  );
}

/** Makes the export. */
export function generate(): InventedExport {
  const random = seededRandom(20_211n);
  const days = weekdays(2021);
  const cases: InventedCase[] = [];
  const rows: { cells: Row; faults?: RefusedRow['faults'] }[] = [];
  for (let number = 1; number <= CASES; number++) {
    const { one, rows: ofCase } = drawCase(number, days, random);
    cases.push(one);
    rows.push(...ofCase.map((cells) => ({ cells })));
  }
  for (const { rows: ofCase, faults } of badCases(random, days)) {
    for (const [i, cells] of ofCase.entries()) {
      rows.splice(random.below(rows.length), 0, { cells, faults: faults[i] ?? [] });
    }
  }
  const lines = ['Overzicht hulpvragen en casussen', 'Periode;01-01-2021;31-12-2021', ''];
  lines.push(HEADERS.join(';'));
  const refused: RefusedRow[] = [];
  for (const { cells, faults } of shuffled(rows, 40, random.below)) {
    // Now and then a system prints an empty row, which a spreadsheet counts too.
    if (random.below(150) === 0) lines.push(HEADERS.map(() => '').join(';'));
    lines.push(HEADERS.map((header) => csvCell(cells[header] ?? '')).join(';'));
    if (faults !== undefined) refused.push({ row: lines.length, faults });
  }
  lines.push('', 'Einde overzicht');
  const ofFooter = ['Startdatum', 'Thema'].map((column) => ({ column, code: 'required' }));
  refused.push({ row: lines.length, faults: ofFooter });
  return { file: windows1252(`${lines.join('\r\n')}\r\n`), cases, refused };
}
