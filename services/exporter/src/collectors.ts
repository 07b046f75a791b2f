import type { Collector } from './collector.ts';
import { budget } from './collectors/budget.ts';
import { calendar } from './collectors/calendar.ts';
import { cases } from './collectors/cases.ts';
import { database } from './collectors/database.ts';
import { deliveries } from './collectors/deliveries.ts';
import { expiry } from './collectors/expiry.ts';
import { municipality } from './collectors/municipality.ts';
import { pipeline } from './collectors/pipeline.ts';
import { quarantine } from './collectors/quarantine.ts';
import { returnRatio } from './collectors/return-ratio.ts';
import { savings } from './collectors/savings.ts';
import { verification } from './collectors/verification.ts';

/** Every subject of /metrics, in the order in which it is read and shown. */
export const COLLECTORS: readonly Collector[] = [
  savings,
  cases,
  budget,
  returnRatio,
  calendar,
  municipality,
  pipeline,
  database,
  quarantine,
  deliveries,
  verification,
  expiry,
];
