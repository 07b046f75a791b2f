/** One case with everything that its amount is made of. Pure. */
import type { Dimension, ExplainedCase, ExplainedLine, ExplainQuery } from '@effectstroom/contracts';
import type { HistoryEntry } from '@effectstroom/database';
import { correctedEuros, exactGross, grossEuros } from '../euros.ts';
import { explainAddress, stepsTo } from './address.ts';
import { rounded, sumOf } from './amounts.ts';
import type { InForce, KnownCase, KnownEvent } from './case-in-force.ts';
import { type CaseSums, type LineSum, valuesOfCase } from './case-sums.ts';
import { groupLabel, type Names } from './labels.ts';
import { factorOf, workingOf } from './working.ts';

export interface CaseInHand {
  query: ExplainQuery;
  organisation: string;
  caseId: string;
  known: KnownCase;
  sums: CaseSums;
  names: Names;
}

export function caseAnswer(inHand: CaseInHand): ExplainedCase {
  const { query, organisation, caseId, known, sums } = inHand;
  const { inForce } = known;
  const isValued = inForce?.entry.assessed === true;
  return {
    ...{ organisation, caseId, counts: inForce !== undefined, date: inForce?.entry.date ?? null },
    similarCases: inForce?.entry.similarCases ?? 0,
    cost: isValued ? grossEuros(inForce.entry.cost) : null,
    factor: isValued ? factorOf(inForce) : null,
    lines: inForce === undefined ? [] : sums.lines.map((sum) => lineAnswer(sum, inForce, query)),
    events: known.events.map((one) => eventAnswer(one, inForce)),
    entries: known.entries.map((entry) => entryAnswer(entry, known)),
    settings: inForce === undefined ? [] : settingsOf(inForce, known),
    up: inForce === undefined ? [] : totalsOf(inForce, inHand),
    history: `/v1/cases/${organisation}/${caseId}`,
  };
}

function lineAnswer(sum: LineSum, inForce: InForce, { figure }: ExplainQuery): ExplainedLine {
  const { number, costBearer, municipal, recurrence, effect, cashable } = sum.line;
  return {
    ...{ line: number, costBearer, municipal, recurrence, effect, cashable },
    working: workingOf(sum, inForce),
    years: sum.years.map(({ year, day, amount, counts, exact }) => ({
      ...{ year, day, counts, sum: rounded(figure, exact) },
      ofOneCase: exactGross(amount),
    })),
    sum: rounded(figure, sum.exact),
  };
}

function eventAnswer(
  { event, knownAt, reason }: KnownEvent,
  inForce: InForce | undefined,
): ExplainedCase['events'][number] {
  const { source, id, type, time, data } = event;
  const counts = inForce?.event === event;
  return { source, id, type, revision: data.revision, time, knownAt, counts, quarantine: reason };
}

function entryAnswer(entry: HistoryEntry, { events, settings }: KnownCase): ExplainedCase['entries'][number] {
  const { knownAt, sign, part, cause, revalued, similarCases, factor, lines } = entry;
  const gross = BigInt(sign * similarCases) * sumOf(lines.map(({ amount }) => amount));
  const changed = settings.get(cause);
  const event = events.find(({ number }) => number === cause)?.event;
  return {
    ...{ knownAt, sign: sign === 1 ? 1 : -1, part },
    cause: revalued
      ? changed === undefined
        ? null
        : `${changed.kind} ${changed.key}`
      : event === undefined
        ? null
        : `${event.source} ${event.id}`,
    gross: grossEuros(gross),
    corrected: correctedEuros(gross * BigInt(factor)),
  };
}

function settingsOf({ entry }: InForce, { settings }: KnownCase): ExplainedCase['settings'] {
  return [entry.programmeVersion, entry.priceListVersion].flatMap((number) => {
    const record = number === null ? undefined : settings.get(number);
    if (record === undefined) return [];
    const { kind, key, knownAt } = record;
    const href = kind === 'programme' ? `/v1/programmes/${key}` : `/v1/price-lists/${key}`;
    return { kind, key, knownAt, href };
  });
}

/** The totals in which the case stands: within its programme, by theme, goal, work type, month and cost bearer. */
function totalsOf(inForce: InForce, { query, sums, names }: CaseInHand): ExplainedCase['up'] {
  const values = valuesOfCase(inForce);
  const group = (level: Dimension) => ({ level, value: values[level] ?? null });
  const place = [group('municipality'), group('organisation'), group('programme')];
  const total = (level: Dimension, value: string | null) => ({
    ...{ level, value, label: groupLabel(level, value, names) },
    href: explainAddress(query, stepsTo(query, [...place, { level, value }])),
  });
  const days = sums.lines.flatMap(({ years }) => years.filter(({ counts }) => counts).map(({ day }) => day));
  const isCohort = query.question.view === 'cohort' || query.figure === 'cost';
  const months = new Set((isCohort ? [inForce.entry.date] : days).map((day) => day.slice(0, 7)));
  const bearers = new Set(query.figure === 'cost' ? [] : sums.lines.map(({ line }) => line.costBearer));
  return [
    total('theme', values.theme ?? null),
    ...(['goal', 'workType'] as const).flatMap((level) => (values[level] ? total(level, values[level]) : [])),
    ...[...months].sort().map((month) => total('month', month)),
    ...[...bearers].sort().map((bearer) => total('costBearer', bearer)),
  ];
}
