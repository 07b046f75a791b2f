/**
 * What `npm start`, `npm test` and the other commands run. Plain JavaScript without dependencies, for Node >=
 * 20: it installs what is needed and goes on with the pinned Node. Called as `node infra/bootstrap.mjs
 * <command> [args]`.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 20;
const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The commands that are a TypeScript entry point. */
const entries = new Map([
  ['start', 'infra/src/start.ts'],
  ['bench', 'test/bench/main.ts'],
  ['growth', 'test/growth/main.ts'],
  ['faults', 'test/faults/main.ts'],
  ['cluster', 'test/cluster/main.ts'],
  ['drill', 'test/drill/main.ts'],
  ['tables', 'test/reports/main.ts'],
  ['verify', 'infra/src/verify.ts'],
  ['backup', 'infra/src/backup/backup-command.ts'],
  ['restore', 'infra/src/backup/restore-command.ts'],
  ['rebuild', 'infra/src/rebuild.ts'],
]);

/**
 * @param {string | undefined} command
 * @param {string[]} args
 * @returns {Promise<number>} the exit code
 */
async function main(command = '', args = []) {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE) {
    throw new Error(`Effectstroom heeft Node.js ${OLDEST_NODE} of nieuwer nodig; dit is ${process.version}.
(Effectstroom needs Node.js ${OLDEST_NODE} or newer; this is ${process.version}.)`);
  }
  const commands = [...entries.keys(), 'check', 'test'];
  if (!commands.includes(command)) {
    throw new Error(`Onbekend commando "${command}"; kies uit ${commands.join(', ')}.`);
  }
  // Only now, so that an old Node gets to the message above.
  const { ensureInstalled } = await import('./bootstrap/install.mjs');
  const { run } = await import('./bootstrap/run.mjs');
  const { check, test } = await import('./bootstrap/checks.mjs');
  const node = await ensureInstalled(root);
  if (command === 'check') return check(node, root);
  if (command === 'test') return test(node, root, args);
  const entry = entries.get(command) ?? '';
  return run(node, [join(root, entry), ...args], { cwd: root, channel: command === 'start' });
}

try {
  process.exitCode = await main(process.argv[2], process.argv.slice(3));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
