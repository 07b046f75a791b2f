import { type ParseArgsConfig, parseArgs } from 'node:util';
import { WrongUse } from './faults.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** What was given: options by their name, and the other words in order. */
export interface Given<Chosen extends Options> {
  options: ReturnType<typeof parseArgs<{ options: Chosen; allowPositionals: true }>>['values'];
  words: string[];
}

/**
 * Reads the arguments of one command.
 *
 * @param words how many other words are asked for, at least and at most, each with its name for a message
 * @throws {WrongUse} naming the argument that is wrong, in Dutch
 */
export function readArguments<const Chosen extends Options>(
  command: string,
  args: readonly string[],
  options: Chosen,
  words: { least: readonly string[]; most?: number } = { least: [] },
): Given<Chosen> {
  checkOptions(command, args, options);
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const missing = words.least[positionals.length];
  if (missing !== undefined) throw new WrongUse(`Er ontbreekt iets: ${missing}`, command);
  const tooMany = positionals[words.most ?? words.least.length];
  if (tooMany !== undefined) throw new WrongUse(`Dit hoort er niet bij: ${tooMany}`, command);
  return { options: values, words: positionals };
}

/** `parseArgs` tells in English what is wrong; this tells it first. */
function checkOptions(command: string, args: readonly string[], options: Options): void {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const takesValue = options[token.name]?.type === 'string';
    if (!(token.name in options) || !token.rawName.startsWith('--')) {
      throw new WrongUse(`Onbekende optie: ${token.rawName}`, command);
    }
    if (!takesValue && token.value !== undefined) {
      throw new WrongUse(`${token.rawName} krijgt geen waarde`, command);
    }
    const isAnotherOption = token.inlineValue === false && token.value?.startsWith('-') === true;
    if (takesValue && (token.value === undefined || token.value === '' || isAnotherOption)) {
      throw new WrongUse(`${token.rawName} vraagt een waarde`, command);
    }
  }
}

/**
 * A whole number from an option.
 *
 * @throws {WrongUse} where it is none, or outside the bounds
 */
export function wholeNumber(
  command: string,
  name: string,
  text: string,
  [least, most]: readonly [number, number],
): number {
  const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new WrongUse(`${name} moet een geheel getal van ${least} tot en met ${most} zijn`, command);
}
