import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countMembers, scanJson } from './json-scan.ts';
import { eventDataFaults } from './personal-data/personal-data-faults.ts';
import { readJson } from './read-json.ts';

function read(text: string) {
  return readJson(Buffer.from(text));
}

function faultsOf(text: string): string[] {
  return read(text).faults.map(({ path, code }) => `${code} /${path.join('/')}`);
}

describe('scanJson', () => {
  it('counts the members of any JSON as they are parsed', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const text = JSON.stringify(value);
        expect(scanJson(Buffer.from(text)).members).toBe(countMembers(JSON.parse(text)));
      }),
    );
  });

  it('never misses a BSN', () => {
    const unit = fc.constantFrom(
      '1',
      '2',
      '3',
      '6',
      '0',
      '.',
      ' ',
      '\u00a0',
      '\u3000',
      'é',
      'a',
      '"',
      '\\',
      '/',
    );
    const text = fc.string({ unit, minLength: 9, maxLength: 24 });
    fc.assert(
      fc.property(
        fc.array(fc.oneof(text, fc.constant('111222333'), fc.constant('1112.22.333'))),
        (strings) => {
          const value = Object.fromEntries(strings.map((one, i) => [`${i}${one}`, one]));
          const holdsOne = eventDataFaults(value).some(({ code }) => code === 'bsn');
          const { mayHoldBsn } = scanJson(Buffer.from(JSON.stringify(value)));
          expect(mayHoldBsn || !holdsOne).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('tells nine digits that are a BSN from other digits', () => {
    expect(read('["123456782"]').mayHoldBsn).toBe(true);
    expect(read('{"123456782":1}').mayHoldBsn).toBe(true);
    expect(read('["\\u0031"]').mayHoldBsn).toBe(true);
    expect(read('["123456789","00000001001234567000"]').mayHoldBsn).toBe(false);
    expect(read('[123456782]').mayHoldBsn).toBe(false);
  });
});

describe('readJson', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6, noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        expect(read(text).value).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each(['', '{', '[1,]', '{"a":1}}', 'nul', '"\n"', '\ufeff{}', "{'a':1}", '{"a":01}'])(
    'refuses %j',
    (text) => {
      expect(faultsOf(text)).toEqual(['not-well-formed /']);
    },
  );

  it('refuses bytes that are not UTF-8', () => {
    const { value, faults } = readJson(Buffer.from([0x22, 0xff, 0x22]));
    expect(value).toBeUndefined();
    expect(faults.map(({ code }) => code)).toEqual(['not-well-formed']);
  });

  it('refuses what is nested deeper than 32 levels', () => {
    expect(faultsOf('['.repeat(32) + ']'.repeat(32))).toEqual([]);
    expect(faultsOf('['.repeat(33) + ']'.repeat(33))).toEqual(['too-deep /']);
    expect(faultsOf('{"a":'.repeat(100_000))).toEqual(['too-deep /']);
  });

  it.each([
    ['{"a":1,"a":2}', ['duplicate-member /a']],
    ['{"a":1,"\\u0061":1}', ['duplicate-member /a']],
    [
      '[{},{"b":{"c":"x:,{}","d":[{"e":1,"e":1}],"c":0}}]',
      ['duplicate-member /1/b/d/0/e', 'duplicate-member /1/b/c'],
    ],
    ['{"a":1,"a":2,"a":3}', ['duplicate-member /a', 'duplicate-member /a']],
    ['{"__proto__":1,"__proto__":2}', ['duplicate-member /__proto__']],
    ['{ "a" : [ 1 , { "a" : 1 } ] }', []],
  ])('finds members that are given twice in %s', (text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it.each([
    ['[1234567890123456]', []],
    ['[12345678901234567]', ['not-exact /0']],
    ['{"a":-1.234567890123456}', ['not-exact /a']],
    ['[1.0E7,1e-4]', []],
    ['[1e-400]', ['not-exact /0']],
    ['["12345678901234567"]', []],
  ])('finds numbers that lose digits in %s', (text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it('finds a member given twice in any object', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), fc.nat(), (names, at) => {
        const twice = names[at % names.length] ?? '';
        const members = [...new Set(names), twice].map((name) => `${JSON.stringify(name)}:0`);
        expect(read(`{${members.join(',')}}`).faults.map(({ path, code }) => [code, path])).toEqual([
          ['duplicate-member', [twice]],
        ]);
      }),
    );
  });
});
