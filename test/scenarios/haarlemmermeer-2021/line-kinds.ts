/** What the invented cases may avoid: for whom, how often, in which themes. Ours, not from the study. */
export interface LineKind {
  costBearer: string;
  recurrence: 'one-off' | 'yearly';
  /** Themes in which this occurs, as a string of their one-character codes. */
  themes: string;
  effect: string;
  /** How often a line of this kind is drawn, beside the others. */
  share: number;
  /** Services of the price list with the largest believable quantity; an amount is stated where none fits. */
  services?: readonly (readonly [service: string, most: number])[];
}

const care = 'prevented-heavier-care';
const escalation = 'prevented-escalations';
const nuisance = 'prevented-nuisance';
const dropout = 'prevented-school-dropout';
const debts = 'prevented-debts';

const homeCare = [
  ['begeleiding-individueel', 180],
  ['huishoudelijke-hulp', 160],
  ['dagactiviteit-ouderen', 150],
] as const;
const treatment = [
  ['huisarts-consult', 15],
  ['poh-ggz', 15],
  ['ggz-basis', 20],
  ['ggz-gespecialiseerd', 40],
  ['spoedeisende-hulp', 4],
  ['ziekenhuisdag', 14],
] as const;
const nursing = [
  ['persoonlijke-verzorging', 150],
  ['verpleging-thuis', 120],
] as const;
const offences = [
  ['verstoring-openbare-orde', 4],
  ['mishandeling', 1],
] as const;
const schooling = [
  ['voortgezet-onderwijs', 1],
  ['mbo', 1],
] as const;

const kind = (
  costBearer: string,
  recurrence: LineKind['recurrence'],
  themes: string,
  effect: string,
  share: number,
  services: NonNullable<LineKind['services']> = [],
): LineKind => ({ costBearer, recurrence, themes, effect, share, services });

export const lineKinds: readonly LineKind[] = [
  kind('gemeente-zorg-ondersteuning', 'one-off', '135', care, 12, homeCare),
  kind('gemeente-zorg-ondersteuning', 'yearly', '135', care, 7, homeCare),
  kind('gemeente-jeugd', 'one-off', '245', care, 14),
  kind('gemeente-jeugd', 'yearly', '245', care, 5),
  kind('gemeente-werk-inkomen', 'one-off', '135', debts, 4),
  kind('gemeente-werk-inkomen', 'yearly', '135', debts, 4),
  kind('zorgverzekeraar', 'one-off', '12345', care, 8, treatment),
  kind('zorgverzekeraar', 'yearly', '1345', care, 2, nursing),
  kind('politie-justitie', 'one-off', '1234', escalation, 4, offences),
  kind('gemeente-volwassenen-partners', 'one-off', '134', escalation, 4),
  kind('gemeente-volwassenen-partners', 'yearly', '134', escalation, 2),
  kind('rijksoverheid', 'one-off', '135', care, 2, [['verpleeghuis', 60]]),
  kind('rijksoverheid', 'yearly', '135', care, 2, [['verpleeghuis', 60]]),
  kind('ggd', 'one-off', '134', escalation, 3),
  kind('ggd', 'yearly', '13', escalation, 1),
  kind('gemeente-ruimte', 'one-off', '12', nuisance, 3, [['vernieling', 2]]),
  kind('onderwijs', 'one-off', '24', dropout, 2, schooling),
  kind('woningcorporatie', 'one-off', '13', debts, 2),
  kind('inwoner', 'one-off', '13', debts, 1),
  kind('inwoner', 'yearly', '13', debts, 1),
];

/** Yearly recurring euros per cost bearer: invented, but together the published 3,692,690. */
export const yearlyEuros: Readonly<Record<string, bigint>> = {
  'gemeente-zorg-ondersteuning': 1_520_000n,
  'gemeente-jeugd': 640_000n,
  'gemeente-werk-inkomen': 760_000n,
  zorgverzekeraar: 270_000n,
  'gemeente-volwassenen-partners': 190_000n,
  rijksoverheid: 270_000n,
  ggd: 30_000n,
  inwoner: 12_690n,
};
