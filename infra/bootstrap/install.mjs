/** Installs the dependencies, only when they differ from what was installed last. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitForLock } from './lock.mjs';
import { run } from './run.mjs';

/**
 * @param {string} root the repository
 * @returns {Promise<string>} the pinned Node's binary
 */
export async function ensureInstalled(root) {
  if (!isInstalled(root)) {
    const lock = await waitForLock(join(root, '.cache', 'install.lock'), (holder) =>
      say(`Een ander commando (proces ${holder}) installeert de afhankelijkheden; even wachten …`),
    );
    try {
      if (!isInstalled(root)) await install(root);
    } finally {
      lock.release();
    }
  }
  return pinnedNode(root) ?? process.execPath;
}

/** @param {string} root */
async function install(root) {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  say(`Afhankelijkheden installeren met ${packageManager} (alleen de eerste keer en na een wijziging) …`);
  // The pin is already kept here, by npx; pnpm need not look after it too.
  const flags = ['--frozen-lockfile', '--pm-on-fail=ignore', '--config.confirm-modules-purge=false'];
  const args = ['--yes', packageManager, 'install', ...flags];
  const started = Date.now();
  const code = await run('npx', args, { cwd: root });
  if (code !== 0) throw new Error(await whyNot(code, root));
  if (needsNewerNode() && pinnedNode(root) === undefined) {
    const here = `${process.platform}-${process.arch}`;
    throw new Error(`Voor ${here} is er geen vaste Node.js 24 op npm.
Installeer zelf Node.js 24 en probeer opnieuw.
(No pinned Node.js 24 for ${here}: install Node.js 24 yourself and try again.)`);
  }
  writeFileSync(stampFile(root), fingerprint(root));
  say(`✔ Afhankelijkheden geïnstalleerd (${Math.round((Date.now() - started) / 1000)} s)`);
}

/** @param {string} root */
function isInstalled(root) {
  if (needsNewerNode() && pinnedNode(root) === undefined) return false;
  return existsSync(stampFile(root)) && readFileSync(stampFile(root), 'utf8') === fingerprint(root);
}

function needsNewerNode() {
  return Number(process.versions.node.split('.')[0]) < 24;
}

/**
 * Some of the packages that carry Node's binary are named by another pattern.
 * @param {string} root
 */
function pinnedNode(root) {
  return [`node-${process.platform}-${process.arch}`, `node-bin-${process.platform}-${process.arch}`]
    .map((name) => join(root, 'node_modules', name, 'bin', 'node'))
    .find((path) => existsSync(path));
}

/** @param {string} root */
function stampFile(root) {
  return join(root, 'node_modules', '.effectstroom-installed');
}

/**
 * A hash of everything that decides what gets installed.
 * @param {string} root
 */
function fingerprint(root) {
  const members = ['packages', 'services'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
  );
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'].concat(
    [...members, 'infra', 'test'].sort().map((folder) => `${folder}/package.json`),
  );
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}\n`);
  for (const file of files) {
    const path = join(root, file);
    if (existsSync(path)) hash.update(`${file}\n`).update(readFileSync(path));
  }
  return hash.digest('hex');
}

/**
 * @param {number} code
 * @param {string} root
 * @returns {Promise<string>}
 */
async function whyNot(code, root) {
  // npm knows which registry is meant; it says itself what goes wrong.
  const reachable = (await run('npm', ['ping'], { cwd: root })) === 0;
  return reachable
    ? `Installeren mislukte (code ${code}); de reden staat hierboven.
(Installing failed with code ${code}; the reason stands above.)`
    : `Installeren mislukte: het npm-register is niet bereikbaar.
Controleer de internetverbinding of de proxy (npm config set proxy …, npm config set registry …) en probeer opnieuw.
(Installing failed: the npm registry can't be reached. Check the connection or proxy and try again.)`;
}

/** @param {string} text */
function say(text) {
  process.stdout.write(`${text}\n`);
}
