/** Writes the dashboards to infra/grafana/dashboards: `node packages/dashboards/src/main.ts`. */
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildDashboards } from './dashboards.ts';
import { findFaults } from './lint/lint.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = join(root, 'infra', 'grafana', 'dashboards');

const dashboards = buildDashboards();
const faults = findFaults(dashboards);
if (faults.length > 0) throw new Error(`Nothing was written:\n${faults.join('\n')}`);
for (const name of readdirSync(folder)) if (name.endsWith('.json')) rmSync(join(folder, name));
for (const dashboard of dashboards) {
  writeFileSync(join(folder, `${dashboard.uid}.json`), JSON.stringify(dashboard, null, 2));
}
const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
execFileSync(process.execPath, [biome, 'format', '--write', folder], { cwd: root, stdio: 'inherit' });
