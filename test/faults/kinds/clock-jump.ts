/** The clock of a service jumps, and jumps back; time that only runs on is left alone. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, PartName } from '../fault.ts';
import { libfaketime } from './libfaketime.ts';

const SERVICES = ['calculator', 'second', 'ingest', 'portal', 'exporter'] as const satisfies PartName[];
/** As libfaketime reads them: minutes and days. */
const JUMPS = ['+3m', '-3m', '+70m', '-70m', '+2d', '-2d', '+40d', '-40d'] as const;
const LEAST_MS = 3_000;
const MOST_MS = 10_000;
/** Seconds after which a service looks again what time it is to have. */
const LOOKS_AGAIN_S = 1;

/** By libfaketime, in every service. */
export const clockJump: Fault = {
  kind: 'clock-jump',
  lacks: () =>
    libfaketime().then(
      () => [],
      (error: unknown) => [`libfaketime (apt install libfaketime): ${String(error)}`],
    ),
  async prepare(setup) {
    const library = await libfaketime();
    mkdirSync(join(setup.folder, 'clocks'), { recursive: true });
    for (const service of SERVICES) {
      const file = clockOf(setup.folder, service);
      writeFileSync(file, '+0');
      setup.environment(service, {
        LD_PRELOAD: library,
        FAKETIME_TIMESTAMP_FILE: file,
        FAKETIME_CACHE_DURATION: String(LOOKS_AGAIN_S),
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
        FAKETIME_DONT_RESET: '1',
      });
    }
  },
  async strike(world, random, signal) {
    const service = random.pick(SERVICES);
    const jump = random.pick(JUMPS);
    const lastingMs = world.lasting(random, LEAST_MS, MOST_MS);
    const file = clockOf(world.folder, service);
    writeFileSync(file, jump);
    try {
      await sleep(lastingMs + LOOKS_AGAIN_S * 1_000, undefined, { signal });
    } finally {
      writeFileSync(file, '+0');
    }
    return `the clock of ${service} ${jump} for ${(lastingMs / 1_000).toFixed(1)} s`;
  },
};

function clockOf(folder: string, service: PartName): string {
  return join(folder, 'clocks', service);
}
