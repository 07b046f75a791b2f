/**
 * How each support type's published benefit is divided over cost bearers and effects: invented, such that the
 * effects come out near the published round figures. A municipal part is the published figure less 25 cents,
 * so that each support type rounds to its own figure and their sum to the published total, which is 1 euro
 * lower.
 */
export interface Benefit {
  supportType: string;
  costBearer: string;
  effect: string;
  euros: string;
  /** How many of the support type's cases have a line for it, at least 2. */
  cases: number;
}

const care = 'prevented-heavier-care';
const escalations = 'prevented-escalations';
const dropout = 'prevented-school-dropout';

const benefit = (
  supportType: string,
  costBearer: string,
  effect: string,
  euros: string,
  cases: number,
): Benefit => ({ supportType, costBearer, effect, euros, cases });

export const benefits: readonly Benefit[] = [
  benefit('lichte-ondersteuning', 'scholen', dropout, '14000', 10),
  benefit('lichte-ondersteuning', 'maatschappij', escalations, '12000', 4),
  benefit('lichte-ondersteuning', 'zorgverzekeraars', 'other', '6327.25', 5),
  benefit('lichte-ondersteuning', 'gemeente', care, '6000', 4),
  benefit('lichte-ondersteuning', 'gemeente', escalations, '1000', 2),
  benefit('lichte-ondersteuning', 'gemeente', 'other', '2887.75', 3),
  benefit('opvoedondersteuning', 'gemeente', care, '205000', 50),
  benefit('opvoedondersteuning', 'gemeente', escalations, '60000', 11),
  benefit('opvoedondersteuning', 'gemeente', dropout, '4000', 3),
  benefit('opvoedondersteuning', 'gemeente', 'other', '46917.75', 18),
  benefit('opvoedondersteuning', 'scholen', dropout, '2500', 3),
  benefit('opvoedondersteuning', 'zorgverzekeraars', 'other', '1509.25', 4),
  benefit('complexe-problematiek', 'maatschappij', escalations, '128000', 5),
  benefit('complexe-problematiek', 'rijksoverheid', escalations, '90000', 3),
  benefit('complexe-problematiek', 'centrumgemeente', care, '14000', 2),
  benefit('complexe-problematiek', 'zorgverzekeraars', 'other', '4900.25', 2),
  benefit('complexe-problematiek', 'gemeente', care, '9000', 2),
  benefit('complexe-problematiek', 'gemeente', escalations, '5187.75', 2),
  benefit('jongeren-15-25', 'gemeente', dropout, '75000', 25),
  benefit('jongeren-15-25', 'gemeente', care, '14000', 5),
  benefit('jongeren-15-25', 'gemeente', escalations, '5000', 3),
  benefit('jongeren-15-25', 'gemeente', 'other', '4525.75', 4),
  benefit('jongeren-15-25', 'scholen', dropout, '4500', 3),
  benefit('jongeren-15-25', 'rijksoverheid', 'other', '3378.25', 3),
];
