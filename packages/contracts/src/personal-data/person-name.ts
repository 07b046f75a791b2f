import { LIMITS } from '../limits.ts';
import {
  FIRST_NAMES,
  SURNAME_PREFIXES,
  SURNAMES,
  SURNAMES_LIKE_WORDS,
  SURNAMES_WITH_PREFIX,
  TITLES,
} from './name-lists.ts';

/** A run of letters, or what capitals set apart in one; in lower case, without accents. */
interface Part {
  text: string;
  /** No separator stands before it: a capital sets it apart. */
  isJoined: boolean;
}

const SURE = new Set(SURNAMES);
const LIKE_WORDS = new Set(SURNAMES_LIKE_WORDS);
const ALL_SURNAMES = new Set([...SURNAMES, ...SURNAMES_LIKE_WORDS, ...SURNAMES_WITH_PREFIX]);
const PREFIXES = new Set(SURNAME_PREFIXES);
const FIRSTS = new Set(FIRST_NAMES);
const BEFORE_A_NAME = new Set(TITLES);

const MOST_PREFIXES = 3;
/** Longer than any identifier may be: such a text is refused as it is. */
const LONGEST_TEXT = 2 * LIMITS.extensionLength;
const PART = /\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{Lo}+/gu;

/** Letters with which a surname starts, somewhere: a text without them is done with. */
const START = new RegExp([...new Set([...ALL_SURNAMES].map((name) => name.slice(0, 3)))].join('|'), 'i');

/**
 * Whether the name of a person stands in an identifier. Only what is very frequent is known, and only
 * together, so that a code is seldom taken for a name:
 *
 * - a first name before a surname, or behind one: `jan-jansen`, `JanDeVries`, `bakker_anna`;
 * - a title or initials before a surname that is no word, or that has a prefix: `gezin.jansen`, `j.p.jansen`,
 *   `a-de-boer`. Initials stand apart: what looks like `jSmit` comes in random identifiers too.
 *
 * Only separators stand between the parts, no digits. A surname on its own is no name: it may be a team or a
 * street.
 */
export function holdsPersonName(text: string): boolean {
  if (text.length > LONGEST_TEXT) return false;
  const plain = /[^\0-\x7f]/.test(text) ? plainLetters(text) : text;
  if (!START.test(plain)) return false;
  return plain.split(/\p{N}+/u).some((piece) => {
    const parts = partsOf(piece);
    return parts.some((_, place) => isNameAt(parts, place));
  });
}

/** Without accents, which names in a system often lose. */
function plainLetters(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ı', 'i');
}

function partsOf(piece: string): Part[] {
  let end = -1;
  return [...piece.matchAll(PART)].map((match) => {
    const part = { text: match[0].toLowerCase(), isJoined: match.index === end };
    end = match.index + match[0].length;
    return part;
  });
}

function isNameAt(parts: readonly Part[], place: number): boolean {
  const { text = '' } = parts[place] ?? {};
  const next = parts[place + 1];
  if (next === undefined) return false;
  if (FIRSTS.has(text)) return isSurnameAt(parts, place + 1, true);
  if (SURE.has(text) && FIRSTS.has(next.text)) return true;
  const isInitial = text.length === 1 && !next.isJoined;
  return (isInitial || BEFORE_A_NAME.has(text)) && isSurnameAt(parts, place + 1, false);
}

/**
 * Whether a surname, with or without prefixes, stands at a place; one that is a word too only with
 * `alsoWords`.
 */
function isSurnameAt(parts: readonly Part[], start: number, alsoWords: boolean): boolean {
  let place = start;
  while (place < start + MOST_PREFIXES && PREFIXES.has(parts[place]?.text ?? '')) place++;
  const { text = '' } = parts[place] ?? {};
  if (place > start) return ALL_SURNAMES.has(text);
  return SURE.has(text) || (alsoWords && LIKE_WORDS.has(text));
}
