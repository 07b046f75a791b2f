import { readFileSync } from 'node:fs';
import type { Expected, PriceList, Programme, ScenarioEvent } from './scenario.ts';

export type ScenarioName = 'haarlemmermeer-2021' | 'twenterand-gezinswerk';

export interface Scenario {
  events: ScenarioEvent[];
  /** Body of PUT /v1/programmes/{municipality}/{organisation}/{programme}, as in `expected.query`. */
  programme: Programme;
  /** Body of PUT /v1/price-lists/{code}; an SROI scenario has none. */
  priceList?: PriceList & { code: string };
  expected: Expected;
}

/** The text of a scenario's file, as it is on disk. */
export const scenarioText = (name: ScenarioName, file: string): string =>
  readFileSync(new URL(`${name}/${file}`, import.meta.url), 'utf8');

/** A scenario's files, parsed. */
export function loadScenario(name: ScenarioName): Scenario {
  const scenario: Scenario = {
    events: JSON.parse(scenarioText(name, 'events.json')),
    programme: JSON.parse(scenarioText(name, 'programme.json')),
    expected: JSON.parse(scenarioText(name, 'expected.json')),
  };
  if (scenario.programme.method === 'sroi') return scenario;
  return { ...scenario, priceList: JSON.parse(scenarioText(name, 'price-list.json')) };
}
