/** One event more in a case: what counts then, and the way there. Pure. */
import type { LedgerEntry } from '@effectstroom/database';
import { type CaseInHand, moveCase } from './case-change.ts';
import { pathOfEvent, type Side, type Step } from './change-path.ts';
import { contributionOf } from './contribution-of.ts';
import type { GroupBook } from './group-book.ts';
import type { CaseEventRecord, Resolution } from './resolve.ts';
import type { SettingsBook } from './settings-book.ts';

/** Brings the case in hand to what it is with this event. @returns the ledger entries for it */
export function addEvent(
  added: CaseEventRecord,
  inHand: CaseInHand,
  book: SettingsBook,
  groups: GroupBook,
): LedgerEntry[] {
  const { number, knownAt } = added;
  inHand.events.add(added);
  const resolution = inHand.events.resolve(book);
  const path = pathTo(inHand, resolution, book, groups);
  return moveCase(inHand, resolution, path, { number, knownAt, revalued: false });
}

function pathTo(
  inHand: CaseInHand,
  { counted }: Resolution,
  book: SettingsBook,
  groups: GroupBook,
): readonly Step[] {
  // The same event under the same settings contributes the same.
  if (counted?.record.number === inHand.counted) return STAYS;
  const { organisation } = inHand;
  const contribution = counted && contributionOf(organisation, counted, groups);
  const after = contribution && counted && { contribution, counted };
  return pathOfEvent(organisation, before(inHand, book), after, groups);
}

const STAYS: readonly Step[] = [];

function before({ contribution, contributor }: CaseInHand, book: SettingsBook): Side | undefined {
  if (contribution === undefined || contributor === undefined) return undefined;
  const judgement = book.judgeOnce(contributor);
  if (!('reason' in judgement)) return { contribution, counted: { record: contributor, judgement } };
  const { programmeVersion, priceListVersion } = contribution;
  return {
    contribution,
    counted: { record: contributor, judgement: { valuation: undefined, programmeVersion, priceListVersion } },
  };
}
