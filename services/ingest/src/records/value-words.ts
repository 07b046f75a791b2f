import type { ProposedField } from './header-words.ts';
import { plain } from './header-words.ts';

type Words = Readonly<Record<string, readonly string[]>>;

const LEVELS: Words = {
  certain: ['Zeker'],
  probable: ['Waarschijnlijk'],
  possible: ['Misschien', 'Mogelijk'],
};
const YES = ['Ja', 'J', 'true', 'waar', 'x', '1'];
const NO = ['Nee', 'N', 'false', 'onwaar', '0'];

/** What Dutch exports write → what the contract says, most usual word first. */
const WORDS: Partial<Record<ProposedField, Words>> = {
  likelihood: LEVELS,
  contribution: LEVELS,
  recurrence: { 'one-off': ['Eenmalig'], yearly: ['Jaarlijks', 'Structureel'] },
  wellbeing: {
    'bodily-functions': ['Lichaamsfuncties'],
    'mental-wellbeing': ['Mentaal welbevinden'],
    meaningfulness: ['Zingeving'],
    'quality-of-life': ['Kwaliteit van leven'],
    participation: ['Meedoen'],
    'daily-functioning': ['Dagelijks functioneren'],
  },
  type: { withdrawn: ['Vervallen', 'Ingetrokken', 'Geannuleerd', 'Verwijderd', 'Foutief'] },
  reason: { consent: ['Toestemming ingetrokken', 'Geen toestemming'], error: ['Fout', 'Dubbel', 'Foutief'] },
  followUpOutcome: {
    'stayed-away': ['Weggebleven', 'Niet ingezet', 'Voorkomen'],
    partly: ['Deels', 'Gedeeltelijk'],
    'used-anyway': ['Toch ingezet', 'Alsnog ingezet'],
  },
  cashable: { cash: ['Ja', 'Verzilverbaar'], capacity: ['Capaciteit'], none: ['Nee', 'Niet verzilverbaar'] },
};

/**
 * How the values of a column translate to the words of a field: those that stand there, and the usual ones.
 * The header decides what yes and no are. `unknown` are the values, among `sample`, that no word is known
 * for.
 */
export function translate(
  field: ProposedField,
  header: string,
  sample: readonly string[],
): { values: Record<string, string>; unknown: string[] } {
  const words = wordsOf(field, plain(header).replace(/ ?\d+$/, ''));
  const values: Record<string, string> = {};
  const unknown: string[] = [];
  const targets = new Map<string, string>();
  for (const [target, [usual, ...others]] of Object.entries(words)) {
    if (usual !== undefined) values[usual] = target;
    for (const word of [usual ?? '', ...others]) targets.set(plain(word), target);
  }
  for (const value of sample) {
    const target = targetOf(plain(value), targets);
    if (target === undefined) unknown.push(value);
    else if (!hasWord(values, value)) values[value] = target;
  }
  return { values, unknown };
}

function wordsOf(field: ProposedField, header: string): Words {
  const words = WORDS[field] ?? {};
  if (field !== 'recurrence') return words;
  if (/^(?:jaarlijks|structureel|terugkerend)$/.test(header)) return { yearly: YES, 'one-off': NO };
  if (header === 'eenmalig') return { 'one-off': YES, yearly: NO };
  return words;
}

/** `zeker (100%)` starts with a word that is known. */
function targetOf(value: string, targets: ReadonlyMap<string, string>): string | undefined {
  const exact = targets.get(value);
  if (exact !== undefined) return exact;
  for (const [word, target] of targets) if (word.length > 3 && value.startsWith(`${word} `)) return target;
  return undefined;
}

function hasWord(values: Readonly<Record<string, string>>, value: string): boolean {
  return Object.keys(values).some((word) => word.toLowerCase() === value.toLowerCase());
}

/** Whether the values of a field are words of the contract, that a column must be translated to. */
export function hasWords(field: ProposedField): boolean {
  return field in WORDS;
}
