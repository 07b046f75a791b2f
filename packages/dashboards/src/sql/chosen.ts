/**
 * What was chosen on the dashboard, as SQL. Grafana quotes each value (`:sqlstring`), the same way in every
 * version; within ARRAY[…] also nothing chosen is good SQL.
 */

/** Names of the variables that SQL uses. */
export type Choice =
  | 'gemeente'
  | 'organisatie'
  | 'programma'
  | 'thema'
  | 'werksoort'
  | 'jaar'
  | 'met_jaar'
  | 'deel';

/** One chosen value, as a text. */
export function chosen(choice: Choice): string {
  return `\${${choice}:sqlstring}`;
}

/** All chosen values, as text[]. */
export function allChosen(choice: Choice): string {
  return `ARRAY[${chosen(choice)}]::text[]`;
}

/** The chosen year, as an integer. */
export const YEAR = `${chosen('jaar')}::int`;

export const IN_MUNICIPALITY = `municipality = ANY(${allChosen('gemeente')})`;
export const IN_ORGANISATION = `organisation = ANY(${allChosen('organisatie')})`;
const IN_PROGRAMME = `programme = ANY(${allChosen('programma')})`;

/** Within the chosen municipality, organisation and programme. */
export const HERE = `${IN_MUNICIPALITY} AND ${IN_ORGANISATION} AND ${IN_PROGRAMME}`;

/** Within the chosen themes. */
export const OF_THEMES = `theme = ANY(${allChosen('thema')})`;

/** What stands for cases without a work type, also in the list to choose from. */
export const NO_WORK_TYPE = '-';
/** Within the chosen work types. */
export const OF_WORK_TYPES = `(work_type = ANY(${allChosen('werksoort')})
  OR work_type IS NULL AND '${NO_WORK_TYPE}' = ANY(${allChosen('werksoort')}))`;

/** Today in Amsterdam. */
export const TODAY = 'reporting.today()';

/** The running year. */
export const THIS_YEAR = `extract(year FROM ${TODAY})::int`;
