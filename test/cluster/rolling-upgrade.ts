/** Replaces every service, and every nats-server, by a newer one, one at a time and under load. */
import type { Load } from './load.ts';
import { type Machines, NATS } from './machines.ts';
import type { Probes } from './standstill.ts';
import type { StreamState } from './stream-state.ts';
import { calm, seconds } from './strikes.ts';

/** One part that was replaced. */
export interface Replacement {
  what: string;
  target: string;
  /** From its stop until the newer one was ready. */
  awayMs: number;
  /** The longest that an event which was offered meanwhile waited for its 202, and until it was in the totals. */
  acceptedMs: number;
  countedMs: number;
  /** Attempts that clients had to make again meanwhile: to send, and to read. */
  retries: number;
}

interface UpgradeWorld {
  machines: Machines;
  stream: StreamState;
  probes: Probes;
  load: Load;
}

/** @throws Error where the product does not go on, or `signal` aborts */
export async function upgradeAll(
  world: UpgradeWorld,
  { upgrades, calmSeconds }: { upgrades: readonly string[]; calmSeconds: number },
  signal: AbortSignal,
): Promise<Replacement[]> {
  const replacements: Replacement[] = [];
  for (const target of upgrades) replacements.push(await replace(world, target, calmSeconds, signal));
  return replacements;
}

async function replace(
  { machines, stream, probes, load }: UpgradeWorld,
  target: string,
  calmSeconds: number,
  signal: AbortSignal,
): Promise<Replacement> {
  const isServer = NATS.some((name) => name === target);
  const part = isServer ? machines.nats(target) : machines.service(target);
  const retries = () => load.sending.retries + load.reading.retries;
  const [from, before] = [performance.now(), retries()];
  await part.stop();
  await part.start();
  const to = performance.now();
  await calm(stream, probes, calmSeconds, signal);
  const { acceptedMs, countedMs } = probes.standstill(from - 1_000, to);
  const what = isServer ? 'nats-server' : target.slice(0, target.indexOf('-'));
  const told = `accepted within ${seconds(acceptedMs)}, in the totals within ${seconds(countedMs)}`;
  process.stdout.write(`${target} replaced in ${seconds(to - from)}: ${told}\n`);
  return { what, target, awayMs: to - from, acceptedMs, countedMs, retries: retries() - before };
}
