/** The short form of `npm run cluster`: one machine after the other is lost, and two are replaced. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { mustRun } from '../harness/run-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'effectstroom-cluster-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('any one machine may be lost or replaced, and nothing else is', { timeout: 180_000 }, async () => {
  const { output } = await mustRun(['test/cluster/main.ts', '--quick', '--into', folder]);
  expect(output).toContain('lost 0, doubled 0, totals exact');
  expect(readdirSync(folder).sort()).toEqual(['cluster.json', 'cluster.md']);
});
