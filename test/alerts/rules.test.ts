/** The rules and configuration of Prometheus, judged by promtool. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promtool, repository } from '@effectstroom/infra';
import { expect, test } from 'vitest';

const folder = join(repository, 'infra', 'prometheus');

function filesIn(name: string): string[] {
  return readdirSync(join(folder, name)).map((file) => join(folder, name, file));
}

test('the configuration and every rule are right', async () => {
  const config = await promtool(['check', 'config', join(folder, 'prometheus.yml')]);
  expect(config.output).toContain(`SUCCESS: ${filesIn('rules').length} rule files found`);
  expect(config.code, config.output).toBe(0);
  const rules = await promtool(['check', 'rules', '--lint=all', '--lint-fatal', ...filesIn('rules')]);
  expect(rules.code, rules.output).toBe(0);
});

test('Grafana mails every alert to its audience, with what to do', () => {
  const mailed = readFileSync(
    join(repository, 'infra/grafana/provisioning/alerting/effectstroom.yaml'),
    'utf8',
  );
  const parts = mailed.split('- uid: effectstroom-alerts-').slice(1);
  const named = parts.flatMap((part) => {
    const audience = /^\w+/.exec(part)?.[0];
    expect(part).toContain(`ALERTS{alertstate="firing",audience="${audience}"}`);
    return [...part.matchAll(/melding "(\w+)"/g)].map(([, alert]) => `${audience} ${alert}`);
  });
  const ruled = filesIn('rules').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/- alert: (\w+)[\s\S]*?audience: (\w+)/g)].map(
      ([, alert, audience]) => `${audience} ${alert}`,
    ),
  );
  expect(ruled.length).toBeGreaterThan(10);
  expect(named.sort()).toEqual(ruled.sort());
});

test('every rule does what its tests say', { timeout: 120_000 }, async () => {
  expect(filesIn('tests').length).toBe(filesIn('rules').length);
  const { code, output } = await promtool(['test', 'rules', ...filesIn('tests')]);
  expect(code, output).toBe(0);
});
