/** What is wrong with a field, in words that say what to do. Pure. */
import { type Fault, faultInDutch } from '@effectstroom/contracts';
import type { Language, Words } from '../../board/page.ts';
import { FIELDS } from './form-state.ts';
import type { FieldFault } from './sent-form.ts';

/** A fault at a field of the form. */
export interface ShownFault {
  /** Id of the field; undefined where it is no field's. */
  field: string | undefined;
  /** Of the line that has the field. */
  place: number | undefined;
  text: string;
  near: readonly string[];
}

const ADVICE: Readonly<Record<string, Words>> = {
  service: { nl: 'Kies een dienst uit de lijst', en: 'Choose a service from the list' },
  quantity: { nl: 'Vul een aantal in, zoals 26 of 2,5', en: 'Fill in a number, such as 26 or 2.5' },
  amount: { nl: 'Vul een bedrag in, zoals 1250 of 1250,50', en: 'Fill in an amount, such as 1250' },
  costBearer: { nl: 'Kies wie dat had betaald', en: 'Choose who would have paid' },
  likelihood: { nl: 'Kies hoe groot de kans was', en: 'Choose how likely it was' },
  contribution: { nl: 'Kies of het door uw hulp kwam', en: 'Choose whether it is due to your help' },
  recurrence: { nl: 'Kies eenmalig of elk jaar', en: 'Choose once or every year' },
  similarCases: {
    nl: 'Vul een heel getal in, van 1 tot en met 100.000',
    en: 'Fill in a whole number from 1 to 100,000',
  },
  wellbeing: { nl: 'Kies wat het meest is versterkt', en: 'Choose what was strengthened most' },
};

const OTHER_FIELDS: Readonly<Record<string, string>> = {
  similarCases: 'soortgelijk',
  wellbeing: 'gezondheid',
};

/** The faults at the fields of a form. Places are those of the lines as they were sent. */
export function shownFaults(faults: readonly (FieldFault | Fault)[], language: Language): ShownFault[] {
  return faults.map((fault) => {
    const [, first = '', place = '', member = ''] = fault.pointer.split('/');
    const name = first === 'avoided' ? member : first;
    const lineField = Object.hasOwn(FIELDS, name) ? FIELDS[name as keyof typeof FIELDS] : undefined;
    const isOfLine = first === 'avoided' && lineField !== undefined;
    return {
      field: isOfLine ? `${lineField}-${place}` : OTHER_FIELDS[first],
      place: isOfLine ? Number(place) : undefined,
      text: ADVICE[name]?.[language] ?? otherText(fault, language),
      near: 'near' in fault ? (fault.near ?? []).map(({ label }) => label) : [],
    };
  });
}

function otherText(fault: FieldFault | Fault, language: Language): string {
  const detail = 'detail' in fault ? fault.detail : fault.code;
  return language === 'nl' ? `${faultInDutch(fault.code)} (${detail})` : detail;
}
