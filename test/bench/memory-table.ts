/** The memory of processes while they worked. */
import type { Table } from '../reports/report.ts';
import { mark, megabytes } from './figure-text.ts';
import { isFlat, type Memory } from './memory-watch.ts';

/** @param subjects by what the process is; undefined where nothing could be seen */
export function memoryTable(id: string, subjects: Readonly<Record<string, Memory | undefined>>): Table {
  const right = { align: 'right' } as const;
  const titles = ['first third', 'second', 'last', 'highest'];
  return {
    id,
    columns: [
      { title: 'memory in use, MB' },
      ...titles.map((title) => ({ title, ...right })),
      { title: 'flat' },
    ],
    rows: Object.entries(subjects).map(([subject, memory]) =>
      memory === undefined
        ? [subject, 'not seen', '', '', '', '']
        : [subject, ...[...memory.thirds, memory.highest].map(megabytes), mark(isFlat(memory))],
    ),
    notes: [
      'The most that was in use in each third of the time; flat: in the last third at most a tenth, or 10',
      'MB, above the second.',
    ],
  };
}
