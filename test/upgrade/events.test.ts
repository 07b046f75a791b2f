/**
 * Events and settings of every earlier version: what was sent is accepted for ever, and what was recorded is
 * read and worth the same for ever. A folder of `events` is a version; its files are never changed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type CaseEvent,
  checkCaseEvent,
  checkDeliveries,
  checkPriceList,
  checkProgramme,
  checkReportTexts,
  type PriceList,
  type Programme,
  parseCaseEvent,
  parseSettingsEvent,
  SETTINGS_TYPES,
} from '@effectstroom/contracts';
import { valueCase } from '@effectstroom/valuation';
import { describe, expect, it } from 'vitest';

const EVENTS = join(import.meta.dirname, 'events');
const VERSIONS = readdirSync(EVENTS);
const TODAY = { today: '2026-01-01', lookForBsn: true } as const;
const ADDRESS = { municipality: 'GM0394', organisation: 'meerwaarde', programme: 'main' };

/** What the assessed cases of each version are worth, year by year in micro-euros, worked out by hand. */
const WORTH: Readonly<Record<string, readonly bigint[][]>> = {
  // 64.00 × 26 × 70 % × 100 %; 1250.00 × 70 % × 35 %, with two following years
  'c-000123': [[1_164_800_000n], [306_250_000n, 306_250_000n, 306_250_000n]],
  // 24000.00 × 40 % × 80 % × 90 %; 3000.00 × 75 % × 95 %, three years of 20 % less
  'gw-9': [[6_912_000_000n], [2_137_500_000n, 1_710_000_000n, 1_368_000_000n]],
};

/** The other method of valuing, under which one of the cases was assessed. */
const SROI: Partial<Programme> = {
  method: 'sroi',
  correctionFactors: [],
  costBearers: ['gemeente-jeugd', 'onderwijs'].map((code) => ({ code, name: code, municipal: true })),
};

describe.each(VERSIONS)('version %s', (version) => {
  const sent = (name: string): unknown =>
    JSON.parse(readFileSync(join(EVENTS, version, 'sent', name), 'utf8'));
  const recorded = (name: string): unknown[] =>
    readFileSync(join(EVENTS, version, name), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  const names = readdirSync(join(EVENTS, version, 'sent'));
  const cases = recorded('recorded-cases.ndjson') as CaseEvent[];

  it('is accepted as it was sent, and says what was recorded', () => {
    const checked = names
      .filter((name) => name.startsWith('case-'))
      .map((name) => checkCaseEvent(sent(name), TODAY));
    expect(checked.map(({ faults }) => faults)).toEqual(checked.map(() => undefined));
    expect(checked.map(({ event }) => JSON.stringify(event))).toEqual(
      cases.map((event) => JSON.stringify(parseCaseEvent(event))),
    );
  });

  it('has settings that are accepted as they were sent', () => {
    const faults = [
      checkProgramme(ADDRESS, sent('programme.json')),
      checkPriceList('kostenhandleiding', sent('price-list.json')),
      checkDeliveries('meerwaarde', sent('deliveries.json')),
      checkReportTexts(ADDRESS, sent('report-texts.json')),
    ].map((result) => result.faults);
    expect(faults).toEqual(faults.map(() => undefined));
  });

  it('is read from the stream, settings of every kind too', () => {
    for (const event of cases) expect(parseCaseEvent(event)).toEqual(event);
    const settings = recorded('recorded-settings.ndjson').map(parseSettingsEvent);
    expect(new Set(settings.map(({ type }) => type))).toEqual(new Set(Object.values(SETTINGS_TYPES)));
  });

  it('is worth what it was worth', () => {
    const settings = recorded('recorded-settings.ndjson').map(parseSettingsEvent);
    const dataOf = (type: string) => settings.find((event) => event.type === type)?.data;
    const programme = dataOf(SETTINGS_TYPES.programme) as Programme;
    const priceList = dataOf(SETTINGS_TYPES.priceList) as PriceList;
    const worth = cases.flatMap((event): [string, unknown][] => {
      if (!('avoided' in event.data)) return [];
      const { caseId } = event.data;
      const under = caseId === 'gw-9' ? { ...programme, ...SROI } : programme;
      const valuation = valueCase(event.data, under, priceList);
      return [[caseId, 'reason' in valuation ? valuation : valuation.lines.map(({ values }) => values)]];
    });
    expect(worth.length).toBeGreaterThan(1);
    for (const [caseId, values] of worth) expect([caseId, values]).toEqual([caseId, WORTH[caseId]]);
  });
});
