/** A case as it counted at a moment, out of its ledger entries. Pure. */
import type { CaseEvent, PriceList, Programme } from '@effectstroom/contracts';
import type { CaseHistory, HistoryEntry, HistoryEvent } from '@effectstroom/database';

/** A recorded event, read. */
export interface KnownEvent extends HistoryEvent {
  event: CaseEvent;
}

/** What counts of a case. */
export interface InForce {
  entry: HistoryEntry;
  event: CaseEvent;
  programme: Programme;
  priceList: PriceList | undefined;
}

/** What was known of a case at a moment. */
export interface KnownCase {
  events: KnownEvent[];
  entries: HistoryEntry[];
  settings: CaseHistory['settings'];
  /** Undefined where the case does not count. */
  inForce: InForce | undefined;
}

/**
 * @param moment RFC 3339 in UTC with six decimals; undefined is now
 * @returns undefined where no event of the case was known then
 */
export function knownCase(history: CaseHistory, moment: string | undefined): KnownCase | undefined {
  const isKnown = ({ knownAt }: { knownAt: string }) => moment === undefined || knownAt <= moment;
  const { settings } = history;
  const events = history.events
    .filter(isKnown)
    .map((one): KnownEvent => ({ ...one, event: JSON.parse(one.payload) as CaseEvent }));
  if (events.length === 0) return undefined;
  const entries = history.entries.filter(isKnown);
  return { events, entries, settings, inForce: inForceOf(entries, events, settings) };
}

function inForceOf(
  entries: readonly HistoryEntry[],
  events: readonly KnownEvent[],
  settings: CaseHistory['settings'],
): InForce | undefined {
  const entry = entryInForce(entries);
  if (entry === undefined) return undefined;
  const event = events.find(({ number }) => number === entry.event)?.event;
  const programme = settings.get(entry.programmeVersion)?.body;
  if (event === undefined || programme === undefined)
    throw new Error('A ledger entry names an event or settings that are not recorded');
  const prices = entry.priceListVersion === null ? undefined : settings.get(entry.priceListVersion)?.body;
  return { entry, event, programme: programme as Programme, priceList: prices as PriceList | undefined };
}

/** A contribution counts where it started once more than it stopped: the order of entries says nothing. */
function entryInForce(entries: readonly HistoryEntry[]): HistoryEntry | undefined {
  const counts = new Map<string, { times: number; entry: HistoryEntry }>();
  for (const entry of entries) {
    const key = contributionKey(entry);
    const before = counts.get(key);
    const isNewer = before === undefined || entry.sign > 0;
    counts.set(key, {
      times: (before?.times ?? 0) + entry.sign,
      entry: isNewer ? entry : before.entry,
    });
  }
  return [...counts.values()].find(({ times }) => times > 0)?.entry;
}

function contributionKey({ event, date, assessed, similarCases, cost, factor, lines }: HistoryEntry): string {
  return JSON.stringify(
    [event, date, assessed, similarCases, cost, factor, lines],
    (_name, value: unknown) => (typeof value === 'bigint' ? String(value) : value),
  );
}
