/** The report on power failures. */
import type { Report } from '../reports/report.ts';
import type { Loss } from './lose-power.ts';

export interface Tried {
  name: string;
  setting: string;
  mayLose: boolean;
  losses: readonly Loss[];
}

/** What is not as it must be, in sentences. */
export function faultsOf(tried: readonly Tried[]): string[] {
  const faults = tried
    .filter(
      ({ mayLose, losses }) =>
        (!mayLose && losses.some(({ lost, state }) => lost > 0 || state !== 'goes on')) ||
        losses.some(({ missing = 0 }) => missing > 0),
    )
    .map(({ name, setting }) => `${name}, ${setting}: lost what it may not lose`);
  const sees = tried.some(({ losses }) => losses.some(({ lost }) => lost > 0));
  return sees ? faults : [...faults, 'nothing was lost with any setting: that proves nothing of the others'];
}

export const REPORT = { name: 'power-loss', title: 'What a power failure takes' };

/** One line a setting. */
export function powerLossReport(
  tried: readonly Tried[],
  { command, seed }: { command: string; seed: number },
): Report {
  return {
    ...REPORT,
    ...{ command, seed },
    versions: {},
    tables: [
      {
        id: 'power-loss',
        columns: [
          { title: 'server' },
          { title: 'setting' },
          { title: 'power failures', align: 'right' },
          { title: 'acknowledged', align: 'right' },
          { title: 'lost', align: 'right' },
          { title: 'most at once', align: 'right' },
          { title: 'seconds back', align: 'right' },
          { title: 'forgot all, or does not start', align: 'right' },
          { title: 'missing once sent again', align: 'right' },
        ],
        rows: tried.map(rowOf),
        notes: [
          '- The servers keep their files on an ext4 disk of their own. At moments drawn from the seed they',
          '  are held, and what that disk holds is copied: not what waits in the memory of the kernel. Each',
          '  copy is mounted, the server started on it, and what had been acknowledged (202 of ingest; a',
          '  commit) is looked for. The disk itself is taken to keep what it',
          '  was given, so a disk that lies about flushing does worse.',
          '- Acknowledged is counted at each failure anew. Seconds back: from the failure to the oldest',
          '  acknowledgement of what is gone.',
          '- All of the product: PostgreSQL, nats-server and the services; lost is what is not in the totals',
          '  after the restart, before anything is sent again.',
        ],
      },
    ],
    faults: faultsOf(tried),
    measured: tried,
  };
}

function rowOf({ name, setting, losses }: Tried): string[] {
  const count = (value: number) => value.toLocaleString('en-US');
  const lost = losses.map((loss) => loss.lost);
  const back = Math.max(0, ...losses.map(({ backMs }) => backMs)) / 1_000;
  const again = losses.flatMap(({ missing }) => missing ?? []);
  return [
    name,
    setting,
    count(losses.length),
    count(sum(losses.map(({ acknowledged }) => acknowledged))),
    `**${count(sum(lost))}**`,
    count(Math.max(0, ...lost)),
    back === 0 ? '' : back.toFixed(1),
    count(losses.filter(({ state }) => state !== 'goes on').length),
    again.length === 0 ? '' : count(sum(again)),
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
