/** What a part of a change is called, and what it means, in the reader's language. */
import type { ComparedPartName } from '@effectstroom/contracts';
import { PART_LABELS } from '../../part-labels.ts';
import type { Words } from '../page.ts';

const ENGLISH: Readonly<Record<ComparedPartName, string>> = {
  new: 'New cases',
  corrected: 'Changed cases',
  withdrawn: 'Withdrawn cases',
  price: 'Prices',
  percentage: 'Likelihood, contribution and deductions',
  quantity: 'Quantity per case',
  factor: 'Correction factor',
  settings: 'Other settings',
  erasure: 'Erased cases',
  software: 'New version of the software',
  volume: 'Number of cases',
  mix: 'Mix of cases',
  value: 'Value per case',
};

/** What each means, with the amount still to come behind it. */
const MEANING: Readonly<Record<ComparedPartName, { more: Words; less: Words }>> = {
  volume: {
    more: { nl: 'Er zijn meer casussen behandeld', en: 'More cases were handled' },
    less: { nl: 'Er zijn minder casussen behandeld', en: 'Fewer cases were handled' },
  },
  mix: {
    more: {
      nl: 'Er waren naar verhouding meer casussen van soorten die veel besparen',
      en: 'Relatively more cases were of kinds that save much',
    },
    less: {
      nl: 'Er waren naar verhouding meer casussen van soorten die weinig besparen',
      en: 'Relatively more cases were of kinds that save little',
    },
  },
  value: {
    more: { nl: 'Eén casus bespaarde gemiddeld meer', en: 'One case saved more on average' },
    less: { nl: 'Eén casus bespaarde gemiddeld minder', en: 'One case saved less on average' },
  },
  price: {
    more: { nl: 'Prijzen in de prijslijst zijn hoger', en: 'Prices in the price list are higher' },
    less: { nl: 'Prijzen in de prijslijst zijn lager', en: 'Prices in the price list are lower' },
  },
  factor: {
    more: { nl: 'De correctiefactor is hoger', en: 'The correction factor is higher' },
    less: { nl: 'De correctiefactor is lager', en: 'The correction factor is lower' },
  },
  new: {
    more: { nl: 'Er kwamen casussen bij', en: 'Cases were added' },
    less: { nl: 'Er kwamen casussen bij', en: 'Cases were added' },
  },
  corrected: {
    more: { nl: 'Casussen zijn gewijzigd', en: 'Cases were changed' },
    less: { nl: 'Casussen zijn gewijzigd', en: 'Cases were changed' },
  },
  withdrawn: {
    more: { nl: 'Casussen zijn ingetrokken', en: 'Cases were withdrawn' },
    less: { nl: 'Casussen zijn ingetrokken', en: 'Cases were withdrawn' },
  },
  percentage: {
    more: {
      nl: 'Kans of eigen bijdrage is hoger ingeschat',
      en: 'Likelihood or contribution was judged higher',
    },
    less: {
      nl: 'Kans of eigen bijdrage is lager ingeschat',
      en: 'Likelihood or contribution was judged lower',
    },
  },
  quantity: {
    more: { nl: 'Er is per casus meer zorg voorkomen', en: 'More care per case was avoided' },
    less: { nl: 'Er is per casus minder zorg voorkomen', en: 'Less care per case was avoided' },
  },
  settings: {
    more: { nl: 'Andere instellingen zijn gewijzigd', en: 'Other settings were changed' },
    less: { nl: 'Andere instellingen zijn gewijzigd', en: 'Other settings were changed' },
  },
  erasure: {
    more: {
      nl: 'Casussen zijn gewist op verzoek van inwoners',
      en: 'Cases were erased at residents’ request',
    },
    less: {
      nl: 'Casussen zijn gewist op verzoek van inwoners',
      en: 'Cases were erased at residents’ request',
    },
  },
  software: {
    more: {
      nl: 'De software rekent na een verbetering anders',
      en: 'Improved software works it out differently',
    },
    less: {
      nl: 'De software rekent na een verbetering anders',
      en: 'Improved software works it out differently',
    },
  },
};

/** A short name. */
export function partName(part: ComparedPartName): Words {
  return { nl: PART_LABELS[part], en: ENGLISH[part] };
}

/** What happened, by whether it added or took away. */
export function partMeaning(part: ComparedPartName, isMore: boolean): Words {
  return MEANING[part][isMore ? 'more' : 'less'];
}
