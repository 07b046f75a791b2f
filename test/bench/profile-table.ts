/** Where the time of a service goes, as tables. */
import type { Table } from '../reports/report.ts';
import type { ProfiledTime } from './profile.ts';

export interface ProfiledRun {
  /** As 'one calculator'. */
  subject: string;
  time: ProfiledTime;
  events: number;
}

const GROUPS_SHOWN = 16;
const FUNCTIONS_SHOWN = 16;
const right = { align: 'right' } as const;

/** Two tables: by group, and by function. The largest of the first run come first. */
export function profileTables(id: string, runs: readonly ProfiledRun[]): Table[] {
  const { length } = runs;
  return [
    {
      ...tableOf(id, 'µs an event', 'groups', runs, GROUPS_SHOWN),
      notes: [
        "By V8's sampling profiler, which slows the service down: the shares count. Time of the functions",
        'themselves, from the start of the service to its end, all',
        `threads${length > 1 ? ' and all processes' : ''} together.`,
      ],
    },
    { ...tableOf(`${id}-functions`, 'µs an event', 'functions', runs, FUNCTIONS_SHOWN), notes: [] },
  ];
}

function tableOf(
  id: string,
  title: string,
  of: 'groups' | 'functions',
  runs: readonly ProfiledRun[],
  shown: number,
): Omit<Table, 'notes'> {
  const names = [...(runs[0]?.time[of] ?? [])]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, shown)
    .map(([name]) => name);
  const known = new Set(names);
  const restOf = (time: ProfiledTime) =>
    [...time[of]].reduce((sum, [name, micros]) => (known.has(name) ? sum : sum + micros), 0);
  const row = (name: string, microsOf: (time: ProfiledTime) => number, hasShare = true) => [
    name,
    ...runs.flatMap(({ time, events }) => {
      const micros = microsOf(time);
      const share = hasShare ? `${((100 * micros) / time.busy).toFixed(1)} %` : '';
      return [(micros / events).toFixed(2), share];
    }),
  ];
  return {
    id,
    columns: [
      { title },
      ...runs.flatMap(({ subject }) => [
        { title: subject, ...right },
        { title: 'share', ...right },
      ]),
    ],
    rows: [
      ...names.map((name) =>
        row(of === 'functions' ? `\`${name}\`` : name, (time) => time[of].get(name) ?? 0),
      ),
      row('the rest', restOf),
      row('**together**', ({ busy }) => busy),
      ...(of === 'groups' ? [row('waiting', ({ idle }) => idle, false)] : []),
      ...(of === 'groups' ? [row('starting, once', ({ starting }) => starting, false)] : []),
    ],
  };
}
