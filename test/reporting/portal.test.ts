/** The schema `reporting` says what the portal and the exporter say, of invented cases. */
import { afterAll, beforeAll, describe } from 'vitest';
import { describeFigures } from './figures.ts';
import { describeFunctions } from './functions.ts';
import { type ReportingWorld, startReportingWorld } from './reporting-world.ts';

let world: ReportingWorld;
beforeAll(async () => {
  world = await startReportingWorld();
}, 240_000);
afterAll(() => world?.end());

describe('views', () => describeFigures(() => world));
describe('functions', () => describeFunctions(() => world));
