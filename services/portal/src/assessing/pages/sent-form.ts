/** What a form says, as the API takes it. Pure. */
import type { Fault } from '@effectstroom/contracts';
import { z } from 'zod';
import type { FormState, LineState } from './form-state.ts';
import { type ListedService, pick } from './listed-services.ts';

/** What is wrong with a field, with services that could be meant. */
export interface FieldFault extends Pick<Fault, 'pointer' | 'code'> {
  near?: readonly ListedService[];
}

/** A form read. */
export interface ReadForm {
  /** The body of an assessment, without its revision. */
  sent: { avoided: object[]; wellbeing?: string; similarCases?: number | string };
  /** The lines that are complete, by their place in the form. */
  complete: { place: number; line: object }[];
  /** The form, with the services that were meant. */
  form: FormState;
  /** What is missing or not clear. */
  faults: FieldFault[];
}

/** Reads a form. @param services that its case can name */
export function readForm(form: FormState, services: readonly ListedService[]): ReadForm {
  const read = form.lines.map((line, place) => readLine(line, place, services));
  return {
    sent: {
      avoided: read.map(({ line }) => line),
      ...(form.wellbeing === '' ? {} : { wellbeing: form.wellbeing }),
      ...(form.similarCases === '' ? {} : { similarCases: wholeNumber(form.similarCases) }),
    },
    complete: read.flatMap(({ line, faults }, place) => (faults.length === 0 ? [{ place, line }] : [])),
    form: { ...form, lines: read.map(({ shown }) => shown) },
    faults: read.flatMap(({ faults }) => faults),
  };
}

interface ReadLine {
  line: object;
  shown: LineState;
  faults: FieldFault[];
}

function readLine(line: LineState, place: number, services: readonly ListedService[]): ReadLine {
  const { amount, costBearer, likelihood, contribution, recurrence, quantity } = line;
  const at = (field: string): string => `/avoided/${place}/${field}`;
  const faults: FieldFault[] = [];
  const { service, near } = pick(line.service, services);
  const isAmount = amount !== '' && line.service === '';
  if (isAmount) {
    if (costBearer === '') faults.push({ pointer: at('costBearer'), code: 'required' });
  } else if (line.service === '') faults.push({ pointer: at('service'), code: 'required' });
  else if (service === undefined) faults.push({ pointer: at('service'), code: 'unknown-code', near });
  if (likelihood === '') faults.push({ pointer: at('likelihood'), code: 'required' });
  if (contribution === '') faults.push({ pointer: at('contribution'), code: 'required' });
  const kept = keptIn(line.kept);
  const isYearly = recurrence === 'yearly';
  return {
    line: {
      ...kept,
      ...(isAmount
        ? { amount: decimal(amount), costBearer }
        : { service: service?.service, quantity: decimal(quantity === '' ? '1' : quantity) }),
      ...{ likelihood: level(likelihood), contribution: level(contribution) },
      recurrence: isYearly ? 'yearly' : 'one-off',
      ...(isYearly ? {} : { years: undefined }),
    },
    shown: service === undefined ? line : { ...line, service: service.label },
    faults,
  };
}

const keptSchema = z
  .object({
    ...{ years: z.int(), deadweight: z.int(), displacement: z.int(), dropOff: z.int() },
    ...{ effect: z.string(), cashable: z.string(), costBearer: z.string() },
  })
  .partial();

/** What the form carries along. What it does not know is left out. */
function keptIn(text: string): object {
  try {
    return text === '' ? {} : (keptSchema.safeParse(JSON.parse(text)).data ?? {});
  } catch {
    return {};
  }
}

/** A percentage that the case already had, or the name of a level. */
function level(text: string): string | number | undefined {
  if (text === '') return undefined;
  return /^\d{1,3}$/.test(text) ? Number(text) : text;
}

/**
 * A number as people write it, as a decimal: 1.250,50 and 1250,50 and 1250.50 are the same. What is none
 * is given as it is: the API says so.
 */
export function decimal(text: string): string {
  const bare = text.replaceAll(/[\s€]/g, '');
  if (/^\d{1,3}(?:\.\d{3})+(?:,\d+)?$/.test(bare)) return bare.replaceAll('.', '').replace(',', '.');
  return bare.replace(',', '.');
}

function wholeNumber(text: string): number | string {
  const number = decimal(text);
  return /^\d{1,9}$/.test(number) ? Number(number) : text;
}
