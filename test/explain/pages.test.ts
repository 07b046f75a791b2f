import fc from 'fast-check';
import { expect, test } from 'vitest';
import { byNumber, byText, type Part, pageOf } from '../../services/portal/src/explain/pages.ts';

const part = (value: string | null, exact = 1n): Part => ({ value, label: '', exact, isOpen: true });
const values = (parts: readonly Part[]) => parts.map(({ value }) => value);

test('values ascend, as text or by size, and null comes last', () => {
  const parts = [part(null), part('10'), part('2')];
  expect(values(pageOf(parts, byText, { cursor: undefined, limit: 9 }).parts)).toEqual(['10', '2', null]);
  expect(values(pageOf(parts, byNumber, { cursor: undefined, limit: 9 }).parts)).toEqual(['2', '10', null]);
});

test('the pages of any parts give each once, and always add up', () => {
  const parts = fc.uniqueArray(fc.tuple(fc.option(fc.stringMatching(/^[a-z0-9]{1,3}$/)), fc.bigInt()), {
    selector: ([value]) => value,
  });
  fc.assert(
    fc.property(parts, fc.integer({ min: 1, max: 5 }), (drawn, limit) => {
      const all = drawn.map(([value, exact]) => part(value, exact));
      const total = all.reduce((sum, { exact }) => sum + exact, 0n);
      const seen: Part[] = [];
      let cursor: string | undefined;
      do {
        const page = pageOf(all, byText, { cursor, limit });
        expect(page.before + page.page + page.after).toBe(total);
        expect(page.before).toBe(seen.reduce((sum, { exact }) => sum + exact, 0n));
        seen.push(...page.parts);
        cursor = page.next ?? undefined;
      } while (cursor !== undefined);
      expect(new Set(values(seen)).size).toBe(all.length);
      expect(seen).toHaveLength(all.length);
    }),
  );
});

test('a cursor tells its place where its own part has gone', () => {
  const first = pageOf([part('a'), part('b'), part('c')], byText, { cursor: undefined, limit: 2 });
  const cursor = first.next ?? undefined;
  expect(values(pageOf([part('a'), part('c')], byText, { cursor, limit: 2 }).parts)).toEqual(['c']);
});
