/** Why an event cannot count now, in words. */
import { QUARANTINE_REASONS } from '@effectstroom/contracts';
import type { Reason } from '@effectstroom/valuation';
import type { Language, Words } from '../page.ts';

/** Every reason has its words: those of a valuation, and those of events that contradict each other. */
const WORDS: Readonly<Record<Reason | 'identity-conflict' | 'revision-conflict' | 'dismissed', Words>> =
  QUARANTINE_REASONS;

/** In words, or the code itself where a newer calculator gave it. */
export function quarantineReason(reason: string, language: Language): string {
  const words: Readonly<Record<string, Words>> = WORDS;
  return words[reason]?.[language] ?? reason;
}
