import { describe, expect, it } from 'vitest';
import { checkDeliveries, checkPriceList, checkProgramme } from './check-settings.ts';

const BSN = '123456782';
const address = { municipality: 'GM0394', organisation: 'meerwaarde', programme: 'main' };
const programme = {
  name: 'Programma',
  method: 'preventiecalculator',
  correctionFactors: [{ from: '2021-01-01', factor: '0.9' }],
  themes: [{ code: '3', name: 'Thema', goals: [{ code: '3.2', name: 'Doel' }] }],
};
const item = { service: 'a', name: 'A', unit: 'uur', price: '64.00', costBearer: 'b' };
const priceList = { name: 'Prijzen', editions: [{ from: '2021-01-01', items: [item] }] };

type Members = Record<string, unknown>;

function programmeFaults(change: Members): string[] {
  const { faults = [] } = checkProgramme(address, { ...programme, ...change });
  return faults.map(({ code, pointer }) => `${code} ${pointer}`);
}
function priceListFaults(change: Members, code = 'lijst'): string[] {
  const { faults = [] } = checkPriceList(code, { ...priceList, ...change });
  return faults.map(({ code: fault, pointer }) => `${fault} ${pointer}`);
}

describe('a programme', () => {
  it('gets its defaults and a fixed form', () => {
    expect(checkProgramme(address, programme).settings).toEqual({
      ...address,
      name: 'Programma',
      method: 'preventiecalculator',
      scale: [{ from: '0001-01-01', certain: 100, probable: 70, possible: 35 }],
      correctionFactors: [{ from: '2021-01-01', factor: '0.9000' }],
      followingYears: [{ from: '0001-01-01', years: 2 }],
      themes: programme.themes,
      workTypes: [],
      costBearers: [],
      budgets: [],
    });
  });

  it('sorts what is dated and writes numbers as texts', () => {
    const { settings } = checkProgramme(address, {
      ...programme,
      correctionFactors: [
        { from: '2022-01-01', factor: '0.85', theme: '3' },
        { from: '2022-01-01', factor: '0.8' },
        { from: '2021-01-01', factor: '1' },
      ],
      followingYears: [
        { from: '2022-06-15', years: 3 },
        { from: '2020-01-01', years: 0 },
      ],
      budgets: [{ year: 2021, amount: 5_884_091, fte: 12.5, note: '' }],
    });
    expect(settings?.correctionFactors.map(({ factor }) => factor)).toEqual(['1.0000', '0.8000', '0.8500']);
    expect(settings?.followingYears.map(({ years }) => years)).toEqual([0, 3]);
    expect(settings?.budgets).toEqual([{ year: 2021, amount: '5884091.00', fte: '12.5', note: '' }]);
  });

  it.each<[string, Members]>([
    ['SROI without factors', { method: 'sroi', correctionFactors: [] }],
    [
      'a budget of any work type where none are named',
      { budgets: [{ year: 2021, amount: '1', workType: 'x' }] },
    ],
    [
      'budgets of a year, a theme and a work type',
      {
        workTypes: [{ code: 'w', name: 'W' }],
        budgets: [
          { year: 2021, amount: '1' },
          { year: 2021, amount: '1', theme: '3' },
          { year: 2021, amount: '1', workType: 'w' },
          { year: 2022, amount: '9999999999.99' },
        ],
      },
    ],
    [
      'the same goal code in two themes',
      { themes: [programme.themes[0], { ...programme.themes[0], code: '4' }] },
    ],
  ])('is taken with %s', (_, change) => {
    expect(programmeFaults(change)).toEqual([]);
  });

  it.each<[string, Members, string[]]>([
    ['no name', { name: undefined }, ['type /name']],
    ['an unknown method', { method: 'x' }, ['enum /method']],
    ['an unknown field', { colour: 'red' }, ['unknown-field /colour']],
    ['no factors', { correctionFactors: undefined }, ['required /correctionFactors']],
    ['no factors in the list', { correctionFactors: [] }, ['required /correctionFactors']],
    [
      'a factor in mid-month',
      { correctionFactors: [{ from: '2021-01-15', factor: '0.9' }] },
      ['format /correctionFactors/0/from'],
    ],
    [
      'a factor above one',
      { correctionFactors: [{ from: '2021-01-01', factor: '1.1' }] },
      ['format /correctionFactors/0/factor'],
    ],
    [
      'a factor as number',
      { correctionFactors: [{ from: '2021-01-01', factor: 0.9 }] },
      ['type /correctionFactors/0/factor'],
    ],
    [
      'two factors of one date',
      { correctionFactors: [programme.correctionFactors[0], programme.correctionFactors[0]] },
      ['duplicate /correctionFactors/1/from'],
    ],
    [
      'a factor of an unknown theme',
      { correctionFactors: [{ from: '2021-01-01', factor: '1', theme: '9' }] },
      ['unknown-code /correctionFactors/0/theme'],
    ],
    [
      'a broken scale',
      { scale: { certain: 100, probable: 70.5 } },
      ['type /scale/probable', 'required /scale/possible'],
    ],
    [
      'a dated scale without date',
      { scale: [{ certain: 100, probable: 70, possible: 35 }] },
      ['required /scale/0/from'],
    ],
    ['an empty dated list', { scale: [] }, ['length /scale']],
    ['a scale as text', { scale: 'x' }, ['type /scale']],
    ['too many following years', { followingYears: 40 }, ['range /followingYears']],
    [
      'two dated alike',
      {
        followingYears: [
          { from: '2021-01-01', years: 1 },
          { from: '2021-01-01', years: 2 },
        ],
      },
      ['duplicate /followingYears/1/from'],
    ],
    ['a theme twice', { themes: [programme.themes[0], programme.themes[0]] }, ['duplicate /themes/1/code']],
    [
      'a goal twice',
      {
        themes: [
          {
            code: '3',
            name: 'T',
            goals: [
              { code: 'a', name: 'A' },
              { code: 'a', name: 'B' },
            ],
          },
        ],
      },
      ['duplicate /themes/0/goals/1/code'],
    ],
    [
      'a cost bearer of nobody',
      { costBearers: [{ code: 'a', name: 'A' }] },
      ['required /costBearers/0/municipal'],
    ],
    ['a budget before 2000', { budgets: [{ year: 1999, amount: '1' }] }, ['range /budgets/0/year']],
    [
      'a budget twice',
      {
        budgets: [
          { year: 2021, amount: '1' },
          { year: 2021, amount: '2' },
        ],
      },
      ['duplicate /budgets/1/year'],
    ],
    [
      'a budget of an unknown theme',
      { budgets: [{ year: 2021, amount: '1', theme: '9' }] },
      ['unknown-code /budgets/0/theme'],
    ],
    [
      'a budget of an unknown work type',
      { workTypes: [{ code: 'w', name: 'W' }], budgets: [{ year: 2021, amount: '1', workType: 'x' }] },
      ['unknown-code /budgets/0/workType'],
    ],
    [
      'too many themes',
      { themes: Array.from({ length: 201 }, (_, i) => ({ code: `${i}`, name: 'T' })) },
      ['length /themes'],
    ],
    ['a BSN', { name: `van ${BSN}` }, ['bsn /name']],
  ])('is refused with %s', (_, change, faults) => {
    expect(programmeFaults(change)).toEqual(faults);
  });

  it('is refused at a wrong address, which is not repeated', () => {
    const { faults } = checkProgramme(
      { municipality: 'Haarlemmermeer', organisation: BSN, programme: 'A' },
      programme,
    );
    expect(faults?.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual(['format ', 'format ', 'bsn ']);
    expect(JSON.stringify(faults)).not.toContain(BSN);
  });

  it('is refused where the body is none', () => {
    expect(checkProgramme(address, []).faults?.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      'type ',
    ]);
  });
});

