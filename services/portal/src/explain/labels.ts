/** What levels and their values are called, in Dutch. */
import type { Dimension, Programme } from '@effectstroom/contracts';
import type { ChosenGroup } from '@effectstroom/database';

const WORDS = {
  ...{ municipality: 'Gemeente', organisation: 'Organisatie', programme: 'Programma', theme: 'Thema' },
  ...{ goal: 'Doel', workType: 'Werksoort', targetGroup: 'Doelgroep', supportType: 'Type ondersteuning' },
  ...{ team: 'Team', area: 'Gebied', wellbeing: 'Positieve gezondheid', costBearer: 'Kostenhouder' },
  ...{ effect: 'Effect', recurrence: 'Herhaling', cashable: 'Verzilverbaarheid' },
  ...{ month: 'Maand', quarter: 'Kwartaal', year: 'Jaar' },
} as const satisfies Record<Dimension, string>;

/** Values that have a word of their own. */
const VALUES: Partial<Record<Dimension, Readonly<Record<string, string>>>> = {
  recurrence: { 'one-off': 'Eenmalig', yearly: 'Jaarlijks' },
  cashable: { cash: 'Verzilverbaar', capacity: 'Vrijgekomen capaciteit', none: 'Niet verzilverbaar' },
  wellbeing: {
    'bodily-functions': 'Lichaamsfuncties',
    'mental-wellbeing': 'Mentaal welbevinden',
    meaningfulness: 'Zingeving',
    'quality-of-life': 'Kwaliteit van leven',
    participation: 'Meedoen',
    'daily-functioning': 'Dagelijks functioneren',
  },
};

const MONTH = new Intl.DateTimeFormat('nl-NL', { month: 'long', year: 'numeric', timeZone: 'UTC' });

/** Names of codes, out of the programmes that the groups chosen so far leave. */
export type Names = (dimension: Dimension, value: string) => string | undefined;

/** @returns a name only where the programmes agree on it */
export function namesOf(programmes: readonly Programme[], chosen: readonly ChosenGroup[]): Names {
  const chosenOf = (dimension: Dimension) => chosen.find(({ level }) => level === dimension)?.value;
  const left = programmes.filter((programme) =>
    (['municipality', 'organisation', 'programme'] as const).every((name) => {
      const value = chosenOf(name);
      return value === undefined || value === null || programme[name] === value;
    }),
  );
  return (dimension, value) => {
    const names = new Set(left.flatMap((programme) => namesIn(programme, dimension, value)));
    return names.size === 1 ? [...names][0] : undefined;
  };
}

function namesIn(programme: Programme, dimension: Dimension, value: string): string[] {
  const { themes, workTypes, costBearers } = programme;
  const named = (list: readonly { code: string; name: string }[]) =>
    list.filter(({ code }) => code === value).map(({ name }) => name);
  switch (dimension) {
    case 'programme':
      return programme.programme === value ? [programme.name] : [];
    case 'theme':
      return named(themes);
    case 'goal':
      return named(themes.flatMap(({ goals }) => goals));
    case 'workType':
      return named(workTypes);
    case 'costBearer':
      return named(costBearers);
    default:
      return [];
  }
}

/** A group in words: `Thema 3: Kwetsbare inwoners`, `maart 2022`, `Zonder doel`. */
export function groupLabel(dimension: Dimension, value: string | null, names: Names): string {
  if (value === null) return `Zonder ${WORDS[dimension].toLowerCase()}`;
  if (dimension === 'month') return MONTH.format(new Date(`${value}-01T00:00:00Z`));
  if (dimension === 'quarter') return `${value.slice(6)}e kwartaal ${value.slice(0, 4)}`;
  if (dimension === 'year') return value;
  const own = VALUES[dimension]?.[value];
  if (own !== undefined) return own;
  const name = names(dimension, value);
  return `${WORDS[dimension]} ${value}${name === undefined ? '' : `: ${name}`}`;
}

/** A year of a line in words. */
export function lineYearLabel(year: number): string {
  return year === 0 ? 'In het jaar zelf' : `${year} jaar later`;
}
