/** A ledger entry, walked back to its event, its prices and its percentages. */
import type { CaseEvent, CaseHistoryEntry, CaseHistoryLine } from '@effectstroom/contracts';
import type { EntryLine, HistoryEntry, HistoryEvent, SettingsRecord } from '@effectstroom/database';
import { formatDecimal, parseEuros } from '@effectstroom/valuation';
import { correctedEuros, exactGross, grossEuros } from '../euros.ts';
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
    part: entry.part,
    cause: entry.revalued
      ? nameOf(recordOf(entry.cause, settings))
      : { kind: 'event', ...identityOf(eventOf(entry.cause, events)) },
    event: identityOf(known),
    date,
    assessed,
    similarCases,
    cost: grossEuros(entry.cost),
    factor: formatDecimal(BigInt(entry.factor), 4, 4),
    programme: nameOf(recordOf(entry.programmeVersion, settings)),
    priceList: entry.priceListVersion === null ? null : nameOf(recordOf(entry.priceListVersion, settings)),
    lines: linesOf(entry, known, settings),
    amounts,
    gross: grossEuros(gross),
    corrected: correctedEuros(gross * BigInt(entry.factor)),
  };
}

function linesOf(entry: HistoryEntry, { event }: KnownEvent, settings: Settings): CaseHistoryLine[] {
  if (event.type !== 'nl.effectstroom.case.assessed') return [];
  const priceList = entry.priceListVersion === null ? undefined : settings.get(entry.priceListVersion);
  const lines = valuedLines(event.data, recordOf(entry.programmeVersion, settings).body, priceList?.body);
  // Between two parts of one change an entry holds something of both: no one event tells its lines.
  const told = sum(lines.flatMap(({ years }) => years.map(parseEuros)));
  return told === sum(entry.lines.map(({ amount }) => amount)) ? lines : [];
}

function amountOf(line: EntryLine, entry: HistoryEntry): CaseHistoryEntry['amounts'][number] {
  const { amount, ...group } = line;
  const gross = grossOf(line, entry);
  return {
    ...group,
    ofOneCase: exactGross(amount),
    gross: grossEuros(gross),
    corrected: correctedEuros(gross * BigInt(entry.factor)),
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
  if (kind === 'deliveries' || kind === 'closing' || kind === 'erasure' || kind === 'report')
    throw new Error('A ledger entry names settings that value nothing');
  return { kind, key, knownAt };
}
