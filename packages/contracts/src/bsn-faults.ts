import { holdsBsn } from './bsn.ts';
import { type Fault, pointerTo } from './fault.ts';

const DETAIL = 'holds a citizen service number (BSN): send none; nothing of this request is kept';

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

/** A fault for every string of an event or of settings, value or member name, in which a valid BSN stands. */
export function bsnFaults(root: unknown): Fault[] {
  const faults: Fault[] = [];
  const visit = (value: unknown, path: readonly (string | number)[], place: string): void => {
    if (typeof value === 'string') {
      if (EXEMPT.has(place) || !holdsBsn(value, place === TIME)) return;
      faults.push({ pointer: pointerTo(path), code: 'bsn', detail: DETAIL });
    } else if (Array.isArray(value)) {
      for (let i = 0; i < value.length; i++) visit(value[i], [...path, i], `${place}/*`);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, member] of Object.entries(value)) {
        if (holdsBsn(name)) {
          faults.push({ pointer: pointerTo(path), code: 'bsn', detail: `the name of a member ${DETAIL}` });
        }
        visit(member, [...path, name], `${place}/${name}`);
      }
    }
  };
  visit(root, [], '');
  return faults;
}
