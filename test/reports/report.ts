/** What a measuring command writes: one report as JSON, for `npm run tables`, and as Markdown, for people. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join, relative } from 'node:path';
import { repository } from '@effectstroom/infra';
import { caveatsOf, faultsMarkdown, unfitOf } from './caveats.ts';

export interface Table {
  /** Unique among all reports; `<!-- table <id> -->` in a document is where it is shown. */
  id: string;
  /** One a column; `right` for numbers. */
  columns: { title: string; align?: 'left' | 'right' }[];
  rows: string[][];
  /** Below the table: what was done, so that a line can be judged without this code. Markdown. */
  notes: string[];
}

export interface Report {
  /** As `bench-calculator`: the name of the files. */
  name: string;
  title: string;
  /** What gives this report again, as `npm run bench -- --seed 1`. */
  command: string;
  seed?: number;
  /** Of servers and programs, by name; Node's is added. */
  versions: Record<string, string>;
  tables: Table[];
  /** What was lost, doubled or wrong, or why the run did not reach its end, in sentences. */
  faults?: readonly string[];
  /** What was measured, for other programs: JSON without bigints. */
  measured: unknown;
}

/** A report with where and when it was made. */
export interface KeptReport extends Report {
  madeAt: string;
  commit: string;
  machine: Machine;
}

export interface Machine {
  cpu: string;
  cores: number;
  memoryGb: number;
  system: string;
  /** Processes that wanted a core in the minute before the end of the run. */
  load: number;
}

/** Newest reports, in git; the tables of the documents are made from them. */
export const MEASURED_FOLDER = join(repository, 'test', 'measured');
const RESULTS_FOLDER = join(repository, 'test-results');

/**
 * Writes `<name>.json` and `.md`.
 * @param keep also as `test/measured/<name>.json`, from which `npm run tables` fills the documents, where it is fit
 *   for them
 * @param folder `test-results` where nothing is said
 * @returns the path of the Markdown
 */
export function writeReport(report: Report, keep = false, folder = RESULTS_FOLDER): string {
  const kept: KeptReport = {
    ...report,
    versions: { Node: process.version, ...report.versions },
    madeAt: new Date().toISOString(),
    commit: commit(),
    machine: machine(),
  };
  const json = `${JSON.stringify(kept, null, 2)}\n`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${report.name}.json`), json);
  if (keep && unfitOf(report).length === 0) writeFileSync(join(MEASURED_FOLDER, `${report.name}.json`), json);
  const path = join(folder, `${report.name}.md`);
  writeFileSync(path, reportMarkdown(kept));
  return path;
}

/** The report of a run without figures, so that nobody takes earlier ones for those of this run. */
export function failedReport(
  { name, title }: Pick<Report, 'name' | 'title'>,
  error: unknown,
): Omit<Report, 'command'> {
  const fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { name, title, versions: {}, tables: [], faults: [fault], measured: {} };
}

/** The whole report for a reader. */
export function reportMarkdown(report: KeptReport): string {
  const tables = report.tables.map((table) => `${tableMarkdown(table)}\n`);
  const faults = faultsMarkdown(report.faults);
  return `# ${report.title}\n\n${faults}${tables.join('\n')}\n${origin(report)}\n`;
}

/** A table with its notes; columns as wide as `npm run check` wants them in a document. */
export function tableMarkdown({ columns, rows, notes }: Table): string {
  const titles = columns.map(({ title }) => title);
  const widths = columns.map((_, column) =>
    Math.max(RULE_LEAST, ...[titles, ...rows].map((cells) => widthOf(cells[column] ?? ''))),
  );
  const line = (cells: readonly string[]) => {
    const padded = columns.map(({ align }, column) => {
      const [cell, width = 0] = [cells[column] ?? '', widths[column]];
      const space = ' '.repeat(width - widthOf(cell));
      return align === 'right' ? space + cell : cell + space;
    });
    return `| ${padded.join(' | ')} |`;
  };
  const rule = columns.map(({ align }, column) => {
    const dashes = '-'.repeat(widths[column] ?? RULE_LEAST);
    return align === 'right' ? `${dashes.slice(1)}:` : dashes;
  });
  const table = [line(titles), line(rule), ...rows.map(line)].join('\n');
  return notes.length === 0 ? table : `${table}\n\n${notes.join('\n')}`;
}

/** Of the dashes below a title. */
const RULE_LEAST = 3;

/** Characters, however many units of UTF-16 each takes. */
function widthOf(cell: string): number {
  return [...cell].length;
}

/** With which command, when, and on what a report was made. */
export function origin(report: KeptReport): string {
  const { command, seed, versions, machine: made, madeAt, commit: from } = report;
  const programs = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const { cpu, cores, memoryGb, system, load } = made;
  const caveats = caveatsOf(report).map((caveat) => `, **${caveat}**`);
  const drawn = seed === undefined ? '' : `, seed ${seed}`;
  return [
    `\`${command}\`${drawn}, ${madeAt.slice(0, 10)}, at ${from}${caveats.join('')};`,
    `${cpu}, ${cores} cores, ${memoryGb} GB, ${system}, load ${load.toFixed(1)}; ${programs.join(', ')}.`,
  ].join(' ');
}

/** This machine; the name of its processor, no more of its identity. */
function machine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() || 'unknown processor',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    load: loadavg()[0] ?? 0,
  };
}

/** As `1d732f1`, with `+` where something has changed since. */
function commit(): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: repository,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    // What other parts of the same run have kept is no change of what was measured.
    const changes = git('status', '--porcelain', '--', '.', `:!${relative(repository, MEASURED_FOLDER)}`);
    return git('rev-parse', '--short', 'HEAD') + (changes === '' ? '' : '+');
  } catch {
    return 'no commit'; // unpacked without its history
  }
}
