import { describe, expect, it } from 'vitest';
import { checkMapping } from './check-mapping.ts';

const field = (column: string) => ({ column });
const mapping = {
  name: 'Export',
  municipality: 'GM0394',
  organisation: 'meerwaarde',
  source: 'urn:nld:kvknr:41224547:systeem:regix',
  rows: 'line',
  case: { caseId: field('Dossier'), date: field('Datum'), theme: field('Thema') },
  lines: [{ service: field('Dienst'), likelihood: { column: 'Kans', values: { Zeker: 'certain' } } }],
};

type Members = Record<string, unknown>;

function faultsOf(change: Members, code = 'regix'): string[] {
  const { faults = [] } = checkMapping(code, { ...mapping, ...change });
  return faults.map((fault) => `${fault.code} ${fault.pointer}`);
}

function faultsOfCase(change: Members): string[] {
  return faultsOf({ case: { ...mapping.case, ...change } });
}

function faultsOfLine(line: Members): string[] {
  return faultsOf({ lines: [line] });
}

describe('a mapping', () => {
  it('gets its defaults and a fixed form, which passes again', () => {
    const { mapping: kept } = checkMapping('regix', mapping);
    expect(kept).toEqual({ code: 'regix', programme: 'main', table: {}, ...mapping });
    expect(checkMapping('regix', kept).mapping).toEqual(kept);
  });

  it('is equal however it is written', () => {
    const cost = { values: { b: '1', a: '2.5' }, column: 'Kosten' };
    const [first, second] = [
      { ...mapping.case, cost: { column: ['Kosten'], values: { a: 2.5, b: 1 } } },
      { cost, ...mapping.case },
    ].map((fields) => JSON.stringify(checkMapping('regix', { ...mapping, case: fields }).mapping));
    expect(first).toBe(second);
  });

  it('names everything that is wrong', () => {
    expect(
      faultsOf({
        ...{
          organisation: 'Meer Waarde',
          source: 'geen uri',
          rows: 'regel',
          extra: 1,
          table: { headerRow: 0 },
        },
        municipality: '0394',
        case: { caseId: field('Dossier'), date: field('Datum'), kleur: field('Kleur') },
      }).sort(),
    ).toEqual([
      'enum /rows',
      'format /municipality',
      'format /organisation',
      'format /source',
      'range /table/headerRow',
      'required /case/theme',
      'unknown-field /case/kleur',
      'unknown-field /extra',
    ]);
    expect(faultsOf({}, 'geen code')).toEqual(['format ']);
    expect(faultsOf({ code: 'ander' })).toEqual(['mismatch /code']);
    expect(checkMapping('regix', null).faults).toHaveLength(1);
  });

  it('takes a field from a column or gives it a constant', () => {
    expect(faultsOfCase({ goal: {} })).toEqual(['required /case/goal/column']);
    expect(faultsOfCase({ goal: { constant: '3.2', column: 'Doel', values: {}, others: 'keep' } })).toEqual([
      'not-allowed /case/goal/column',
      'not-allowed /case/goal/values',
      'not-allowed /case/goal/others',
    ]);
    expect(faultsOfCase({ goal: { constant: 3.2 }, similarCases: { constant: 12 } })).toEqual([]);
    expect(faultsOfCase({ caseId: { constant: 'c-1' } })).toEqual(['not-allowed /case/caseId/constant']);
    expect(faultsOfCase({ revision: { column: 'Versie', default: 1 } })).toEqual([
      'not-allowed /case/revision/default',
    ]);
    expect(faultsOf({ municipality: { column: 'Gemeentecode' } })).toEqual([]);
  });

  it('translates only to what an event may have there', () => {
    const values = { Zeker: 'certain', Half: 50, Veel: 'often', Alles: 101 };
    expect(faultsOfLine({ service: field('Dienst'), likelihood: { column: 'Kans', values } })).toEqual([
      'format /lines/0/likelihood/values/Veel',
      'format /lines/0/likelihood/values/Alles',
    ]);
    expect(faultsOfCase({ cost: { column: 'Kosten', default: '12.345' } })).toEqual([
      'format /case/cost/default',
    ]);
    expect(faultsOf({ type: { column: 'Status', values: { Dicht: 'closed' } } })).toEqual([
      'format /type/values/Dicht',
    ]);
    expect(
      faultsOfCase({ goal: { column: 'Doel', values: { 'Doel  1': '1', ' doel 1': '2', ' ': '3' } } }),
    ).toEqual(['duplicate /case/goal/values/ doel 1', 'length /case/goal/values/ ']);
    expect(faultsOfCase({ goal: { column: ['Doel', 'doel '] } })).toEqual(['duplicate /case/goal/column/1']);
    expect(faultsOfCase({ date: { column: 'Datum', prefix: '20' } })).toEqual([
      'not-allowed /case/date/prefix',
    ]);
  });

  it('has the fields that go together', () => {
    expect(faultsOfLine({ amount: field('Bedrag'), quantity: field('Aantal') })).toEqual([
      'required /lines/0/costBearer',
      'required /lines/0/service',
    ]);
    expect(faultsOfLine({ likelihood: field('Kans') })).toEqual(['required /lines/0/service']);
    expect(faultsOfLine({ service: field('Dienst'), years: field('Jaren') })).toEqual([
      'required /lines/0/recurrence',
    ]);
    expect(faultsOfCase({ followUpDate: field('Nazorg') })).toEqual(['required /case/followUpOutcome']);
    expect(faultsOf({ lines: [] })).toEqual(['required /lines']);
    expect(faultsOf({ lines: undefined, rows: 'case' })).toEqual([]);
  });

  it('holds no citizen service number, and no answer repeats what was sent', () => {
    const { faults = [] } = checkMapping('regix', {
      ...mapping,
      name: 'BSN 123456782',
      case: { ...mapping.case, goal: { column: 'Doel', values: { '123456782': '1' } } },
    });
    expect(faults.map((fault) => `${fault.code} ${fault.pointer}`)).toEqual([
      'bsn /name',
      'bsn /case/goal/values',
    ]);
    expect(JSON.stringify(faults)).not.toContain('123456782');
  });
});
