/** Makes right JSON wrong, or right in another way: its members, and then its text. */
import fc from 'fast-check';
import { aimedAt } from './aimed.ts';
import { memberName, text, value, withMembers } from './garbage.ts';

/** A change of a value at one of its places, counted from its root. */
interface Mutation {
  place: number;
  kind: 'replace' | 'aim' | 'drop' | 'rename' | 'add' | 'many' | 'repeat' | 'stretch' | 'retype' | 'touch';
  value: unknown;
  name: string;
}

const mutation: fc.Arbitrary<Mutation> = fc.record({
  place: fc.nat(200),
  kind: fc.constantFrom(
    ...(['replace', 'replace', 'aim', 'aim', 'aim', 'aim', 'drop', 'rename', 'add', 'many'] as const),
    ...(['repeat', 'stretch', 'retype', 'touch'] as const),
  ),
  value,
  name: memberName,
});

/** Some changes, mostly few. */
export const mutations: fc.Arbitrary<Mutation[]> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Mutation[]>([]) },
  { weight: 4, arbitrary: mutation.map((one) => [one]) },
  { weight: 2, arbitrary: fc.array(mutation, { minLength: 2, maxLength: 5 }) },
);

/** `root` with the changes; `root` itself stays as it is. */
export function mutate(root: unknown, changes: readonly Mutation[]): unknown {
  return changes.reduce((changed, one) => change(changed, one, { left: one.place % count(changed) }), root);
}

function count(node: unknown): number {
  if (typeof node !== 'object' || node === null) return 1;
  return 1 + Object.values(node).reduce<number>((sum, inner) => sum + count(inner), 0);
}

/** Walks to the place where nothing is left to count. */
function change(node: unknown, mutation: Mutation, counter: { left: number }, name = ''): unknown {
  if (counter.left-- === 0) return changed(node, mutation, name);
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) {
    return node.flatMap((item) => {
      const isHere = counter.left === 0;
      const inner = change(item, mutation, counter);
      if (isHere && mutation.kind === 'drop') return [];
      return isHere && mutation.kind === 'repeat' ? [inner, inner] : [inner];
    });
  }
  return withMembers(
    Object.entries(node).flatMap(([name, member]): [string, unknown][] => {
      const isHere = counter.left === 0;
      const inner = change(member, mutation, counter, name);
      if (isHere && mutation.kind === 'drop') return [];
      return [[isHere && mutation.kind === 'rename' ? mutation.name : name, inner]];
    }),
  );
}

function changed(node: unknown, { kind, place, value: other, name }: Mutation, own: string): unknown {
  switch (kind) {
    case 'replace':
      return other;
    case 'aim':
      return typeof node === 'object' ? node : aimedAt(own, place, other);
    case 'many':
      return withMany(node, place);
    case 'add':
      if (Array.isArray(node)) return [...node, other];
      return typeof node === 'object' && node !== null
        ? withMembers([...Object.entries(node), [name, other]])
        : [node, other];
    case 'stretch':
      return typeof node === 'string' ? node.repeat(8).slice(0, 300) : [node];
    case 'retype':
      return retyped(node);
    case 'touch':
      return touched(node, other);
    default:
      return node;
  }
}

/** Near the most members that there may be, or the most bytes. */
function withMany(node: unknown, place: number): unknown {
  if (Array.isArray(node)) return Array.from({ length: 49 + (place % 4) }, () => node[0] ?? null);
  if (typeof node !== 'object' || node === null) return node;
  const filling = place % 2 === 0 ? 'x' : '😀'.repeat(400 + place);
  const more = Array.from({ length: 29 + (place % 5) }, (_, i): [string, unknown] => [`x${i}`, filling]);
  return withMembers([...Object.entries(node), ...more]);
}

function retyped(node: unknown): unknown {
  if (typeof node === 'string') return Number.isNaN(Number(node)) ? [node] : Number(node);
  if (typeof node === 'number') return String(node);
  return typeof node === 'object' && node !== null ? JSON.stringify(node) : null;
}

/** Nearly what it was. */
function touched(node: unknown, other: unknown): unknown {
  if (typeof node === 'number') return typeof other === 'number' ? node + Math.sign(other) : node + 0.1;
  if (typeof node !== 'string') return node;
  const piece = typeof other === 'string' ? other.slice(0, 3) : '-';
  const middle = Math.floor(node.length / 2);
  return `${node.slice(0, middle)}${piece}${node.slice(middle)}`;
}

/** A change of a text in bytes; `at` is a share of its length. */
interface TextMutation {
  at: number;
  kind: 'cut' | 'insert' | 'flip' | 'mark' | 'double' | 'escape' | 'lengthen' | 'space';
  bytes: Uint8Array;
  piece: string;
}

const textMutation: fc.Arbitrary<TextMutation> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  kind: fc.constantFrom('cut', 'insert', 'flip', 'mark', 'double', 'escape', 'lengthen', 'space'),
  bytes: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 4 }),
    fc.constantFrom(
      ...['ff', 'c0af', 'eda080', 'f4908080', '00', 'e2', 'efbbbf', '22', '5c', '7b', '5d', '2c'].map(hex),
    ),
  ),
  piece: text,
});

function hex(digits: string): Uint8Array {
  return Buffer.from(digits, 'hex');
}

/** Mostly no change of the text: what its members are would not be read then. */
export const textMutations: fc.Arbitrary<TextMutation[]> = fc.oneof(
  { weight: 5, arbitrary: fc.constant<TextMutation[]>([]) },
  { weight: 2, arbitrary: fc.array(textMutation, { minLength: 1, maxLength: 2 }) },
);

/** The bytes of a text with the changes. */
export function mutateText(json: string, changes: readonly TextMutation[]): Buffer {
  let bytes: Buffer = Buffer.from(json);
  for (const one of changes) bytes = changedText(bytes, one);
  return bytes;
}

function changedText(bytes: Buffer, { at, kind, bytes: other }: TextMutation): Buffer {
  const place = Math.floor(at * bytes.length);
  const put = (start: number, end: number, piece: string | Uint8Array) =>
    Buffer.concat([bytes.subarray(0, start), Buffer.from(piece), bytes.subarray(end)]);
  switch (kind) {
    case 'cut':
      return bytes.subarray(0, place);
    case 'insert':
      return put(place, place, other);
    case 'flip':
      return put(place, place + 1, Uint8Array.of((bytes[place] ?? 0) ^ (other[0] ?? 1)));
    case 'mark':
      return put(0, 0, '\ufeff');
    case 'double': {
      const brace = bytes.indexOf('{', place);
      const name = /"(?:[^"\\]|\\.)*"/.exec(bytes.subarray(brace + 1).toString())?.[0] ?? '"id"';
      return brace === -1 ? bytes : put(brace + 1, brace + 1, `${name}:"x",`);
    }
    case 'escape': {
      const letter = bytes.indexOf(Buffer.from('a'), place);
      return letter === -1 ? bytes : put(letter, letter + 1, '\\u0061');
    }
    case 'lengthen': {
      const digit = /(?<=[:[,])\d+(?=[,\]}])/.exec(bytes.toString('latin1'));
      return digit === null
        ? bytes
        : put(digit.index + digit[0].length, digit.index + digit[0].length, '.0000000000000000');
    }
    case 'space':
      return Buffer.concat([Buffer.from(' \t\r\n'), bytes, Buffer.from('\n')]);
  }
}
