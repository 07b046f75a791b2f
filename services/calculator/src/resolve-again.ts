/** Cases under settings that changed. */
import type { Batch, Micros, Position, RecordedCase } from '@effectstroom/database';
import { knownAtOf } from './apply.ts';
import { type CaseInHand, caseRow, moveCase, quarantineChange } from './case-change.ts';
import { takeUpCase } from './case-in-hand.ts';
import { pathOfSettings, type SettingsChange } from './change-path.ts';
import { contributionOf } from './contribution-of.ts';
import type { WorkerState } from './worker-state.ts';

/** The settings message that is applied. */
export interface SettingsCause {
  number: bigint;
  storedAt: Micros;
  change: SettingsChange;
}

/** What changes for these cases under the settings that hold now. */
export async function resolveAgain(
  { reads, book, groups }: WorkerState,
  own: readonly Position[],
  recorded: readonly RecordedCase[],
  { number, storedAt, change }: SettingsCause,
): Promise<Batch> {
  const cases = recorded.map(takeUpCase).map((inHand) => {
    const resolution = inHand.events.resolve(book);
    const { counted } = resolution;
    const { organisation, contribution: before } = inHand;
    const after = counted && contributionOf(organisation, counted, groups);
    return { inHand, resolution, path: pathOfSettings(organisation, before, after, counted, change) };
  });
  await groups.assign(reads);
  const changed: CaseInHand[] = [];
  const known = ({ partition }: CaseInHand): Micros => {
    const position = own.find((one) => one.partition === partition);
    if (position === undefined) throw new Error('A case was read of a partition that is not the worker’s');
    return knownAtOf(storedAt, position);
  };
  const entries = cases.flatMap(({ inHand, resolution, path }) => {
    const before = { counted: inHand.counted, programme: inHand.programme };
    const cause = { number, knownAt: known(inHand), revalued: true };
    const moved = moveCase(inHand, resolution, path, cause);
    if (moved.length > 0 || before.counted !== inHand.counted || before.programme !== inHand.programme)
      changed.push(inHand);
    return moved;
  });
  const quarantine = cases.map(({ inHand }) => quarantineChange(inHand, known(inHand)));
  return {
    ...{ events: [], newCases: [], unreadable: [], entries, changedCases: changed.map(caseRow) },
    quarantined: quarantine.flatMap(({ quarantined }) => quarantined),
    released: quarantine.flatMap(({ released }) => released),
  };
}
