import { type Fault, pointerTo } from './fault.ts';

type Members = Readonly<Record<string, unknown>>;

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function itemsOf(value: unknown): [number, Members][] {
  if (!Array.isArray(value)) return [];
  return [...value.entries()].filter((entry): entry is [number, Members] => isMembers(entry[1]));
}

function codesOf(value: unknown): Set<unknown> {
  return new Set(itemsOf(value).map(([, item]) => item['code']));
}

/**
 * A fault for every item whose `names` together equal those of an earlier item. The first of `names` must be
 * there.
 */
function duplicates(value: unknown, path: string, names: readonly [string, ...string[]]): Fault[] {
  const seen = new Set<string>();
  const faults: Fault[] = [];
  for (const [i, item] of itemsOf(value)) {
    if (item[names[0]] === undefined) continue;
    const key = JSON.stringify(names.map((name) => item[name] ?? null));
    if (seen.has(key)) {
      const detail = `must differ from the other items of the list in ${names.join(', ')}`;
      faults.push({ pointer: `${path}/${i}/${names[0]}`, code: 'duplicate', detail });
    }
    seen.add(key);
  }
  return faults;
}

/** A fault for every item whose `name` is given and not among `codes`. */
function unknownCodes(value: unknown, path: string, name: string, codes: ReadonlySet<unknown>): Fault[] {
  return itemsOf(value)
    .filter(([, item]) => item[name] !== undefined && !codes.has(item[name]))
    .map(([i]) => ({
      pointer: pointerTo([...path.split('/').slice(1), i, name]),
      code: 'unknown-code',
      detail: `must be a ${name} of this programme`,
    }));
}

/** Faults of a programme as it was sent, against the rules that span fields. Takes any value. */
export function programmeRuleFaults(body: unknown): Fault[] {
  if (!isMembers(body)) return [];
  const { method, scale, correctionFactors, followingYears, themes, workTypes, costBearers, budgets } = body;
  const { discountRate, ceilings } = body;
  const faults = [
    ...duplicates(scale, '/scale', ['from']),
    ...duplicates(correctionFactors, '/correctionFactors', ['from', 'theme']),
    ...duplicates(followingYears, '/followingYears', ['from']),
    ...duplicates(discountRate, '/discountRate', ['from']),
    ...duplicates(ceilings, '/ceilings', ['service', 'year']),
    ...ceilingFaults(ceilings),
    ...duplicates(themes, '/themes', ['code']),
    ...itemsOf(themes).flatMap(([i, theme]) => duplicates(theme['goals'], `/themes/${i}/goals`, ['code'])),
    ...duplicates(workTypes, '/workTypes', ['code']),
    ...duplicates(costBearers, '/costBearers', ['code']),
    ...duplicates(budgets, '/budgets', ['year', 'theme', 'workType']),
    ...unknownCodes(correctionFactors, '/correctionFactors', 'theme', codesOf(themes)),
    ...unknownCodes(budgets, '/budgets', 'theme', codesOf(themes)),
  ];
  const takesAnyWorkType = itemsOf(workTypes).length === 0;
  if (!takesAnyWorkType) faults.push(...unknownCodes(budgets, '/budgets', 'workType', codesOf(workTypes)));
  const hasFactors = Array.isArray(correctionFactors)
    ? correctionFactors.length > 0
    : correctionFactors !== undefined;
  if (method === 'preventiecalculator' && !hasFactors) {
    const detail = 'required: the method preventiecalculator needs at least one correction factor';
    faults.push({ pointer: '/correctionFactors', code: 'required', detail });
  }
  return faults;
}

/** A ceiling is a number of units or an amount: one of both. */
function ceilingFaults(ceilings: unknown): Fault[] {
  return itemsOf(ceilings)
    .filter(([, { quantity, amount }]) => (quantity === undefined) === (amount === undefined))
    .map(([i]) => ({
      pointer: `/ceilings/${i}`,
      code: 'required',
      detail: 'must give quantity or amount, and not both',
    }));
}

/** Faults of expected deliveries as they were sent, against the rules that span fields. Takes any value. */
export function deliveriesRuleFaults(body: unknown): Fault[] {
  if (!isMembers(body)) return [];
  const { sources } = body;
  const reversed = itemsOf(sources)
    .filter(([, { from, to }]) => typeof from === 'string' && typeof to === 'string' && to < from)
    .map(
      ([i]): Fault => ({ pointer: `/sources/${i}/to`, code: 'range', detail: 'must not lie before from' }),
    );
  return [...duplicates(sources, '/sources', ['source']), ...reversed];
}

/** Faults of the texts of a report as they were sent, against the rules that span fields. Takes any value. */
export function reportTextsRuleFaults(body: unknown): Fault[] {
  return isMembers(body) ? duplicates(body['themes'], '/themes', ['theme']) : [];
}

/** Faults of a price list as it was sent, against the rules that span fields. Takes any value. */
export function priceListRuleFaults(code: string, body: unknown): Fault[] {
  if (!isMembers(body)) return [];
  const { editions } = body;
  const faults = [
    ...duplicates(editions, '/editions', ['from']),
    ...itemsOf(editions).flatMap(([i, edition]) =>
      duplicates(edition['items'], `/editions/${i}/items`, ['service']),
    ),
  ];
  if (typeof body['code'] === 'string' && body['code'] !== code) {
    faults.push({ pointer: '/code', code: 'mismatch', detail: 'must equal the code in the address' });
  }
  return faults;
}
