/** Questions for `GET /v1/savings`. */
import type { Random } from '../scenarios/random.ts';
import { BEARERS, THEMES, WORK_TYPES } from './invent-settings.ts';

export interface Question {
  from: string;
  to: string;
  view: 'cohort' | 'calendar';
  groupBy: string[];
  filters: Record<string, string>;
}

/** What `groupBy` takes. */
export const DIMENSIONS = [
  ...['theme', 'goal', 'workType', 'targetGroup', 'supportType', 'team', 'area', 'wellbeing', 'costBearer'],
  ...[
    'effect',
    'recurrence',
    'cashable',
    'month',
    'quarter',
    'year',
    'municipality',
    'organisation',
    'programme',
  ],
];

const FILTERS: Record<string, readonly string[]> = {
  theme: THEMES,
  workType: WORK_TYPES,
  costBearer: BEARERS,
  municipality: ['GM0001', 'GM0002'],
  organisation: ['noorderlicht', 'oosterwind'],
  recurrence: ['yearly'],
  year: ['2021'],
};

/** The first asks for everything in one figure, the second for the totals as they are kept. */
export function inventQuestions(count: number, random: Random): Question[] {
  const all = { from: '2018-01-01', to: '2030-12-31', view: 'cohort', filters: {} } as const;
  const questions: Question[] = [
    { ...all, groupBy: [] },
    { ...all, groupBy: ['organisation', 'theme', 'costBearer', 'recurrence', 'year'] },
  ];
  while (questions.length < count) questions.push(inventQuestion(random));
  return questions;
}

function inventQuestion(random: Random): Question {
  const days = [0, 1].map(() => Date.UTC(2018, 6, 1) + random.below(5 * 365) * 86_400_000).sort();
  const [from = '', to = ''] = days.map((day) => new Date(day).toISOString().slice(0, 10));
  const groupBy = new Set(Array.from({ length: random.below(4) }, () => random.pick(DIMENSIONS)));
  const names = Object.keys(FILTERS).filter(() => random.below(100) < 12);
  const filters = Object.fromEntries(names.map((name) => [name, random.pick(FILTERS[name] ?? [''])]));
  return { from, to, view: random.pick(['cohort', 'calendar']), groupBy: [...groupBy], filters };
}
