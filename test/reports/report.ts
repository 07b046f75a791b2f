/** What a measuring command writes: one report as JSON, for `npm run tables`, and as Markdown, for people. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { repository } from '@effectstroom/infra';

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
 * Writes `test-results/<name>.json` and `.md`.
 * @param keep also as `test/measured/<name>.json`, from which `npm run tables` fills the documents
 * @returns the path of the Markdown
 */
export function writeReport(report: Report, keep = false): string {
  const kept: KeptReport = {
    ...report,
    versions: { Node: process.version, ...report.versions },
    madeAt: new Date().toISOString(),
    commit: commit(),
    machine: machine(),
  };
  const json = `${JSON.stringify(kept, null, 2)}\n`;
  mkdirSync(RESULTS_FOLDER, { recursive: true });
  writeFileSync(join(RESULTS_FOLDER, `${report.name}.json`), json);
  if (keep) writeFileSync(join(MEASURED_FOLDER, `${report.name}.json`), json);
  const path = join(RESULTS_FOLDER, `${report.name}.md`);
  writeFileSync(path, reportMarkdown(kept));
  return path;
}

/** The whole report for a reader. */
export function reportMarkdown(report: KeptReport): string {
  const tables = report.tables.map((table) => `${tableMarkdown(table)}\n`);
  return `# ${report.title}\n\n${tables.join('\n')}\n${origin(report)}\n`;
}

/** A table with its notes. */
export function tableMarkdown({ columns, rows, notes }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = columns.map(({ align }) => (align === 'right' ? '---:' : '---'));
  const table = [line(columns.map(({ title }) => title)), line(rule), ...rows.map(line)].join('\n');
  return notes.length === 0 ? table : `${table}\n\n${notes.join('\n')}`;
}

/** With which command, when, and on what a report was made. */
export function origin({ command, seed, versions, machine: made, madeAt, commit: from }: KeptReport): string {
  const programs = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const { cpu, cores, memoryGb, system, load } = made;
  return [
    `\`${command}\`${seed === undefined ? '' : `, seed ${seed}`}, ${madeAt.slice(0, 10)}, at ${from};`,
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
  const git = (...args: string[]) => execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).trim();
  try {
    return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain') === '' ? '' : '+');
  } catch {
    return 'no commit'; // unpacked without its history
  }
}
