/** Whether bytes are the JSON that the contract takes, judged without anything of the product. */

/** The value; undefined where the text is not taken. */
export function readStrictly(bytes: Buffer): { value: unknown } | undefined {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const bare = text.replace(/"(?:[^"\\]|\\.)*"/gs, '""');
  if (depthOf(bare) > 32) return undefined;
  if ((bare.match(/:/g) ?? []).length !== membersOf(value)) return undefined;
  const numbers = bare.match(/-?\d[\d.eE+-]*/g) ?? [];
  if (numbers.some((number) => number.length > 16 || /e.{4,}/i.test(number))) return undefined;
  return { value };
}

function depthOf(bare: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of bare) {
    if (character === '[' || character === '{') deepest = Math.max(deepest, ++depth);
    if (character === ']' || character === '}') depth--;
  }
  return deepest;
}

function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((sum, inner) => sum + membersOf(inner), own);
}
