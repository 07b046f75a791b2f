import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '@effectstroom/infra';

const SOURCE = join(repository, 'infra', 'prometheus');

/**
 * Copies the rules to a folder and gives the configuration that goes with them, as they are run but for this
 * target and looking every few seconds: a test does not wait for minutes.
 */
export function shortenedRules(folder: string, target: string): string {
  const rules = join(folder, 'rules');
  mkdirSync(rules, { recursive: true });
  cpSync(join(SOURCE, 'rules'), rules, { recursive: true });
  for (const file of readdirSync(rules)) {
    const text = readFileSync(join(rules, file), 'utf8');
    writeFileSync(join(rules, file), text.replaceAll(/^ {4}interval: .*$/gm, '    interval: 1s'));
  }
  const config = readFileSync(join(SOURCE, 'prometheus.yml'), 'utf8');
  return (
    config
      .replaceAll(/^( *evaluation_interval): .*$/gm, '$1: 1s')
      // A scrape that is slow on a busy machine must not make all series stale.
      .replaceAll(/^( *(?:scrape_interval|scrape_timeout)): .*$/gm, '$1: 3s')
      .replace('exporter:9464', target)
  );
}
