import { checkMapping } from '@effectstroom/contracts';
import { describe, expect, it } from 'vitest';
import type { Cell, SourceRow } from '../tables/table.ts';
import { proposeMapping } from './propose-mapping.ts';

const given = { municipality: 'GM0394', organisation: 'meerwaarde', source: 'urn:nld:kvknr:90000001' };

/** What is proposed for columns with these values; the last value repeats where a column has fewer. */
function propose(columns: Record<string, readonly Cell[]>, about: Record<string, string> = given) {
  const headers = Object.keys(columns);
  const length = Math.max(...Object.values(columns).map((cells) => cells.length));
  const rows = Array.from({ length }, (_, i): SourceRow => {
    return {
      row: i + 2,
      cells: headers.map((header) => columns[header]?.[i] ?? columns[header]?.at(-1) ?? ''),
    };
  });
  const { mapping, questions } = proposeMapping(headers, rows, about);
  return { mapping, questions: questions.join('\n'), checked: checkMapping('voorstel', mapping) };
}

const usual = { Dossiernummer: ['d-1', 'd-2'], Startdatum: ['1-2-2021'], Thema: ['3'] };

describe('a proposed mapping', () => {
  it('knows the usual headers and words, and passes the checks', () => {
    const { checked, questions } = propose({
      Dossiernummer: ['d-1', 'd-1', 'd-2'],
      Startdatum: ['1-2-2021'],
      Thema: ['Thema 3.2', 'Thema 1.1'],
      Werksoort: ['Maatschappelijk werk', 'jongerenwerk'],
      Doelgroep: ['Ouderen'],
      'Soortgelijke cases': ['4'],
      'Positieve gezondheid': ['Meedoen', 'Zingeving'],
      Cliëntnummer: ['10234'],
      Voorziening: ['Begeleiding individueel'],
      Aantal: ['2,5'],
      Bedrag: ['1.250,00'],
      Kostenhouder: ['Gemeente Zorg & Ondersteuning'],
      Kans: ['Zeker', 'WAARSCHIJNLIJK', '50%'],
      'Eigen bijdrage': ['100%', '70'],
      Jaarlijks: ['Ja', 'Nee'],
      'Aantal jaren': ['3'],
    });
    expect(checked.faults).toBeUndefined();
    const levels = { Zeker: 'certain', Waarschijnlijk: 'probable', Misschien: 'possible' };
    expect(checked.mapping).toMatchObject({
      rows: 'line',
      table: { decimal: ',' },
      case: {
        caseId: { column: 'Dossiernummer' },
        date: { column: 'Startdatum' },
        theme: { column: 'Thema', values: { 'Thema 3.2': '3', 'Thema 1.1': '1' } },
        goal: { column: 'Thema', values: { 'Thema 3.2': '3.2', 'Thema 1.1': '1.1' } },
        workType: {
          values: { 'Maatschappelijk werk': 'maatschappelijk-werk', jongerenwerk: 'jongerenwerk' },
        },
        targetGroup: { column: 'Doelgroep' },
        similarCases: { column: 'Soortgelijke cases' },
        wellbeing: { values: { Meedoen: 'participation', Zingeving: 'meaningfulness' } },
        residentKey: { column: 'Cliëntnummer', prefix: 'resident-number:' },
      },
      lines: [
        {
          service: {
            column: 'Voorziening',
            values: { 'Begeleiding individueel': 'begeleiding-individueel' },
          },
          quantity: { column: 'Aantal' },
          amount: { column: 'Bedrag' },
          costBearer: { values: { 'Gemeente Zorg & Ondersteuning': 'gemeente-zorg-ondersteuning' } },
          likelihood: { column: 'Kans', values: levels, others: 'keep' },
          contribution: { column: 'Eigen bijdrage' },
          recurrence: { column: 'Jaarlijks', values: { Ja: 'yearly', Nee: 'one-off' } },
          years: { column: 'Aantal jaren' },
        },
      ],
    });
    expect(checked.mapping?.lines[0]?.contribution).toEqual({ column: 'Eigen bijdrage' });
    expect(questions).toContain('controleer de codes');
  });

  it('reads services beside each other, revisions and withdrawn cases', () => {
    const { checked } = propose({
      ...usual,
      'Laatst gewijzigd op': ['1-2-2021 09:00', '2-2-2021 10:00'],
      Status: ['Lopend', 'Vervallen'],
      'Dienst 1': ['hulp'],
      'Kans 1': ['Zeker'],
      'Dienst 2': ['hulp'],
      'Eenmalig/jaarlijks 2': ['Eenmalig'],
    });
    expect(checked.mapping).toMatchObject({
      rows: 'case',
      type: { column: 'Status', values: { Vervallen: 'withdrawn' }, others: 'empty' },
      case: { revision: { column: 'Laatst gewijzigd op' } },
      lines: [
        { service: { column: 'Dienst 1' }, likelihood: { column: 'Kans 1' } },
        { service: { column: 'Dienst 2' }, recurrence: { values: { Eenmalig: 'one-off' } } },
      ],
    });
  });

  it('leaves out what looks like data of persons, and says so', () => {
    const personal = {
      'Naam cliënt': ['x'],
      Geboortedatum: ['1-1-1990'],
      Adres: ['x'],
      Postcode: ['x'],
      BSN: ['x'],
      'E-mailadres': ['x'],
      Telefoonnummer: ['x'],
      Medewerker: ['x'],
      Doelgroep: ['iemand@voorbeeld.nl'],
      Cliëntnummer: ['123456782'],
      Opmerkingen: ['x'],
    };
    const { mapping, questions } = propose({ ...usual, ...personal, Kleur: ['rood'] });
    const [said = ''] = /Met opzet .*/.exec(questions) ?? [];
    for (const header of Object.keys(personal)) {
      expect(said).toContain(`“${header}”`);
      expect(JSON.stringify(mapping)).not.toContain(header);
    }
    expect(questions).toContain('Niet herkend en niet gebruikt: “Kleur”.');
    expect(questions + JSON.stringify(mapping)).not.toMatch(/123456782|voorbeeld\.nl/);
  });

  it('asks for what it does not find', () => {
    const { questions, checked } = propose({ Kleur: ['rood'] }, {});
    for (const asked of [
      'gemeente',
      'organisatie',
      'source',
      'nummer van de casus',
      'datum',
      'thema',
      'dienst',
    ]) {
      expect(questions).toContain(asked);
    }
    expect(checked.faults).toBeDefined();
    expect(propose({ ...usual, Aanmelddatum: ['x'] }).questions).toContain(
      'Is “Startdatum” de datum die telt?',
    );
    expect(propose({ ...usual, Wijk: ['Noord'] }).questions).toContain('CBS-code');
    expect(propose({ ...usual, Doel: [3.2] }).questions).toContain('3.10');
  });
});
