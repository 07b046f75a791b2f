import { loggedAfter, type Random, weekdays } from '../random.ts';
import type { CaseData } from '../scenario.ts';

/** A sampled case before it has lines; `size` is its similarCases. */
export interface SampledCase {
  time: string;
  size: number;
  data: Pick<CaseData, 'date' | 'theme'> & Partial<CaseData>;
}

export interface Goal {
  theme: string;
  goal: string;
  sampleCases: number;
  casesPerYear: number;
}

const workTypes: Readonly<Record<string, readonly string[]>> = {
  '1.1': ['opbouwwerk'],
  '1.2': ['buurtbemiddeling'],
  '1.3': ['vrijwilligersondersteuning'],
  '1.4': ['mantelzorgondersteuning', 'ouderenwerk'],
  '1.5': ['opbouwwerk', 'wijkwerk'],
  '1.6': ['wijkwerk', 'ouderenwerk'],
  '2.1': ['jongerenwerk', 'kinderwerk'],
  '2.2': ['jongerenwerk'],
  '2.3': ['jongerenwerk'],
  '3.1': ['raadsliedenwerk'],
  '3.2': ['maatschappelijk-werk', 'raadsliedenwerk'],
  '3.3': ['maatschappelijk-werk', 'ouderenwerk'],
  '3.4': ['raadsliedenwerk'],
  '4.2': ['kinderwerk'],
  '4.3': ['opvoedondersteuning'],
  '4.4': ['opvoedondersteuning', 'kinderwerk'],
  '4.5': ['opvoedondersteuning', 'maatschappelijk-werk'],
  '5': ['wijkwerk', 'opbouwwerk'],
};

const parents = new Set(['4.3', '4.5']);

const wellbeing: Readonly<Record<string, readonly string[]>> = {
  '1': ['participation', 'participation', 'quality-of-life', 'meaningfulness'],
  '2': ['mental-wellbeing', 'participation', 'meaningfulness'],
  '3': ['daily-functioning', 'daily-functioning', 'mental-wellbeing', 'quality-of-life', 'bodily-functions'],
  '4': ['mental-wellbeing', 'daily-functioning', 'quality-of-life'],
  '5': ['participation', 'quality-of-life', 'daily-functioning'],
};

const areas = Array.from({ length: 12 }, (_, index) => `WK0394${String(index + 1).padStart(2, '0')}`);
const teams = ['noord', 'midden', 'zuid'] as const;

/** Whole numbers of at least 1, as many as the goal's sampled cases, that add up to its cases per year. */
function sizesOf(goal: Goal, random: Random): number[] {
  const weights = Array.from({ length: goal.sampleCases }, () => random.pick([0, 0, 2, 3, 3, 4, 5, 8]));
  weights[0] = 3;
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const spare = goal.casesPerYear - goal.sampleCases;
  // Cutting the running sum, rather than each weight, leaves no remainder to hand out.
  let running = 0;
  return weights.map((weight) => {
    const before = Math.floor((spare * running) / whole);
    running += weight;
    return 1 + Math.floor((spare * running) / whole) - before;
  });
}

function targetGroupOf({ theme, goal }: Goal): string {
  if (theme !== '2' && theme !== '4') return 'volwassenen';
  return parents.has(goal) ? 'ouders' : 'jeugd';
}

/** The sampled cases of all goals in the order of their dates, without lines and without numbers. */
export function drawCases(goals: readonly Goal[], year: number, random: Random): SampledCase[] {
  const days = weekdays(year);
  const cases = goals.flatMap((goal) =>
    sizesOf(goal, random).map((size): SampledCase => {
      const date = random.pick(days);
      const area = random.below(areas.length);
      return {
        time: loggedAfter(date, random),
        size,
        data: {
          date,
          theme: goal.theme,
          goal: goal.goal,
          workType: random.pick(workTypes[goal.goal] ?? []),
          targetGroup: targetGroupOf(goal),
          wellbeing: random.pick(wellbeing[goal.theme] ?? []),
          area: random.pick(areas.slice(area, area + 1)),
          team: random.pick(teams.slice(Math.floor(area / 4), Math.floor(area / 4) + 1)),
        },
      };
    }),
  );
  return cases.sort((a, b) => (a.data.date < b.data.date ? -1 : Number(a.data.date > b.data.date)));
}
