/** Which nats-servers a run begins and ends with. */
import type { NatsProgram } from '@effectstroom/infra';
import { natsServers } from '../machines/nats-servers.ts';

export interface NatsVersions {
  before: NatsProgram;
  after: NatsProgram;
}

/**
 * The two newest, or those that were asked for; fetched before the run has a network of its own.
 * @param asked one or two starts of versions, as `2.10`
 * @throws Error where there is none of such a version
 */
export async function natsVersions(asked: readonly string[] | undefined): Promise<NatsVersions> {
  const servers = await natsServers((line) => process.stdout.write(`${line}\n`));
  const found = (start: string | undefined) => {
    const program = servers.find(({ version }) => `${version.join('.')}.`.startsWith(`${start}.`));
    if (program !== undefined) return program;
    const there = servers.map(({ version }) => version.join('.')).join(', ');
    throw new Error(`--nats: there is no nats-server ${start}, but ${there}`);
  };
  const chosen = asked?.map(found) ?? servers.slice(-2);
  const [before, after = before] = chosen;
  if (before === undefined || after === undefined) throw new Error('there is no nats-server');
  return { before, after };
}
