import { expect, test } from 'vitest';
import { interpolatePromql, interpolateSql } from './interpolate.ts';

const SPAN = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2026-01-02T00:00:00Z') };

test('SQL is filled in and quoted as Grafana does', () => {
  const sql = `x = ANY(ARRAY[\${naam:sqlstring}]::text[]) AND $__timeFilter(day)`;
  expect(interpolateSql(sql, { naam: ["o'neil", 'b'] }, SPAN)).toBe(
    "x = ANY(ARRAY['o''neil','b']::text[]) AND " +
      "day BETWEEN '2026-01-01T00:00:00.000Z' AND '2026-01-02T00:00:00.000Z'",
  );
  expect(interpolateSql('f($__timeFrom(), $__timeTo())', {}, SPAN)).toBe(
    "f('2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z')",
  );
  expect(interpolateSql(`ARRAY[\${naam:sqlstring}]`, { naam: [] }, SPAN)).toBe('ARRAY[]');
});

test('what is not chosen or not quoted is refused', () => {
  expect(() => interpolateSql(`\${naam:sqlstring}`, {}, SPAN)).toThrow('Nothing is chosen for naam');
  expect(() => interpolateSql(`\${naam:raw}`, { naam: ['a'] }, SPAN)).toThrow('must not use');
});

test('PromQL is filled in', () => {
  const expression = `rate(a_total{b=~"\${b:regex}"}[$__rate_interval])`;
  expect(interpolatePromql(expression, { b: ['x', 'y.z'] })).toBe('rate(a_total{b=~"(x|y\\\\.z)"}[4m])');
});
