/** Several nats-servers: that of the local stack, and those of newer releases of Debian. */
import { isBefore, type NatsProgram, natsFromDebian, natsProgram } from '@effectstroom/infra';
import { MachineLacks } from './machine-lacks.ts';

/** Releases of Debian with a nats-server of the 2.10 and the 2.15 line. */
const SUITES = ['trixie', 'forky'] as const;

/**
 * Finds them in the cache, or fetches them. Oldest first, each version once.
 * @throws {MachineLacks} where one can neither be found nor fetched
 */
export async function natsServers(tell: (line: string) => void): Promise<NatsProgram[]> {
  const { signal } = new AbortController();
  const servers = [await natsProgram(tell, signal)];
  for (const suite of SUITES) {
    const packaged = await natsFromDebian(suite, tell, signal).catch((error: Error) => {
      throw new MachineLacks([
        `nats-server of Debian ${suite} (fetched once, by apt-get from deb.debian.org): ${error.message}`,
      ]);
    });
    servers.push(packaged);
  }
  const others = servers.filter(
    ({ version }, at) => servers.findIndex((one) => one.version.join() === version.join()) === at,
  );
  return others.sort((one, other) => (isBefore(one.version, [other.version[0], other.version[1]]) ? -1 : 1));
}
