import type { Import } from '@effectstroom/contracts';
import { ALL_WELL, NOT_ALL_WELL, type Surroundings } from './command.ts';
import { followImport } from './follow-import.ts';
import { getVanished, withdrawAll } from './import-calls.ts';
import type { Server } from './server.ts';
import { printable } from './terminal.ts';
import { count, whole } from './words.ts';

/** That vanished cases are to be withdrawn. */
export interface Withdrawal {
  reason: 'error' | 'consent';
  /** How many, where that was confirmed beforehand. */
  count: number | undefined;
}

const SHOWN_CASES = 20;

/**
 * Shows the cases that an import of everything no longer holds, and withdraws them once their number has been
 * confirmed. Gives the exit code.
 */
export async function withdrawVanished(
  server: Server,
  { terminal, question }: Surroundings,
  { id }: Import,
  withdrawal: Withdrawal,
): Promise<number> {
  const vanished = await getVanished(server, id);
  if (vanished.unreadable > 0) {
    const rows = count(vanished.unreadable, 'rij', 'rijen');
    terminal.say(`Van ${rows} is de casus niet te lezen: intrekken kan pas als die zijn verbeterd.`);
    return NOT_ALL_WELL;
  }
  if (vanished.count === 0) {
    terminal.say('Er zijn geen casussen verdwenen.');
    return ALL_WELL;
  }
  terminal.say(`${count(vanished.count, 'casus staat', 'casussen staan')} niet meer in het bestand:`);
  for (const caseId of vanished.cases.slice(0, SHOWN_CASES)) terminal.say(`  ${printable(caseId)}`);
  if (vanished.count > SHOWN_CASES) terminal.say(`  … en nog ${whole(vanished.count - SHOWN_CASES)}`);
  if (withdrawal.count === undefined && terminal.isInteractive) {
    const answer = await question(
      `Deze casussen intrekken? Typ het aantal (${vanished.count}) om te bevestigen: `,
    );
    if (answer !== String(vanished.count)) {
      terminal.say('Er is niets ingetrokken.');
      return NOT_ALL_WELL;
    }
  } else if (withdrawal.count !== vanished.count) {
    const says =
      withdrawal.count === undefined ? 'Er is niets bevestigd' : `Bevestigd is ${whole(withdrawal.count)}`;
    terminal.say(`${says}; er is niets ingetrokken. Wel intrekken:
  effectstroom import withdraw ${id} --count ${vanished.count}`);
    return NOT_ALL_WELL;
  }
  await withdrawAll(server, id, vanished.count, withdrawal.reason);
  const { state, cases } = await followImport(server, id, () => {});
  const isDone = state === 'done' && cases.withdrawn >= vanished.count;
  terminal.say(`${isDone ? '✔' : '✘'} ${count(cases.withdrawn, 'casus', 'casussen')} ingetrokken.`);
  return isDone ? ALL_WELL : NOT_ALL_WELL;
}
