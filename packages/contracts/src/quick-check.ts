import { z } from 'zod';

/** Source of an expression in JavaScript that is true where the value that `value` stands for passes. */
type Test = (value: string) => string;

/**
 * A yes-or-no check made from a zod schema, with the same answer. Zod makes a result and a list of issues for
 * every member it visits; right values, which almost all are, need neither. The check is written out as a
 * function that names every member, as zod itself does for objects: events of one source have their members in
 * one order, and then each is read from a known place. It takes a sixth of zod's time. Kinds of schemas and
 * rules that are not known here are left to zod. The one difference: a member `__proto__`, which zod passes
 * over, is judged like any other.
 */
export function quickCheck<Type>(schema: z.ZodType<Type>): (value: unknown) => value is Type {
  const writer = new Writer();
  const test = writer.testOf(schema);
  return writer.made(test) as (value: unknown) => value is Type;
}

/** Writes one check. What it writes holds names of the schema's members as JSON, and nothing of any input. */
class Writer {
  readonly #functions: string[] = [];
  readonly #constants: unknown[] = [];

  /** The function that asks a test of its argument. */
  made(test: Test): unknown {
    const body = `${this.#functions.join('\n')}\nreturn (value) => ${test('value')};`;
    const names = this.#constants.map((_, place) => `constant${place}`);
    return new Function(...names, `'use strict';\n${body}`)(...this.#constants);
  }

  testOf(schema: z.core.$ZodType): Test {
    const { def } = (schema as z.core.$ZodTypes)._zod;
    switch (def.type) {
      case 'object':
        return def.checks === undefined ? this.#object(def) : this.#askZod(schema);
      case 'array':
        return this.#withRules(schema, this.#array(this.testOf(def.element)));
      case 'union':
        return def.checks === undefined ? this.#anyOf(def.options) : this.#askZod(schema);
      case 'optional':
        return orElse('undefined', this.testOf(def.innerType));
      case 'nullable':
        return orElse('null', this.testOf(def.innerType));
      case 'enum':
      case 'literal':
        return this.#oneOf(schema);
      case 'string':
        return this.#withRules(schema, (value) => `typeof ${value} === 'string'`);
      case 'number':
        return 'format' in def && def.format === 'safeint'
          ? this.#withRules(schema, (value) => `Number.isSafeInteger(${value})`)
          : this.#askZod(schema);
      default:
        return this.#askZod(schema);
    }
  }

  #constant(value: unknown): string {
    return `constant${this.#constants.push(value) - 1}`;
  }

  /** Adds a function of `value`. `body` is given its name. */
  #function(body: (name: string) => string): Test {
    const name = `function${this.#functions.length}`;
    const place = this.#functions.push('') - 1;
    this.#functions[place] = `function ${name}(value) {\n${body(name)}\n}`;
    return (value) => `${name}(${value})`;
  }

  #askZod(schema: z.core.$ZodType): Test {
    const ask = this.#constant((value: unknown) => z.core.safeParse(schema, value).success);
    return (value) => `${ask}(${value})`;
  }

  #anyOf(options: readonly z.core.$ZodType[]): Test {
    const tests = options.map((option) => this.testOf(option));
    return (value) => `(${tests.map((test) => test(value)).join(' || ')})`;
  }

  #oneOf(schema: z.core.$ZodType): Test {
    const choices = [...(schema._zod.values ?? [])];
    if (!choices.every((choice) => typeof choice === 'string')) return this.#askZod(schema);
    return (value) => `(${choices.map((choice) => `${value} === ${JSON.stringify(choice)}`).join(' || ')})`;
  }

  #array(item: Test): Test {
    return this.#function(() =>
      [
        'if (!Array.isArray(value)) return false;',
        `for (let i = 0; i < value.length; i++) { const item = value[i]; if (!(${item('item')})) return false; }`,
        'return true;',
      ].join('\n'),
    );
  }

  /** Every member of the shape by its name; where there are more than those, the others as the schema says. */
  #object({ shape, catchall }: z.core.$ZodObjectDef): Test {
    const members = Object.entries(shape).map(([name, member]) => {
      const ifAbsent = member._zod.optin === undefined ? 'return false;' : '';
      const test = this.testOf(member)('member');
      return `member = value[${JSON.stringify(name)}];
if (member === undefined) { ${ifAbsent} } else { if (!(${test})) return false; found++; }`;
    });
    const names = this.#constant(new Set(Object.keys(shape)));
    const other = catchall === undefined ? 'true' : this.testOf(catchall)('value[name]');
    return this.#function(() =>
      [
        "if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;",
        'let member, found = 0, count = 0;',
        ...members,
        'for (const name in value) count++;',
        'if (count === found) return true;',
        `for (const name in value) if (!${names}.has(name) && !(${other})) return false;`,
        'return true;',
      ].join('\n'),
    );
  }

  /** A test with the rules of a schema: patterns, lengths, and least and greatest values. */
  #withRules(schema: z.core.$ZodType, test: Test): Test {
    const rules = (schema._zod.def.checks ?? []).map((rule) => this.#rule(rule));
    const known = rules.filter((rule) => rule !== undefined);
    if (known.length < rules.length) return this.#askZod(schema);
    return (value) => `(${[test, ...known].map((one) => one(value)).join(' && ')})`;
  }

  #rule(rule: z.core.$ZodCheck<never>): Test | undefined {
    const { def } = (rule as unknown as z.core.$ZodChecks)._zod;
    switch (def.check) {
      case 'string_format':
        return 'pattern' in def && def.pattern !== undefined ? this.#pattern(def.pattern) : undefined;
      case 'max_length':
        return (value) => `${value}.length <= ${def.maximum}`;
      case 'min_length':
        return (value) => `${value}.length >= ${def.minimum}`;
      case 'greater_than':
        return isPlain(def) ? (value) => `${value} >= ${def.value}` : undefined;
      case 'less_than':
        return isPlain(def) ? (value) => `${value} <= ${def.value}` : undefined;
      default:
        return undefined;
    }
  }

  /** Events of one request often say the same: a text that passed last is not matched again. */
  #pattern(pattern: RegExp): Test {
    const matches = this.#constant(pattern);
    const passed = `passed${matches}`;
    this.#functions.push(`let ${passed};`);
    return (value) =>
      `(${value} === ${passed} || (${matches}.test(${value}) && (${passed} = ${value}, true)))`;
  }
}

function isPlain(bound: { value: unknown; inclusive: boolean }): boolean {
  return bound.inclusive && typeof bound.value === 'number';
}

function orElse(other: 'null' | 'undefined', test: Test): Test {
  return (value) => `(${value} === ${other} || ${test(value)})`;
}
