import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startPrometheus } from './prometheus.ts';
import { promtool } from './promtool.ts';

const folder = mkdtempSync(join(tmpdir(), 'effectstroom-prometheus-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('promtool reads its input and says what is wrong', async () => {
  const right = '# HELP a_seconds Something.\n# TYPE a_seconds gauge\na_seconds 1\n';
  expect(await promtool(['check', 'metrics'], right)).toEqual({ code: 0, output: '' });
  const wrong = await promtool(['check', 'metrics'], right.replace(/^.*HELP.*\n/, ''));
  expect(wrong).toEqual({ code: 3, output: 'a_seconds no help text\n' });
});

test('Prometheus starts, answers and ends', async () => {
  const prometheus = await startPrometheus({ folder, config: '{"global":{"scrape_interval":"1s"}}' });
  try {
    expect(await prometheus.query('vector(2) * 3')).toEqual([{ labels: {}, value: 6 }]);
    expect(await prometheus.query('scalar(vector(2))')).toEqual([{ labels: {}, value: 2 }]);
    await expect(prometheus.query('vector(')).rejects.toThrow('parse error');
    expect(await prometheus.get('/api/v1/rules')).toEqual({ groups: [] });
  } finally {
    expect(await prometheus.stop()).toEqual({ code: 0, signal: null });
  }
}, 120_000);
