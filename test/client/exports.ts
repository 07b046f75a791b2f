/** Exports as a registration system makes them: invented, and as large as a test wants. */

/** A mapping of these exports. */
export const MAPPING = {
  name: 'Export van de tests',
  municipality: 'GM0394',
  organisation: 'meerwaarde',
  source: 'urn:nld:kvknr:41224547:systeem:export',
  rows: 'case',
  case: {
    caseId: { column: 'Zaaknummer' },
    date: { column: 'Datum' },
    theme: { column: 'Thema' },
  },
  lines: [
    {
      amount: { column: 'Bedrag' },
      costBearer: { column: 'Kostenhouder' },
      likelihood: { column: 'Kans', values: { Zeker: 'certain', Waarschijnlijk: 'probable' } },
      contribution: { constant: 'certain' },
    },
  ],
};

const HEADER = 'Zaaknummer;Datum;Thema;Bedrag;Kostenhouder;Kans';

/** A CSV of cases `<prefix>-1` and on; rows that are named in `wrong` have a date that is none. */
export function csvOf(prefix: string, cases: number, wrong: readonly number[] = []): string {
  const rows = Array.from({ length: cases }, (_, at) => {
    const number = at + 1;
    const date = wrong.includes(number) ? '31-02-2021' : `${(at % 28) + 1}-3-2021`;
    const likelihood = at % 2 === 0 ? 'Waarschijnlijk' : 'Zeker';
    return `${prefix}-${number};${date};3;${(at % 900) + 100},50;zorgverzekeraar;${likelihood}`;
  });
  return `${[HEADER, ...rows].join('\r\n')}\r\n`;
}
