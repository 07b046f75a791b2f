import type { ComparedPartName } from '@effectstroom/contracts';

/** What a part of a change is called on Dutch screens. */
export const PART_LABELS: Readonly<Record<ComparedPartName, string>> = {
  new: 'Nieuwe casussen',
  corrected: 'Gewijzigde casussen',
  withdrawn: 'Ingetrokken casussen',
  price: 'Prijzen',
  percentage: 'Kans, bijdrage en aftrek',
  quantity: 'Hoeveelheid per casus',
  factor: 'Correctiefactor',
  settings: 'Andere instellingen',
  erasure: 'Gewiste casussen',
  software: 'Nieuwe versie van de software',
  volume: 'Aantal casussen',
  mix: 'Samenstelling van de casussen',
  value: 'Waarde per casus',
};
