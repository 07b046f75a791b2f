import type { Step } from '../story.ts';
import { CASES } from './cases.ts';
import { CLOSINGS } from './closings.ts';
import { COMPARE } from './compare.ts';
import { EXPLAIN } from './explain.ts';
import { FIGURES } from './figures.ts';
import { GUARDS } from './guards.ts';
import { PRIVACY } from './privacy.ts';
import { SETTINGS } from './settings.ts';

/** Every sentence that a scenario may use. */
export const STEPS: readonly Step[] = [
  ...[SETTINGS, CASES, FIGURES, COMPARE, CLOSINGS, EXPLAIN, GUARDS, PRIVACY].flat(),
];
