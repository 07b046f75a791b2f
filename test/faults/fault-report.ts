/** A run as a report. */
import type { Report, Table } from '../reports/report.ts';
import type { Missed, Verdict } from './judge.ts';
import type { FaultsRun } from './run.ts';
import type { Strike } from './strikes.ts';
import type { WorldRun } from './world-run.ts';

/** What struck, of one kind. */
export interface KindFigures {
  kind: string;
  times: number;
  /** Events answered with 202 from the begin of a fault until the product was known to have recovered. */
  events: number;
  lost: number;
  doubled: number;
  /** Milliseconds from the end of each fault. */
  recoveries: number[];
}

/** Among the kinds: what was answered while nothing struck. */
export const BETWEEN = 'between faults';
const SOON_MS = 2_000;

export const REPORT = { name: 'faults', title: 'Faults survived' };

export function reportOf(
  { runs, broken, missed }: FaultsRun,
  { command, seed }: { command: string; seed: number },
): Report {
  const figures = figuresOf(runs, missed);
  const [run] = runs;
  const faults = [...broken, ...runs.flatMap(({ verdict }) => verdict.faults)];
  const measured: Measured = {
    kinds: figures,
    notStruck: missed,
    givenUp: givenUpIn(runs),
    strikes: runs.flatMap(({ strikes }) => strikes),
    failed: runs.flatMap(({ failed }) => failed),
    faults,
  };
  return {
    ...REPORT,
    ...{ command, seed },
    versions: { PostgreSQL: run?.versions.postgres ?? '', 'nats-server': run?.versions.nats ?? '' },
    tables: [kindsTable(figures, missed), runTable(runs, missed)],
    faults,
    measured,
  };
}

/** What the report holds for other programs. */
export interface Measured {
  kinds: readonly KindFigures[];
  /** Kinds that were to strike and did not. */
  notStruck: readonly string[];
  givenUp: Verdict['givenUp'];
  strikes: readonly Strike[];
  /** Faults that could not be done, and why. */
  failed: readonly string[];
  faults: readonly string[];
}

/** In the order in which the kinds first struck, then those that did not; what fell between faults last. */
function figuresOf(runs: readonly WorldRun[], missed: readonly string[]): KindFigures[] {
  const kinds = new Map<string, KindFigures>();
  const of = (kind = BETWEEN) => {
    const figures = kinds.get(kind) ?? { kind, times: 0, events: 0, lost: 0, doubled: 0, recoveries: [] };
    kinds.set(kind, figures);
    return figures;
  };
  for (const { strikes, answers, verdict } of runs) {
    for (const { kind, over, recovered } of strikes) {
      const figures = of(kind);
      figures.times++;
      figures.recoveries.push(recovered - over);
    }
    for (const { at, events } of answers) of(strikeAt(strikes, at)?.kind).events += events;
    // What was answered just before a fault can be lost by it.
    const blamed = ({ at }: Missed) => of((strikeAt(strikes, at) ?? strikeAt(strikes, at + SOON_MS))?.kind);
    for (const one of verdict.lost) blamed(one).lost++;
    for (const one of verdict.doubled) blamed(one).doubled++;
  }
  for (const kind of missed) of(kind);
  const between = of();
  kinds.delete(BETWEEN);
  return [...kinds.values(), between];
}

/** The fault in whose time a moment falls: the last that began before it, unless all had recovered. */
function strikeAt(strikes: readonly Strike[], moment: number): Strike | undefined {
  let [from, to] = [0, strikes.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((strikes[middle]?.from ?? 0) <= moment) from = middle + 1;
    else to = middle;
  }
  const found = strikes[from - 1];
  return found !== undefined && moment <= found.recovered ? found : undefined;
}

function kindsTable(figures: readonly KindFigures[], missed: readonly string[]): Table {
  const right = { align: 'right' } as const;
  return {
    id: 'faults-kinds',
    columns: [
      { title: 'fault' },
      ...['times', 'events accepted meanwhile', 'lost', 'doubled'].map((title) => ({ title, ...right })),
      ...['recovered after, s: p50', 'most'].map((title) => ({ title, ...right })),
    ],
    rows: figures.map(({ kind, times, events, lost, doubled, recoveries }) => {
      const sorted = recoveries.toSorted((one, other) => one - other);
      const seconds = (place: number) => {
        const ms = sorted[Math.floor((sorted.length - 1) * place)];
        return ms === undefined ? '' : (ms / 1_000).toFixed(2);
      };
      const counts = [kind === BETWEEN ? '' : number(times), ...[events, lost, doubled].map(number)];
      return [kind, ...counts, seconds(0.5), seconds(1)];
    }),
    notes: [
      'Recovered: from the end of the fault until ingest accepts a new event, the portal has it in its',
      'totals, and the exporter answers. Lost: answered with 202 and not there. Doubled: a case that counts',
      'twice or more.',
      ...(missed.length === 0 ? [] : [`**Did not strike: ${missed.join(', ')}.**`]),
    ],
  };
}

function runTable(runs: readonly WorldRun[], missed: readonly string[]): Table {
  const sum = (of: (run: WorldRun) => number) => runs.reduce((total, run) => total + of(run), 0);
  const failed = new Map<string, number>();
  for (const { counts } of runs)
    for (const [status, times] of counts.failed) failed.set(status, (failed.get(status) ?? 0) + times);
  const failures = [...failed].sort().map(([status, times]) => `${status}: ${number(times)}`);
  const longest = Math.max(...runs.map(({ counts }) => counts.longestWithout)) / 1_000;
  const givenUp = givenUpIn(runs);
  return {
    id: 'faults-run',
    columns: [{ title: '' }, { title: '', align: 'right' }],
    rows: [
      ['minutes under load', (sum(({ seconds }) => seconds) / 60).toFixed(1)],
      ['faults', number(sum(({ strikes }) => strikes.length))],
      ['faults that could not be done', number(sum(({ failed }) => failed.length))],
      ['kinds that were to strike and did not', number(missed.length)],
      ['different events answered with 202', number(sum(({ verdict }) => verdict.accepted))],
      ['events sent once more after their 202', number(sum(({ counts }) => counts.repeated))],
      ['attempts that got another answer (none: no answer)', failures.join(', ') || '0'],
      ['different events given up on, never sent again', number(givenUp.arrived + givenUp.absent)],
      ['of these, arrived nevertheless: each counts once', number(givenUp.arrived)],
      ['changes of settings', number(sum(({ settingsChanges }) => settingsChanges))],
      ['longest time without any 202, s', longest.toFixed(1)],
      ['parts that ended and were started again', number(sum((run) => total(run.endings)))],
      ['groups of totals compared', number(sum(({ verdict }) => verdict.totals))],
      ['**lost**', `**${number(sum(({ verdict }) => verdict.lost.length))}**`],
      ['**doubled**', `**${number(sum(({ verdict }) => verdict.doubled.length))}**`],
      ['**anything else that is not as it must be**', `**${number(sum(({ verdict }) => verdict.others))}**`],
    ],
    notes: [],
  };
}

/** Different events that clients gave up on: which are there nevertheless, and which are not. */
function givenUpIn(runs: readonly WorldRun[]): Verdict['givenUp'] {
  const sum = (of: keyof Verdict['givenUp']) =>
    runs.reduce((total, { verdict }) => total + verdict.givenUp[of], 0);
  return { arrived: sum('arrived'), absent: sum('absent') };
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function number(value: number): string {
  return value.toLocaleString('en');
}
