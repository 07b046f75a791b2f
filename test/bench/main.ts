/** `npm run bench`: measures the pipeline beside its limits and writes the report. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '@effectstroom/infra';
import { boardMarkdownOf } from './board-report.ts';
import { measureBoard } from './board-rounds.ts';
import { measureCalculator } from './calculator-rounds.ts';
import { Child } from './child.ts';
import { figuresMarkdownOf } from './figures-report.ts';
import { measureFigures } from './figures-rounds.ts';
import { importMarkdownOf } from './import-report.ts';
import { measureImport } from './import-rounds.ts';
import { measureIngest } from './ingest-rounds.ts';
import { measureLatency } from './latency.ts';
import type { LoadAnswer, LoadRequest } from './load-generator.ts';
import { machine } from './machine.ts';
import { type BenchOptions, HELP, OptionFault, readOptions } from './options.ts';
import { type Measured, markdownOf } from './report.ts';
import { measureRevaluation } from './revaluation-rounds.ts';
import { scrapeMarkdownOf } from './scrape-report.ts';
import { measureScrape } from './scrape-rounds.ts';
import { withServers } from './servers.ts';

const INTERRUPTED = 130;

async function main(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options === 'help') {
    process.stdout.write(HELP);
    return 0;
  }
  const interrupt = new AbortController();
  // One Ctrl-C may reach us twice, from the terminal and from npm.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupt.abort());
  try {
    if (options.onlyScrape) await reportScrape(options, interrupt.signal);
    else if (options.onlyBoard) await reportBoard(options, interrupt.signal);
    else if (options.onlyFigures) await reportFigures(options, interrupt.signal);
    else if (options.onlyImport) await reportImport(options, interrupt.signal);
    else report(await measure(options, interrupt.signal));
    return 0;
  } catch (error) {
    if (!interrupt.signal.aborted) throw error;
    tell('interrupted: everything that was started has ended');
    return INTERRUPTED;
  }
}

async function measure(options: BenchOptions, signal: AbortSignal): Promise<Measured> {
  const before = machine();
  const load = Child.start<LoadRequest, LoadAnswer>('load-generator.ts');
  try {
    return await withServers(signal, async (servers) => {
      tell(`PostgreSQL ${servers.versions.postgres} and nats-server ${servers.versions.nats} are up`);
      const ingest = await measureIngest(servers, load, options, tell);
      const calculator = await measureCalculator(servers, options, tell);
      tell('latency …');
      const latency = await measureLatency(servers, load, options);
      const { versions } = servers;
      const measuredAt = new Date().toISOString();
      return { measuredAt, machine: before, versions, options, ingest, calculator, latency };
    });
  } finally {
    await load.stop();
  }
}

async function reportImport(options: BenchOptions, signal: AbortSignal): Promise<void> {
  const before = machine();
  const result = await measureImport(options, signal, tell);
  const measured = { measuredAt: new Date().toISOString(), machine: before, result };
  keep('bench-import', importMarkdownOf(measured), measured);
}

async function reportScrape(options: BenchOptions, signal: AbortSignal): Promise<void> {
  const before = machine();
  const sizes = await measureScrape(options, signal, tell);
  const measured = { measuredAt: new Date().toISOString(), machine: before, sizes };
  keep('bench-scrape', scrapeMarkdownOf(measured), measured);
}

async function reportBoard(options: BenchOptions, signal: AbortSignal): Promise<void> {
  const before = machine();
  const result = await measureBoard(options, signal, tell);
  const measured = { measuredAt: new Date().toISOString(), machine: before, ...result };
  keep('bench-board', boardMarkdownOf(measured), measured);
}

async function reportFigures(options: BenchOptions, signal: AbortSignal): Promise<void> {
  const before = machine();
  const revaluation = await measureRevaluation(options, signal, tell);
  const figures = await measureFigures(options, signal, tell);
  const measured = { measuredAt: new Date().toISOString(), machine: before, figures, revaluation };
  keep('bench-figures', figuresMarkdownOf(measured), measured);
}

function report(measured: Measured): void {
  keep('bench', markdownOf(measured), measured);
}

function keep(name: string, markdown: string, measured: object): void {
  const folder = join(repository, 'test-results');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.md`), markdown);
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(measured, undefined, 2)}\n`);
  process.stdout.write(`\n${markdown}\nKept in test-results/${name}.md and ${name}.json\n`);
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const isWrong = error instanceof OptionFault;
  process.stderr.write(
    `bench: ${error instanceof Error ? error.message : error}\n${isWrong ? `\n${HELP}` : ''}`,
  );
  process.exitCode = isWrong ? 2 : 1;
}
// A measurement that was interrupted may still wait for an answer.
process.exit();
