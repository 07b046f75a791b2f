import { z } from 'zod';

/** Whether a value passes. */
type Check = (value: unknown) => boolean;

/**
 * A yes-or-no check made from a zod schema, with the same answer. Zod makes a result and a list of issues for
 * every member it visits; right values, which almost all are, need neither and take a third of the time this
 * way. Kinds of schemas and rules that are not known here are left to zod. The one difference: a member
 * `__proto__`, which zod passes over, is judged like any other.
 */
export function quickCheck<Type>(schema: z.ZodType<Type>): (value: unknown) => value is Type {
  const check = checkOf(schema);
  return (value): value is Type => check(value);
}

function checkOf(schema: z.core.$ZodType): Check {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'object':
      return def.checks === undefined ? objectCheck(def) : askZod(schema);
    case 'array':
      return withRules(schema, arrayCheck(checkOf(def.element)));
    case 'union':
      return def.checks === undefined ? unionCheck(def.options.map(checkOf)) : askZod(schema);
    case 'optional':
      return orElse(undefined, checkOf(def.innerType));
    case 'nullable':
      return orElse(null, checkOf(def.innerType));
    case 'enum':
    case 'literal': {
      const { values } = schema._zod;
      return (value) => values?.has(value as z.core.util.Primitive) ?? false;
    }
    case 'string':
      return withRules(schema, (value) => typeof value === 'string');
    case 'number':
      return withRules(
        schema,
        'format' in def && def.format === 'safeint' ? Number.isSafeInteger : undefined,
      );
    default:
      return askZod(schema);
  }
}

function askZod(schema: z.core.$ZodType): Check {
  return (value) => z.core.safeParse(schema, value).success;
}

function orElse(other: null | undefined, check: Check): Check {
  return (value) => value === other || check(value);
}

function unionCheck(options: readonly Check[]): Check {
  return (value) => {
    for (const option of options) if (option(value)) return true;
    return false;
  };
}

function arrayCheck(item: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return false;
    for (let i = 0; i < value.length; i++) if (!item(value[i])) return false;
    return true;
  };
}

function objectCheck({ shape, catchall }: z.core.$ZodObjectDef): Check {
  const members = new Map(
    Object.entries(shape).map(([name, member]) => {
      return [name, { check: checkOf(member), count: member._zod.optin === undefined ? 1 : 0 }];
    }),
  );
  const others = { check: catchall === undefined ? () => true : checkOf(catchall), count: 0 };
  const required = [...members.values()].reduce((sum, member) => sum + member.count, 0);
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    let found = 0;
    for (const name in value) {
      const { check, count } = members.get(name) ?? others;
      if (!check((value as Record<string, unknown>)[name])) return false;
      found += count;
    }
    return found === required;
  };
}

/** `check` with the rules of a schema: patterns, lengths, and least and greatest values. */
function withRules(schema: z.core.$ZodType, check: Check | undefined): Check {
  const rules = (schema._zod.def.checks ?? []).map(ruleOf);
  if (check === undefined || rules.includes(undefined)) return askZod(schema);
  return rules.reduce<Check>((before, rule) => (value) => before(value) && rule?.(value) === true, check);
}

function ruleOf(rule: z.core.$ZodCheck<never>): Check | undefined {
  const { def } = (rule as unknown as z.core.$ZodChecks)._zod;
  switch (def.check) {
    case 'string_format':
      return 'pattern' in def && def.pattern !== undefined ? patternCheck(def.pattern) : undefined;
    case 'max_length':
      return (value) => (value as string | unknown[]).length <= def.maximum;
    case 'min_length':
      return (value) => (value as string | unknown[]).length >= def.minimum;
    case 'greater_than':
      return def.inclusive ? (value) => (value as number) >= (def.value as number) : undefined;
    case 'less_than':
      return def.inclusive ? (value) => (value as number) <= (def.value as number) : undefined;
    default:
      return undefined;
  }
}

/** Events of one request often say the same: a text that passed last is not matched again. */
function patternCheck(pattern: RegExp): Check {
  let passed: unknown;
  return (value) => {
    if (value === passed) return true;
    if (!pattern.test(value as string)) return false;
    passed = value;
    return true;
  };
}
