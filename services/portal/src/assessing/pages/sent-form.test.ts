import type { CaseForm, PricedService } from '@effectstroom/contracts';
import { describe, expect, it } from 'vitest';
import { formatsIn } from '../../board/formats.ts';
import { EMPTY_LINE, formIn, formOf } from './form-state.ts';
import { labelled, pick } from './listed-services.ts';
import { decimal, readForm } from './sent-form.ts';

const service = (code: string, name: string, price = '64.00'): PricedService => ({
  ...{ service: code, name, unit: 'uur', price },
  ...{ costBearer: 'gemeente', costBearerName: 'Gemeente' },
});

const SERVICES = [
  service('wmo-1', 'Begeleiding individueel'),
  service('wmo-2', 'Begeleiding groep', '1250.50'),
  service('cafe', 'Buurtcafé'),
  service('twice-1', 'Zelfde'),
  service('twice-2', 'Zelfde'),
];
const LISTED = labelled(SERVICES, formatsIn('nl'));
// Only what the form reads of it.
const FORM = { services: SERVICES, wellbeing: null } as unknown as CaseForm;

describe('a service that was typed', () => {
  it.each([
    ['Begeleiding groep – € 1.250,50 per uur', 'wmo-2'],
    ['WMO-2', 'wmo-2'],
    ['begeleiding groep', 'wmo-2'],
    ['indiv', 'wmo-1'],
    ['groep begel', 'wmo-2'],
    ['buurtcafe', 'cafe'],
    ['Zelfde – € 64,00 per uur (twice-2)', 'twice-2'],
  ])('%s means %s', (typed, code) => expect(pick(typed, LISTED).service?.service).toBe(code));

  it('is not clear, or is not there', () => {
    expect(pick('begeleiding', LISTED).near.map((one) => one.service)).toEqual(['wmo-1', 'wmo-2']);
    expect(pick('zelfde', LISTED).near).toHaveLength(2);
    expect(pick('iets anders', LISTED)).toEqual({ near: [] });
    expect(pick(' ', LISTED)).toEqual({ near: [] });
  });
});

describe('a number as people write it', () => {
  it.each([
    ['26', '26'],
    ['2,5', '2.5'],
    ['2.5', '2.5'],
    ['1.000', '1000'],
    ['€ 1.250,50', '1250.50'],
    ['12.345.678,90', '12345678.90'],
    ['veel', 'veel'],
  ])('%s is %s', (text, number) => expect(decimal(text)).toBe(number));
});

describe('a form', () => {
  it('is read back from what was assessed before, with what it does not ask', () => {
    const avoided = [
      {
        ...{ service: 'wmo-1', quantity: '2.5', likelihood: 60, contribution: 'certain' as const },
        ...{ recurrence: 'yearly' as const, years: 4, deadweight: 10, displacement: 0, dropOff: 5 },
        ...{ costBearer: 'zorgverzekeraar', effect: 'prevented-heavier-care', cashable: 'cash' as const },
      },
      {
        ...{ amount: '1250.50', costBearer: 'gemeente', likelihood: 'possible' as const },
        ...{ contribution: 'probable' as const, recurrence: 'one-off' as const },
      },
    ];
    const given = { revision: 3, avoided, similarCases: 12, cost: '0.00', wellbeing: null };
    const { sent, faults } = readForm(formOf(given, FORM, LISTED), LISTED);
    expect(faults).toEqual([]);
    // What is none is left out: it is the same.
    const [first, second] = avoided;
    const said = { avoided: [{ ...first, displacement: undefined }, second], similarCases: 12 };
    expect(JSON.parse(JSON.stringify(sent))).toEqual(JSON.parse(JSON.stringify(said)));
  });

  it('that anybody could have sent holds no more than it may', () => {
    const many = Object.fromEntries(Array.from({ length: 80 }, (_, place) => [`dienst-${place}`, 'x']));
    expect(formIn(many).lines).toHaveLength(50);
    expect(formIn({ 'dienst-0': ['a', 'b'], 'blijft-0': '{"years":' }).lines).toEqual([
      { ...EMPTY_LINE, quantity: '', recurrence: '', kept: '{"years":' },
    ]);
    expect(formIn(null).lines).toEqual([EMPTY_LINE]);
    const line = { ...EMPTY_LINE, service: 'indiv', kept: '{"note":"iets","years":"x"}' };
    const read = readForm({ lines: [line], wellbeing: '', similarCases: 'veel' }, LISTED);
    expect(JSON.stringify(read.sent)).not.toMatch(/note|iets/);
    expect(read.faults.map(({ pointer }) => pointer)).toEqual([
      '/avoided/0/likelihood',
      '/avoided/0/contribution',
    ]);
  });
});
