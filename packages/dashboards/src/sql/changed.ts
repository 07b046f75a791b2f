/** What became known in the time that the dashboard shows. */
import { allChosen } from './chosen.ts';

/** The rows of `reporting.changes` of the chosen places and of these days, found without reading all others. */
export const CHANGED = `reporting.changes_between($__timeFrom(), $__timeTo(),
           ${allChosen('gemeente')}, ${allChosen('organisatie')}, ${allChosen('programma')})`;
