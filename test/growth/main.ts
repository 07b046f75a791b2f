/** `npm run growth`: measures databases of growing size, and writes the report. */
import { relative } from 'node:path';
import { repository } from '@effectstroom/infra';
import { type CommandContext, RIGHT, runCommand, WRONG } from '../reports/command-line.ts';
import { tableMarkdown, writeReport } from '../reports/report.ts';
import { growthReport } from './growth-report.ts';
import { measurePoint, type Point } from './measure-point.ts';
import { type GrowthOptions, HELP, readOptions } from './options.ts';

await runCommand({ name: 'npm run growth', help: HELP, read: readOptions, run: measure });

/** A point that two series share is measured once. */
async function measure(options: GrowthOptions, { command, signal, tell }: CommandContext): Promise<number> {
  const measured = new Map<string, Point>();
  const faults: string[] = [];
  /** Those that were measured, until one could not be. */
  const series = async (points: GrowthOptions['sizes']): Promise<Point[]> => {
    const found: Point[] = [];
    for (const point of points) {
      const key = `${point.cases} ${point.municipalities}`;
      const name = `${point.cases} cases in ${point.municipalities} municipalities`;
      tell(`${name} …`);
      try {
        const one = measured.get(key) ?? (await measurePoint(point, options, signal, tell));
        measured.set(key, one);
        found.push(one);
      } catch (error) {
        signal.throwIfAborted();
        faults.push(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
        tell(`✘ ${faults.at(-1)}`);
        break;
      }
    }
    return found;
  };
  const sizes = await series(options.sizes);
  const places = await series(options.places);
  const shared = sizes.find(({ cases }) => cases === options.places[0]?.cases);
  const { seed, keep } = options;
  const report = growthReport(sizes, shared === undefined ? places : [...places, shared]);
  const path = writeReport({ ...report, command, seed, faults }, keep);
  process.stdout.write(`\n${report.tables.map(tableMarkdown).join('\n\n')}\n\n`);
  process.stdout.write(`Kept in ${relative(repository, path)}\n`);
  return faults.length === 0 ? RIGHT : WRONG;
}
