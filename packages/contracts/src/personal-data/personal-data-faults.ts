import { type Fault, pointerTo } from '../fault.ts';
import { BSN, EMAIL_ADDRESS, type Kind, kindsIn, PHONE_NUMBER } from './kinds.ts';

/**
 * Money, quantities and revisions (design §5): their digits are amounts. JSON numbers are never looked at.
 */
const EXEMPT: ReadonlySet<string> = new Set([
  '/data/revision',
  '/data/cost',
  '/data/avoided/*/amount',
  '/data/avoided/*/quantity',
  '/correctionFactors/*/factor',
  '/budgets/*/amount',
  '/budgets/*/fte',
  '/editions/*/items/*/price',
]);

/** In a time the dot stands before the fraction of a second: it does not join digits to one number. */
const TIME = '/time';

/**
 * A fault for every citizen service number, e-mail address and telephone number in a string of settings,
 * value or member name. What is percent-encoded is read too.
 */
export function personalDataFaults(root: unknown): Fault[] {
  return faultsOfStrings(root, [BSN, EMAIL_ADDRESS, PHONE_NUMBER]);
}

/** The same of an event, without telephone numbers: `identifierFaults` finds those where they may be. */
export function eventDataFaults(event: unknown): Fault[] {
  return faultsOfStrings(event, [BSN, EMAIL_ADDRESS]);
}

function faultsOfStrings(root: unknown, kinds: readonly Kind[]): Fault[] {
  const faults: Fault[] = [];
  const visit = (value: unknown, path: readonly (string | number)[], place: string): void => {
    if (typeof value === 'string') {
      if (EXEMPT.has(place)) return;
      for (const { code, detail } of kindsIn(value, kinds, place === TIME)) {
        faults.push({ pointer: pointerTo(path), code, detail });
      }
    } else if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) visit(value[i], [...path, i], `${place}/*`);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, member] of Object.entries(value)) {
        for (const { code, detail } of kindsIn(name, kinds)) {
          faults.push({ pointer: pointerTo(path), code, detail: `the name of a member ${detail}` });
        }
        visit(member, [...path, name], `${place}/${name}`);
      }
    }
  };
  visit(root, [], '');
  return faults;
}
