import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  checkCaseEvent,
  checkDeliveries,
  checkPriceList,
  checkProgramme,
  checkReportTexts,
  deliveriesEvent,
  parseCaseEvent,
  parseSettingsEvent,
  priceListEvent,
  programmeEvent,
  reportTextsEvent,
} from './index.ts';

const folder = new URL('../examples/', import.meta.url);
const names = readdirSync(folder);
const address = { municipality: 'GM0394', organisation: 'meerwaarde', programme: 'main' };

function example(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
}

describe('the examples of the design', () => {
  const cases = names.filter((name) => name.startsWith('case-'));

  it('has a file of every kind', () => {
    expect(names).toEqual([
      ...[...cases, 'deliveries.json', 'price-list.json', 'programme.json', 'report-texts.json'],
    ]);
    expect(cases.length).toBe(4);
  });

  it.each(cases)('takes %s, and normalising twice changes nothing', (name) => {
    const { event, faults } = checkCaseEvent(example(name), { today: '2026-01-01', lookForBsn: true });
    expect(faults).toBeUndefined();
    expect(JSON.stringify(parseCaseEvent(event))).toBe(JSON.stringify(event));
  });

  it('takes programme.json, and reads its event back', () => {
    const { settings, faults } = checkProgramme(address, example('programme.json'));
    if (settings === undefined) throw new Error(JSON.stringify(faults));
    const event = programmeEvent(settings, 'p-1', new Date('2026-01-01T12:00:00.120Z'));
    expect(event.time).toBe('2026-01-01T12:00:00.12Z');
    expect(JSON.stringify(parseSettingsEvent(event).data)).toBe(JSON.stringify(event.data));
  });

  it('takes deliveries.json, and reads its event back', () => {
    const { settings, faults } = checkDeliveries('meerwaarde', example('deliveries.json'));
    if (settings === undefined) throw new Error(JSON.stringify(faults));
    const event = deliveriesEvent(settings, 'p-3', new Date('2026-01-01T12:00:00Z'));
    expect(JSON.stringify(parseSettingsEvent(event).data)).toBe(JSON.stringify(event.data));
  });

  it('takes report-texts.json, and reads its event back', () => {
    const { settings, faults } = checkReportTexts(address, example('report-texts.json'));
    if (settings === undefined) throw new Error(JSON.stringify(faults));
    const event = reportTextsEvent(settings, 'p-4', new Date('2026-01-01T12:00:00Z'));
    expect(JSON.stringify(parseSettingsEvent(event).data)).toBe(JSON.stringify(event.data));
  });

  it('takes price-list.json, and reads its event back', () => {
    const { settings, faults } = checkPriceList('kostenhandleiding', example('price-list.json'));
    if (settings === undefined) throw new Error(JSON.stringify(faults));
    const event = priceListEvent(settings, 'p-2', new Date('2026-01-01T12:00:00Z'));
    expect(JSON.stringify(parseSettingsEvent(event).data)).toBe(JSON.stringify(event.data));
  });
});