describe('a price list', () => {
  it('is sorted by the start of its editions', () => {
    const editions = ['2022-01-01', '2021-01-01'].map((from) => ({
      from,
      items: [{ ...item, price: 64.1 }],
    }));
    const { settings } = checkPriceList('lijst', { ...priceList, editions });
    expect(settings?.editions.map(({ from }) => from)).toEqual(['2021-01-01', '2022-01-01']);
    expect(settings?.editions[0]?.items[0]?.price).toBe('64.10');
  });

  it.each<[string, Members, string[]]>([
    ['another code', { code: 'ander' }, ['mismatch /code']],
    ['no editions', { editions: [] }, ['length /editions']],
    [
      'two editions of one date',
      { editions: [priceList.editions[0], priceList.editions[0]] },
      ['duplicate /editions/1/from'],
    ],
    [
      'a service twice',
      { editions: [{ from: '2021-01-01', items: [item, item] }] },
      ['duplicate /editions/0/items/1/service'],
    ],
    [
      'a price below zero',
      { editions: [{ from: '2021-01-01', items: [{ ...item, price: '-1' }] }] },
      ['format /editions/0/items/0/price'],
    ],
    [
      'an unknown field',
      { editions: [{ from: '2021-01-01', items: [{ ...item, vat: 21 }] }] },
      ['unknown-field /editions/0/items/0/vat'],
    ],
    ['a BSN', { note: BSN }, ['bsn /note']],
  ])('is refused with %s', (_, change, faults) => {
    expect(priceListFaults(change)).toEqual(faults);
  });

  it('is refused where it does not fit in a message', () => {
    const items = Array.from({ length: 5000 }, (_, i) => ({
      ...item,
      service: `s${i}`,
      name: 'n'.repeat(200),
    }));
    expect(priceListFaults({ editions: [{ from: '2021-01-01', items }] })).toEqual(['length ']);
  });
});

