/** The checks without a server, and the tests with their closing line. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run.mjs';

/** What runs in a browser has a project of its own: other globals hold there. */
const PROJECTS = [
  'tsconfig.json',
  'services/ingest/src/web/tsconfig.json',
  'services/portal/src/board/client/tsconfig.json',
  'services/portal/src/assessing/client/tsconfig.json',
];

/**
 * Types, then lint and format.
 * @param {string} node
 * @param {string} root
 * @returns {Promise<number>} the exit code
 */
export async function check(node, root) {
  for (const project of PROJECTS) {
    const types = await run(node, ['node_modules/typescript/bin/tsc', '-p', project], { cwd: root });
    if (types !== 0) return types;
  }
  return run(node, ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'], { cwd: root });
}

/**
 * The checks and then the tests; with arguments only the tests, which get them. The last line is always
 * `<passed> passed, <failed> failed`; a check that fails counts as one failure.
 * @param {string} node
 * @param {string} root
 * @param {string[]} args for vitest
 * @returns {Promise<number>} the exit code
 */
export async function test(node, root, args) {
  const checked = args.length > 0 ? 0 : await check(node, root);
  if (checked !== 0) return close({ passed: 0, failed: 1 }, checked);
  const folder = mkdtempSync(join(tmpdir(), 'effectstroom-test-'));
  try {
    const report = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const vitest = ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...args];
    const code = await run(node, vitest, { cwd: root });
    const counts = countsOf(report);
    // What fails outside a test (a file that does not load, an error after the last test) is a failure too.
    if (code !== 0 && counts.failed === 0) counts.failed = 1;
    return close(counts, counts.failed > 0 && code === 0 ? 1 : code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} report vitest's JSON report; absent when vitest did not get that far
 * @returns {{ passed: number, failed: number }}
 */
function countsOf(report) {
  try {
    const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
    return { passed: numPassedTests, failed: numFailedTests };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/**
 * @param {{ passed: number, failed: number }} counts
 * @param {number} code
 */
function close({ passed, failed }, code) {
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  return code;
}
