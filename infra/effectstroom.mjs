#!/usr/bin/env node
/**
 * The command line: `node infra/effectstroom.mjs <command>`. Plain JavaScript without dependencies, for Node >=
 * 20: it installs what is needed and goes on with the pinned Node.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @returns {Promise<number>} the exit code */
async function main() {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    throw new Error(`Effectstroom heeft Node.js ${OLDEST_NODE} of nieuwer nodig; dit is ${process.version}.
(Effectstroom needs Node.js ${OLDEST_NODE} or newer; this is ${process.version}.)`);
  }
  // Only now, so that an old Node gets to the message above.
  const { ensureInstalled } = await import('./bootstrap/install.mjs');
  const { run } = await import('./bootstrap/run.mjs');
  const node = await ensureInstalled(root);
  // Under npm the folder is that of the repository; file names are meant from where npm was called.
  const cwd = process.env['INIT_CWD'] || process.cwd();
  const entry = join(root, 'infra/src/client/main.ts');
  return run(node, [entry, ...process.argv.slice(2)], { cwd, channel: true });
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