describe('expected deliveries', () => {
  const source = {
    ...{ source: 'urn:nld:kvknr:41224547:systeem:regix', name: 'RegiX', rhythm: 'monthly', graceDays: 10 },
    from: '2021-01-01',
  };
  const faultsOf = (body: unknown, organisation = 'meerwaarde') =>
    checkDeliveries(organisation, body).faults?.map(({ code, pointer }) => `${code} ${pointer}`);

  it('are kept in order of their source, with members in a fixed order', () => {
    const { from, ...rest } = source;
    const { settings } = checkDeliveries('meerwaarde', {
      sources: [
        { ...source, source: 'urn:z', to: '2021-12-31' },
        { from, ...rest },
      ],
    });
    expect(settings?.sources.map((one) => Object.keys(one))).toEqual([
      ['source', 'name', 'rhythm', 'graceDays', 'from'],
      ['source', 'name', 'rhythm', 'graceDays', 'from', 'to'],
    ]);
    expect(settings?.sources.map((one) => one.source)).toEqual([source.source, 'urn:z']);
  });

  it('may be none', () => {
    expect(checkDeliveries('meerwaarde', { sources: [] }).settings).toEqual({
      organisation: 'meerwaarde',
      sources: [],
    });
  });

  it.each<[string, Members, string[]]>([
    ['another rhythm', { rhythm: 'hourly' }, ['enum /sources/0/rhythm']],
    ['days of grace below 0', { graceDays: -1 }, ['range /sources/0/graceDays']],
    ['no start', { from: undefined }, ['required /sources/0/from']],
    ['an end before its start', { to: '2020-12-31' }, ['range /sources/0/to']],
    ['a source that is none', { source: 'not a uri' }, ['format /sources/0/source']],
    ['an unknown field', { contact: 'x' }, ['unknown-field /sources/0/contact']],
    ['a BSN', { name: BSN }, ['bsn /sources/0/name']],
  ])('are refused with %s', (_, change, faults) => {
    const sent: unknown = JSON.parse(JSON.stringify({ sources: [{ ...source, ...change }] }));
    expect(faultsOf(sent)).toEqual(faults);
  });

  it('are refused with a source twice, for no organisation, or where there are too many', () => {
    expect(faultsOf({ sources: [source, { ...source, rhythm: 'daily' }] })).toEqual([
      'duplicate /sources/1/source',
    ]);
    expect(faultsOf({ sources: [source] }, 'Niet Goed')).toEqual(['format ']);
    const many = Array.from({ length: 101 }, (_, place) => ({ ...source, source: `urn:x:${place}` }));
    expect(faultsOf({ sources: many })).toEqual(['length /sources']);
    expect(faultsOf([])).toEqual(['type ']);
  });
});
