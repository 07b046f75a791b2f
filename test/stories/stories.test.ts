/** Plays the scenarios in Dutch (*.feature) against the real services. */
import { readdirSync, readFileSync } from 'node:fs';
import { AstBuilder, compile, GherkinClassicTokenMatcher, Parser } from '@cucumber/gherkin';
import { IdGenerator, type Pickle } from '@cucumber/messages';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { Pipeline } from '../harness/pipeline.ts';
import { STEPS } from './steps/index.ts';
import { Story, type Table } from './story.ts';

const FOLDER = new URL('.', import.meta.url);
const pipeline = new Pipeline();

beforeAll(() => pipeline.start([pipeline.ingest, pipeline.calculator, pipeline.portal]), 120_000);
afterAll(() => pipeline.end(), 60_000);

for (const file of readdirSync(FOLDER)
  .filter((name) => name.endsWith('.feature'))
  .sort()) {
  const { title, pickles } = read(file);
  describe(`${file}: ${title}`, () => {
    test.each(pickles.map((pickle) => [pickle.name, pickle] as const))(
      '%s',
      { timeout: 120_000 },
      (_, pickle) => play(pickle),
    );
  });
}

function read(file: string): { title: string; pickles: readonly Pickle[] } {
  const newId = IdGenerator.incrementing();
  const parser = new Parser(new AstBuilder(newId), new GherkinClassicTokenMatcher('nl'));
  const document = parser.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
  const pickles = compile(document, file, newId);
  if (pickles.length === 0) throw new Error(`${file} has no scenario`);
  return { title: document.feature?.name ?? '', pickles };
}

/** Plays the steps one after the other; each sentence must be known. */
async function play({ steps }: Pickle): Promise<void> {
  const story = new Story(pipeline);
  for (const { text, argument } of steps) {
    const found = STEPS.flatMap((step) => {
      const match = step.sentence.exec(text);
      return match === null ? [] : [{ step, words: match.slice(1).map((word) => word ?? '') }];
    });
    const [only, other] = found;
    if (only === undefined || other !== undefined)
      throw new Error(`${found.length} stappen kennen de zin: ${text}`);
    try {
      await only.step.play(story, only.words, tableOf(argument?.dataTable?.rows));
    } catch (error) {
      throw new Error(`${text}\n${error instanceof Error ? error.message : error}`, { cause: error });
    }
  }
}

function tableOf(rows: readonly { cells: readonly { value: string }[] }[] = []): Table {
  const [names, ...lines] = rows.map(({ cells }) => cells.map(({ value }) => value));
  return lines.map((line) =>
    Object.fromEntries((names ?? []).map((name, place) => [name, line[place] ?? ''])),
  );
}
