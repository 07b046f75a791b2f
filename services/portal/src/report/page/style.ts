import { readFileSync } from 'node:fs';

/** The look of a report, on paper and on a screen: one page that needs nothing else. */
export const STYLE = readFileSync(new URL('report.css', import.meta.url), 'utf8');
