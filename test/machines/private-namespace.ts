/**
 * Running in a network and a mount namespace of one's own: what is made there, addresses, machines, mounts,
 * is gone with the last process in it, however that ends, and nobody else sees it meanwhile.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { isRoot, MachineLacks, missingPrograms } from './machine-lacks.ts';

/** Holds the network namespace from which the program was started again. */
const OUTSIDE = 'EFFECTSTROOM_OUTSIDE';

const TOLD_TO_STOP = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Programs that are needed, by the package of Debian that has them. */
const PACKAGES = { unshare: 'util-linux', setpriv: 'util-linux', mount: 'mount', ip: 'iproute2' } as const;

/** Whether this process stands in namespaces that `inPrivateNamespace` made. */
export function isPrivate(): boolean {
  const outside = process.env[OUTSIDE];
  return outside !== undefined && outside !== ownNetwork();
}

/**
 * Runs this program again, with the same command line, in namespaces of its own, and passes on what it is
 * told to stop by. To be called first of all:
 *
 *     const code = await inPrivateNamespace();
 *     if (code === undefined) await main(); // this is the program that was started again
 *     else process.exitCode = code;
 *
 * @returns its exit code; undefined where this is that program already
 * @throws MachineLacks where the machine cannot
 */
export async function inPrivateNamespace(): Promise<number | undefined> {
  if (isPrivate()) {
    // A new network has its 127.0.0.1, but not up.
    spawnSync('ip', ['link', 'set', 'lo', 'up']);
    return undefined;
  }
  const [program = '', ...unshare] = [...unsharing(), process.execPath, ...process.execArgv];
  const child = spawn(program, [...unshare, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { ...process.env, [OUTSIDE]: ownNetwork() },
  });
  // A Ctrl-C at the terminal reaches it by itself; a second one would make it stop by force.
  const passOn = (signal: NodeJS.Signals) => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of TOLD_TO_STOP) process.on(signal, passOn);
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code ?? 1));
    });
  } finally {
    for (const signal of TOLD_TO_STOP) process.off(signal, passOn);
  }
}

/** The command that makes the namespaces. @throws MachineLacks */
function unsharing(): string[] {
  const lacks = lacksForNamespaces();
  if (lacks.length > 0) throw new MachineLacks(lacks);
  return unshareCommand();
}

function unshareCommand(): string[] {
  // Who is not root becomes root of a user namespace, where the system allows that.
  const asRoot = isRoot() ? [] : ['--map-root-user'];
  return ['unshare', ...asRoot, '--net', '--mount', '--propagation', 'private'];
}

/** What this machine lacks for namespaces, which are tried out, each with how to get it. */
export function lacksForNamespaces(): string[] {
  if (process.platform !== 'linux') return ['network namespaces: they exist on Linux only'];
  const missing = missingPrograms(PACKAGES);
  if (missing.length > 0) return missing;
  const [program = '', ...args] = [...unshareCommand(), 'ip', 'link', 'add', 'tried', 'type', 'bridge'];
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status === 0) return [];
  return [
    `the right to make network namespaces (${stderr.trim()}): run as root, in a container with ` +
      'CAP_SYS_ADMIN and CAP_NET_ADMIN',
  ];
}

function ownNetwork(): string {
  return readlinkSync('/proc/self/ns/net');
}
