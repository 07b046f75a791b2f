/** A form of an assessment as it was filled in: texts, right or not. Pure. */
import { type CaseForm, type GivenAssessment, LIMITS } from '@effectstroom/contracts';
import type { ListedService } from './listed-services.ts';

/** What a line of an assessment can say that the form does not ask; kept where the case already said it. */
const NOT_ASKED = ['years', 'deadweight', 'displacement', 'dropOff', 'effect', 'cashable'] as const;

/** One avoided service, or an amount that is in no price list. */
export interface LineState {
  service: string;
  quantity: string;
  amount: string;
  costBearer: string;
  likelihood: string;
  contribution: string;
  recurrence: string;
  /** JSON of the members that are not asked, and of a cost bearer other than that of the service. */
  kept: string;
}

/** The whole form. */
export interface FormState {
  lines: LineState[];
  wellbeing: string;
  similarCases: string;
}

/** Names of fields in the form, without the number of their line. */
export const FIELDS = {
  ...{ service: 'dienst', quantity: 'aantal', amount: 'bedrag', costBearer: 'kostenhouder' },
  ...{ likelihood: 'kans', contribution: 'bijdrage', recurrence: 'keer', kept: 'blijft' },
} as const satisfies Record<keyof LineState, string>;

/** A line that nobody filled in. */
export const EMPTY_LINE: LineState = {
  ...{ service: '', quantity: '1', amount: '', costBearer: '', likelihood: '', contribution: '' },
  ...{ recurrence: 'one-off', kept: '' },
};

/** The form that was sent. */
export function formIn(body: unknown): FormState {
  const given = typeof body === 'object' && body !== null ? body : {};
  const text = (name: string): string => {
    const value: unknown = Reflect.get(given, name);
    return typeof value === 'string' ? value.trim().slice(0, 500) : '';
  };
  const lines: LineState[] = [];
  for (
    let place = 0;
    place < LIMITS.avoidedLines && Object.hasOwn(given, `${FIELDS.service}-${place}`);
    place++
  ) {
    const entries = Object.entries(FIELDS).map(([field, name]) => [field, text(`${name}-${place}`)]);
    lines.push({ ...EMPTY_LINE, ...Object.fromEntries(entries) });
  }
  return {
    lines: lines.length === 0 ? [EMPTY_LINE] : lines,
    wellbeing: text('gezondheid'),
    similarCases: text('soortgelijk'),
  };
}

/** The form of an assessment that was given before. */
export function formOf(
  { avoided, wellbeing, similarCases }: GivenAssessment,
  form: CaseForm,
  services: readonly ListedService[],
): FormState {
  return {
    lines: avoided.map((line) => lineOf(line, services)),
    wellbeing: wellbeing ?? form.wellbeing ?? '',
    similarCases: String(similarCases),
  };
}

/** An empty form. */
export function newForm({ wellbeing }: CaseForm, similarCases: string): FormState {
  return { lines: [EMPTY_LINE], wellbeing: wellbeing ?? '', similarCases };
}

function lineOf(line: GivenAssessment['avoided'][number], services: readonly ListedService[]): LineState {
  const { service, quantity, amount, costBearer, likelihood, contribution, recurrence } = line;
  const names = service === undefined ? NOT_ASKED : ([...NOT_ASKED, 'costBearer'] as const);
  const kept = names.flatMap((name) =>
    line[name] === undefined || line[name] === 0 ? [] : [[name, line[name]]],
  );
  return {
    service: services.find((one) => one.service === service)?.label ?? service ?? '',
    quantity: inDutch(quantity ?? '1'),
    amount: amount === undefined ? '' : inDutch(amount),
    costBearer: service === undefined ? (costBearer ?? '') : '',
    likelihood: likelihood === undefined ? '' : String(likelihood),
    contribution: contribution === undefined ? '' : String(contribution),
    recurrence: recurrence ?? 'one-off',
    kept: kept.length === 0 ? '' : JSON.stringify(Object.fromEntries(kept)),
  };
}

function inDutch(decimal: string | number): string {
  return String(decimal).replace('.', ',');
}
