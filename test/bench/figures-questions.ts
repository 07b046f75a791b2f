/** What is asked of the portal: paths of questions about a filled database. */
import type { Random } from '../scenarios/random.ts';

/** What a filled database holds. */
export interface Asked {
  /** The largest first. */
  municipalities: readonly string[];
  /** Civil days, 'YYYY-MM-DD'. */
  firstDay: string;
  lastDay: string;
}

export interface FiguresQuestion {
  name: string;
  /** p99 in milliseconds at most; undefined where there is no aim. */
  aimMs?: number;
  path: (asked: Asked, random: Random) => string;
}

/** Running totals; and what is read from the ledger. */
const TOTALS_MS = 25;
const LEDGER_MS = 250;

/** The year before the last: most of it is known for long, and there is one before it. */
function yearOf({ lastDay }: Asked): string {
  return String(Number(lastDay.slice(0, 4)) - 1);
}

/** A moment in the last year, after the asked year, at which corrections were still to come. */
function momentOf({ lastDay }: Asked, month: string): string {
  return `${lastDay.slice(0, 4)}-${month}-15T12:00:00Z`;
}

type Path = FiguresQuestion['path'];

/** Of one year in one municipality: another one for each request, or always the largest. */
function inOne(route: string, more: (asked: Asked) => string = () => '', largest = false): Path {
  return (asked, random) => {
    const municipality = largest ? asked.municipalities[0] : random.pick(asked.municipalities);
    const year = yearOf(asked);
    return `/v1/${route}?municipality=${municipality}&from=${year}-01-01&to=${year}-12-31${more(asked)}`;
  };
}

function everywhere(route: string, more: string): Path {
  return ({ firstDay, lastDay }) => `/v1/${route}?from=${firstDay}&to=${lastDay}${more}`;
}

const asOf = (asked: Asked) => `&asOf=${momentOf(asked, '06')}`;
const moments = (asked: Asked) => `${asOf(asked)}&beforeAsOf=${momentOf(asked, '01')}`;
const always = (more: string) => () => more;

export const FIGURES_QUESTIONS: readonly FiguresQuestion[] = [
  { name: 'savings: total', aimMs: TOTALS_MS, path: inOne('savings') },
  { name: 'savings: by theme', aimMs: TOTALS_MS, path: inOne('savings', always('&groupBy=theme')) },
  {
    name: 'savings: by theme and month',
    aimMs: TOTALS_MS,
    path: inOne('savings', always('&groupBy=theme,month')),
  },
  {
    name: 'savings: by cost bearer',
    aimMs: LEDGER_MS,
    path: inOne('savings', always('&groupBy=costBearer')),
  },
  { name: 'savings: by team', aimMs: LEDGER_MS, path: inOne('savings', always('&groupBy=team')) },
  { name: 'savings: as of a moment', aimMs: LEDGER_MS, path: inOne('savings', asOf) },
  {
    name: 'savings: at other prices',
    aimMs: LEDGER_MS,
    path: inOne('savings', ({ lastDay }) => `&prices=${lastDay}`),
  },
  {
    name: 'savings: by theme, the largest',
    aimMs: TOTALS_MS,
    path: inOne('savings', always('&groupBy=theme'), true),
  },
  { name: 'savings: as of a moment, the largest', aimMs: LEDGER_MS, path: inOne('savings', asOf, true) },
  {
    name: 'compare: two moments, by theme',
    aimMs: LEDGER_MS,
    path: inOne('compare', (asked) => `${moments(asked)}&groupBy=theme`),
  },
  {
    name: 'compare: with the year before, by theme',
    aimMs: LEDGER_MS,
    path: inOne('compare', always('&against=year-before&groupBy=theme')),
  },
  {
    name: 'compare: with the year before, the largest',
    aimMs: LEDGER_MS,
    path: inOne('compare', always('&against=year-before&groupBy=theme'), true),
  },
  { name: 'explain: the root', aimMs: LEDGER_MS, path: inOne('explain') },
  { name: 'everywhere, all years: total', path: everywhere('savings', '') },
  { name: 'everywhere, all years: by municipality', path: everywhere('savings', '&groupBy=municipality') },
  { name: 'everywhere, all years: by year', path: everywhere('savings', '&groupBy=year') },
  {
    name: 'everywhere, all years: compare two moments',
    path: (asked, random) => everywhere('compare', moments(asked))(asked, random),
  },
];
