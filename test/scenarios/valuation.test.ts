/** The product's arithmetic against the auditor's, which was written from the contract alone. */
import { CASE_TYPES, checkPriceList, checkProgramme, parseCaseEvent } from '@effectstroom/contracts';
import { valueCase } from '@effectstroom/valuation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Side, yearValues } from './auditor.ts';
import { loadScenario, type ScenarioName } from './load-scenario.ts';
import type { Line, ScenarioEvent, Settings } from './scenario.ts';

function productSettings({ programme, priceList }: Settings) {
  const address = { municipality: 'GM0394', organisation: 'meerwaarde', programme: 'main' };
  const checked = checkProgramme(address, programme);
  if (checked.settings === undefined) throw new Error(JSON.stringify(checked.faults));
  const prices = priceList && checkPriceList('kostenhandleiding', priceList);
  if (prices?.faults !== undefined) throw new Error(JSON.stringify(prices.faults));
  return { programme: checked.settings, priceList: prices?.settings };
}

type Values = Record<Side, bigint[]>;

const SIDES: readonly Side[] = ['low', 'mid', 'high'];

function auditedValues(lines: readonly Line[], settings: Settings, date: string): Values[] {
  return lines.map(
    (line) =>
      Object.fromEntries(SIDES.map((side) => [side, yearValues(line, settings, date, side)])) as Values,
  );
}

function productValues(event: ScenarioEvent, settings: ReturnType<typeof productSettings>): Values[] {
  const parsed = parseCaseEvent(event);
  if (parsed.type !== CASE_TYPES.assessed) return [];
  const valuation = valueCase(parsed.data, settings.programme, settings.priceList);
  if ('reason' in valuation) throw new Error(valuation.detail);
  return valuation.lines.map(({ values, lows, highs }) => ({ low: lows, mid: values, high: highs }));
}

describe.each<ScenarioName>(['haarlemmermeer-2021', 'twenterand-gezinswerk'])('%s', (name) => {
  it('has the same value in every line and year', () => {
    const scenario = loadScenario(name);
    const settings = productSettings(scenario);
    const compared = scenario.events.filter(({ type }) => type === CASE_TYPES.assessed);
    for (const event of compared) {
      const expected = auditedValues(event.data.avoided ?? [], scenario, event.data.date);
      expect(productValues(event, settings), event.id).toEqual(expected);
    }
    expect(compared.length).toBeGreaterThan(80);
  });
});

const level = fc.oneof(fc.constantFrom('certain', 'probable', 'possible'), fc.integer({ min: 0, max: 100 }));
const percent = fc.integer({ min: 0, max: 100 });
const decimal = (max: number, decimals: number) =>
  fc.integer({ min: 1, max }).map((value) => (value / 10 ** decimals).toFixed(decimals));
const deductions = {
  likelihood: level,
  contribution: level,
  deadweight: percent,
  displacement: percent,
  dropOff: percent,
};
const repeated = fc.oneof(
  fc.constant({ recurrence: 'one-off' as const }),
  fc.record({ recurrence: fc.constant('yearly' as const) }),
  fc.record({ recurrence: fc.constant('yearly' as const), years: fc.integer({ min: 1, max: 40 }) }),
);
const valued = fc.oneof(
  fc.record({ amount: decimal(2_000_000_000, 2), costBearer: fc.constant('zorgverzekeraar') }),
  fc.record({
    service: fc.constantFrom('begeleiding-individueel', 'mbo', 'vernieling'),
    quantity: decimal(2_000_000_000, 4),
  }),
);
const anyLine = fc
  .tuple(fc.record(deductions), repeated, valued)
  .map((parts) => Object.assign({}, ...parts) as Line);

const discounts = [
  undefined,
  { percent: '2.25', yearZero: 'undiscounted' as const },
  { percent: '3.5', yearZero: 'discounted' as const },
];

it.each(discounts)(
  'any lines, at any price level, have the same value and range (discount %o)',
  (discountRate) => {
    const published = loadScenario('haarlemmermeer-2021');
    const programme = {
      ...published.programme,
      ...(discountRate && { discountRate, priceUncertainty: 15 }),
    };
    const scenario = { ...published, programme };
    const settings = productSettings(scenario);
    const [template] = scenario.events;
    if (template === undefined) throw new Error('The scenario has no events');
    const dates = fc.constantFrom('2021-01-01', '2022-12-31', '2023-01-01', '2024-02-29');
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 5 }), dates, (avoided, date) => {
        const event = { ...template, data: { ...template.data, date, avoided } };
        const expected = auditedValues(avoided, scenario, date);
        expect(productValues(event, settings)).toEqual(expected);
      }),
      { numRuns: 1_000 },
    );
  },
);
