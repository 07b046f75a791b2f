/** Fills in a query as Grafana does. */

/** Chosen values by the name of the variable. */
export type Chosen = Readonly<Record<string, readonly string[]>>;

export interface Span {
  from: Date;
  to: Date;
}

const VARIABLE = /\$\{(\w+):(\w+)\}/g;
const TIME_FILTER = /\$__timeFilter\(([^)]+)\)/g;
const TIME_END = /\$__time(From|To)\(\)/g;

/**
 * SQL with its variables and `$__timeFilter`, `$__timeFrom` and `$__timeTo` filled in.
 * @throws {Error} where a variable has no value, or is not written as `${name:sqlstring}`
 */
export function interpolateSql(sql: string, chosen: Chosen, span: Span): string {
  const [from, to] = [span.from.toISOString(), span.to.toISOString()];
  return sql
    .replace(TIME_FILTER, (_, column: string) => `${column} BETWEEN '${from}' AND '${to}'`)
    .replace(TIME_END, (_, end: string) => `'${end === 'From' ? from : to}'`)
    .replace(VARIABLE, (_, name: string, format: string) => {
      if (format !== 'sqlstring') throw new Error(`SQL must not use \${${name}:${format}}`);
      return valuesOf(chosen, name)
        .map((value) => `'${value.replaceAll("'", "''")}'`)
        .join(',');
    });
}

/**
 * PromQL with its variables and `$__rate_interval` filled in.
 * @throws {Error} where a variable has no value, or is not written as `${name:regex}`
 */
export function interpolatePromql(expression: string, chosen: Chosen, rateInterval = '4m'): string {
  return expression
    .replaceAll('$__rate_interval', rateInterval)
    .replace(VARIABLE, (_, name: string, format: string) => {
      if (format !== 'regex') throw new Error(`PromQL must not use \${${name}:${format}}`);
      const values = valuesOf(chosen, name).map((value) => value.replace(/[\\^$*+?.()|[\]{}/]/g, '\\\\$&'));
      return values.length === 1 ? (values[0] ?? '') : `(${values.join('|')})`;
    });
}

function valuesOf(chosen: Chosen, name: string): readonly string[] {
  const values = chosen[name];
  if (values === undefined) throw new Error(`Nothing is chosen for ${name}`);
  return values;
}
