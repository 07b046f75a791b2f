/** The programs on the pages for vendors, run as they stand there against a real ingest. */
import { checkCaseEvent, nlGovAdvice } from '@effectstroom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IngestStack } from '../ingest/ingest-stack.ts';
import { MoodyFront } from './moody-front.ts';
import { isHere, runProgram, type VendorProgram, vendorPrograms } from './vendor-pages.ts';

const stack = new IngestStack();
let front: MoodyFront;

beforeAll(async () => {
  let ingest = '';
  await stack.startNats();
  await stack.startIngest({}, (url) => {
    ingest = url;
  });
  front = await MoodyFront.start(ingest);
});
afterAll(async () => {
  await front?.stop();
  await stack.end();
});

const programs = vendorPrograms();
const here = programs.filter(({ runtime }) => isHere(runtime));
const missing = programs.filter(({ runtime }) => !isHere(runtime));

/** Identities that were published, by case. */
async function publishedIds(): Promise<Map<string, Set<string>>> {
  const ids = new Map<string, Set<string>>();
  if ((await stack.lastSequence()) === 0) return ids;
  for (const [id, { data }] of await stack.publishedEvents()) {
    const { caseId } = data as { caseId: string };
    ids.set(caseId, (ids.get(caseId) ?? new Set()).add(id));
  }
  return ids;
}

/** The text of a page as an expectation: `…` stands for anything. */
function pattern(prints: string): RegExp {
  const parts = prints.split('…').map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}

it('there are five programs, in four languages', () => {
  expect(programs.map(({ title }) => title)).toEqual([
    'curl.md',
    'python.md',
    'typescript.md (1)',
    'typescript.md (2)',
    'csharp.md',
  ]);
});

describe('a program for vendors', () => {
  it.each(here.map((program): [string, VendorProgram] => [program.title, program]))(
    '%s prints what its page says, and sends three cases once',
    async (_title, program) => {
      const before = await publishedIds();
      front.plan([]);
      expect(await runProgram(program, stack.folder, front.url)).toMatch(pattern(program.prints));
      const after = await publishedIds();
      expect([...after.keys()].sort()).toEqual(['voorbeeld-1', 'voorbeeld-2', 'voorbeeld-3']);
      for (const [caseId, ids] of after) expect(ids.size - (before.get(caseId)?.size ?? 0)).toBe(1);
    },
  );

  it.each(here.map((program): [string, VendorProgram] => [program.title, program]))(
    '%s waits and tries again where the server is busy or an answer is lost',
    async (_title, program) => {
      const before = await publishedIds();
      front.plan(['pass', 'busy', 'too-many', 'answer-lost', 'pass']);
      const again = { ...program, title: `${program.title} again` };
      expect(await runProgram(again, stack.folder, front.url)).toMatch(pattern(program.prints));
      expect(front.left).toBe(0);
      const after = await publishedIds();
      for (const [caseId, ids] of after) expect(ids.size - (before.get(caseId)?.size ?? 0)).toBe(1);
    },
  );
});

describe('a program that cannot run here', () => {
  const names = missing.map((program): [string, string, VendorProgram] => [
    program.title,
    program.runtime,
    program,
  ]);
  // Without such a program there is nothing to say.
  if (names.length === 0) it('is none', () => expect(missing).toEqual([]));

  it.each(names)(
    '%s WAS NOT RUN, there is no %s; the event in it is accepted',
    (_title, _runtime, program) => {
      const [, text = ''] = /\$\$"""\n([\s\S]*?)\n\s*"""/.exec(program.code) ?? [];
      const values: Record<string, string> = {
        id: crypto.randomUUID(),
        time: new Date().toISOString(),
        caseId: 'voorbeeld-1',
        url: 'http://127.0.0.1:8080',
      };
      const event = JSON.parse(text.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => values[name] ?? '?'));
      expect(checkCaseEvent(event, { today: '2026-01-01', lookForBsn: true }).faults).toBeUndefined();
      expect(nlGovAdvice(event, new Date())).toEqual([]);
      const wrong = JSON.parse(JSON.stringify(event).replace('"theme"', '"thema"'));
      const { faults = [] } = checkCaseEvent(wrong, { lookForBsn: true });
      const lines = faults.map(({ pointer, detail }) => `  ${pointer}: ${detail}\n`);
      expect(program.prints.endsWith(lines.join(''))).toBe(true);
    },
  );
});
