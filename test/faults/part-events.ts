/** What happens to the parts: told, and counted. */
import type { Exit, SupervisorEvent } from '@effectstroom/infra';

export class PartEvents {
  /** How often a part ended, by part and how. */
  readonly endings = new Map<string, number>();
  readonly #tell: (line: string) => void;

  constructor(tell: (line: string) => void) {
    this.#tell = tell;
  }

  /** For the supervisor. */
  take(event: SupervisorEvent): void {
    this.#tell(`    ${describe(event)}`);
    if (event.kind !== 'ended') return;
    const what = `${event.name} ${endOf(event.exit)}`;
    this.endings.set(what, (this.endings.get(what) ?? 0) + 1);
  }
}

function describe(event: SupervisorEvent): string {
  if (event.kind === 'ended') return `${event.name} ended (${endOf(event.exit)})`;
  if (event.kind === 'back') return `${event.name} is back`;
  return `${event.name} does not start: ${String(event.error).slice(0, 500)}`;
}

function endOf({ signal, code }: Exit): string {
  return signal ?? `exit code ${code}`;
}
