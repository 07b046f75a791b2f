/** A ledger entry, walked back to its event, its prices and its percentages. */
import type { CaseEvent, CaseHistoryEntry, CaseHistoryLine } from '@effectstroom/contracts';
import type { EntryLine, HistoryEntry, HistoryEvent, SettingsRecord } from '@effectstroom/database';
import { CORRECTED_DECIMALS, formatDecimal, GROSS_DECIMALS } from '@effectstroom/valuation';
import { valuedLines } from './valued-lines.ts';

/** A recorded event, read. */
export interface KnownEvent extends HistoryEvent {
  event: CaseEvent;
}

type Settings = ReadonlyMap<bigint, SettingsRecord>;
type SettingsName = NonNullable<CaseHistoryEntry['programme']>;

export function entryAnswer(
  entry: HistoryEntry,
  events: ReadonlyMap<bigint, KnownEvent>,
  settings: Settings,
): CaseHistoryEntry {
  const { knownAt, date, assessed, similarCases } = entry;
  const known = eventOf(entry.event, events);
  const amounts = entry.lines.map((line) => amountOf(line, entry));
  const gross = sum(entry.lines.map((line) => grossOf(line, entry)));
  return {
    knownAt,
    sign: entry.sign === 1 ? 1 : -1,
    cause: entry.revalued
      ? nameOf(recordOf(entry.cause, settings))
      : { kind: 'event', ...identityOf(eventOf(entry.cause, events)) },
    event: identityOf(known),
    date,
    assessed,
    similarCases,
    cost: formatDecimal(entry.cost, GROSS_DECIMALS, 2),
    factor: formatDecimal(BigInt(entry.factor), 4, 4),
    programme: nameOf(recordOf(entry.programmeVersion, settings)),
    priceList: entry.priceListVersion === null ? null : nameOf(recordOf(entry.priceListVersion, settings)),
    lines: linesOf(entry, known, settings),
    amounts,
    gross: formatDecimal(gross, GROSS_DECIMALS, 2),
    corrected: formatDecimal(gross * BigInt(entry.factor), CORRECTED_DECIMALS, 2),
  };
}

function linesOf(entry: HistoryEntry, { event }: KnownEvent, settings: Settings): CaseHistoryLine[] {
  if (event.type !== 'nl.effectstroom.case.assessed') return [];
  const priceList = entry.priceListVersion === null ? undefined : settings.get(entry.priceListVersion);
  return valuedLines(event.data, recordOf(entry.programmeVersion, settings).body, priceList?.body);
}

function amountOf(line: EntryLine, entry: HistoryEntry): CaseHistoryEntry['amounts'][number] {
  const { amount, ...group } = line;
  const gross = grossOf(line, entry);
  return {
    ...group,
    ofOneCase: formatDecimal(amount, GROSS_DECIMALS, GROSS_DECIMALS),
    gross: formatDecimal(gross, GROSS_DECIMALS, 2),
    corrected: formatDecimal(gross * BigInt(entry.factor), CORRECTED_DECIMALS, 2),
  };
}

/** Micro-euros of all similar cases; negative where the entry stops to count. */
function grossOf({ amount }: EntryLine, { sign, similarCases }: HistoryEntry): bigint {
  return amount * BigInt(sign * similarCases);
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

function eventOf(number: bigint, events: ReadonlyMap<bigint, KnownEvent>): KnownEvent {
  const event = events.get(number);
  if (event === undefined) throw new Error('A ledger entry names an event that is not of its case');
  return event;
}

function recordOf(number: bigint, settings: Settings): SettingsRecord {
  const record = settings.get(number);
  if (record === undefined) throw new Error('A ledger entry names settings that are not recorded');
  return record;
}

function identityOf({ event: { source, id } }: KnownEvent): { source: string; id: string } {
  return { source, id };
}

function nameOf({ kind, key, knownAt }: SettingsRecord): SettingsName {
  if (kind === 'deliveries') throw new Error('A ledger entry names settings that value nothing');
  return { kind, key, knownAt };
}
