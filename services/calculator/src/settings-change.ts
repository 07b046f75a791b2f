/** What a version of settings changes, part by part, so that ledger entries can say it. Pure. */
import { canonicalJson, type PriceList, type Programme } from '@effectstroom/contracts';
import type { LedgerPart, SettingsVersion } from '@effectstroom/database';
import type { SettingsChange } from './change-path.ts';
import { type Counted, contributionOf } from './contribution-of.ts';
import type { GroupBook } from './group-book.ts';
import type { SettingsBook } from './settings-book.ts';

/** What a programme takes over from its successor, in the order in which it does; the rest comes last. */
const INGREDIENTS: readonly { part: LedgerPart; members: readonly (keyof Programme)[] }[] = [
  { part: 'factor', members: ['correctionFactors'] },
  { part: 'percentage', members: ['scale'] },
  { part: 'price', members: ['priceList'] },
];

/** Members that no case's value depends on. */
const WORDS: readonly (keyof Programme)[] = ['name', 'themes', 'workTypes', 'budgets', 'ceilings'];

/** A decision on an event: its case starts, stops or counts by another event. */
export const DECISION_CHANGE: SettingsChange = {
  between: [],
  last: 'corrected',
  otherwise: (before, after) =>
    before === undefined ? 'new' : after === undefined ? 'withdrawn' : 'corrected',
};

/** A newer version of the program tells more of the same contribution. */
export const SOFTWARE_CHANGE: SettingsChange = {
  between: [],
  last: 'software',
  otherwise: () => 'settings',
};

/**
 * @param before body of the version that it replaces; undefined where it is the first
 * @param book with the new version in it
 */
export function changeOf(
  { kind, body }: SettingsVersion,
  before: unknown,
  book: SettingsBook,
  groups: GroupBook,
): SettingsChange {
  const otherwise = () => 'settings' as const;
  if (kind === 'price-list') return { between: [], last: 'price', otherwise };
  if (kind !== 'programme' || before === undefined) return { between: [], last: 'settings', otherwise };
  const parts = programmeParts(before as Programme, body as Programme);
  const between = parts.slice(0, -1).map(({ part, programme }) => ({
    part,
    value: (organisation: number, { record }: Counted) => {
      const judgement = book.judgeUnder(record.event, programme);
      return 'reason' in judgement ? undefined : contributionOf(organisation, { record, judgement }, groups);
    },
  }));
  return { between, last: parts.at(-1)?.part ?? 'settings', otherwise };
}

/** The programme after each part of its change; the last is the new one. */
function programmeParts(before: Programme, after: Programme): { part: LedgerPart; programme: Programme }[] {
  let programme = before;
  const parts: { part: LedgerPart; programme: Programme }[] = [];
  for (const { part, members } of INGREDIENTS) {
    const next = { ...programme, ...Object.fromEntries(members.map((name) => [name, after[name]])) };
    if (canonicalJson(programme) === canonicalJson(next)) continue;
    programme = next;
    parts.push({ part, programme });
  }
  const worded = { ...programme, ...Object.fromEntries(WORDS.map((name) => [name, after[name]])) };
  if (canonicalJson(worded) !== canonicalJson(after)) parts.push({ part: 'settings', programme: after });
  return parts;
}

/** The services whose prices differ on some day; undefined where all of them may. */
export function changedServices(before: unknown, after: unknown): string[] | undefined {
  if (before === undefined) return undefined;
  const [was, is] = [pricesByService(before as PriceList), pricesByService(after as PriceList)];
  return [...new Set([...was.keys(), ...is.keys()])].filter(
    (service) => was.get(service) !== is.get(service),
  );
}

/** What a list says of each service, edition by edition; an edition without it ends its price. */
function pricesByService({ editions }: PriceList): Map<string, string> {
  const services = new Set(editions.flatMap(({ items }) => items.map(({ service }) => service)));
  const told = new Map([...services].map((service) => [service, [] as string[]]));
  for (const { from, items } of editions) {
    const byService = new Map(items.map((item) => [item.service, item]));
    for (const [service, texts] of told)
      texts.push(`${from} ${canonicalJson(byService.get(service) ?? null)}`);
  }
  return new Map([...told].map(([service, texts]) => [service, texts.join('\n')]));
}
