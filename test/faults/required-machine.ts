/** What a machine must have for faults to strike: asked before anything starts. */
import { natsProgram } from '@effectstroom/infra';
import { isRoot, MachineLacks, ROOT } from '../machines/machine-lacks.ts';
import { lacksForNamespaces } from '../machines/private-namespace.ts';
import type { Fault } from './fault.ts';

/**
 * Fetches what can be fetched: in a network of our own there is no way out.
 * @throws MachineLacks with all that is missing and how to get it
 */
export async function requireMachineFor(
  faults: readonly Fault[],
  tell: (line: string) => void,
): Promise<void> {
  const lacks = new Set<string>();
  for (const fault of faults) {
    if (fault.needsRoot && !isRoot()) lacks.add(ROOT);
    for (const one of (await fault.lacks?.()) ?? []) lacks.add(one);
  }
  if (faults.some(needsNamespaces)) for (const one of lacksForNamespaces()) lacks.add(one);
  if (lacks.size > 0) throw new MachineLacks([...lacks]);
  await natsProgram(tell);
}

/** Whether a fault strikes in namespaces of the run's own. */
export function needsNamespaces({ needsRoot, place }: Fault): boolean {
  return needsRoot === true || place === 'machines';
}
