/** What was reported stays, and somebody else can work it out again. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '@effectstroom/infra';
import { expect } from 'vitest';
import { amountOf, euros } from '../dutch.ts';
import type { Step, Story } from '../story.ts';

interface Amounts {
  corrected: string;
}

interface Closing {
  sealedAt: string | null;
  reported: { total: Amounts } | null;
  afterClosing: (Amounts & { parts: (Amounts & { label: string })[] }) | null;
  now: Amounts;
}

export const CLOSINGS: readonly Step[] = [
  {
    sentence: /^(\S+) van "(.+)" wordt afgesloten$/,
    play: async (story, [period = '', organisation = '']) => {
      await story.pipeline.settled();
      await story.tell('PUT', `/v1/closings/${organisation}/${period}`, {});
      const isSealed = async () => (await closing(story, organisation, period)).sealedAt !== null;
      await story.pipeline.until(isSealed, 'de afsluiting vastligt', 30_000);
    },
  },
  {
    sentence: /^zegt de afsluiting van (\S+) van "(.+)":$/,
    play: async (story, [period = '', organisation = ''], table) => {
      const { reported, afterClosing, now } = await closing(story, organisation, period);
      const later = afterClosing?.parts ?? [];
      expect([
        { regel: 'Gerapporteerd', gecorrigeerd: euros(reported?.total.corrected ?? null) },
        ...later.map(({ label, corrected }) => ({ regel: label, gecorrigeerd: euros(corrected) })),
        { regel: 'Na afsluiting', gecorrigeerd: euros(afterClosing?.corrected ?? null) },
        { regel: 'Nu', gecorrigeerd: euros(now.corrected) },
      ]).toEqual(table);
    },
  },
  {
    sentence: /^rekent een buitenstaander de bundel van (\S+) van "(.+)" na en komt hij op hetzelfde uit$/,
    play: async (story, [period = '', organisation = '']) => {
      expect(recompute(story, await bundle(story, organisation, period))).toMatchObject({ status: 0 });
    },
  },
  {
    sentence: /^valt het op als in de bundel van (\S+) van "(.+)" (€ \S+) in (€ \S+) verandert$/,
    play: async (story, [period = '', organisation = '', was = '', becomes = '']) => {
      const text = await bundle(story, organisation, period);
      const changed = text.replace(`"${amountOf(was)}"`, `"${amountOf(becomes)}"`);
      expect(changed).not.toBe(text);
      expect(recompute(story, changed)).toMatchObject({ status: 1 });
    },
  },
];

function closing(story: Story, organisation: string, period: string): Promise<Closing> {
  return story.ask(`/v1/closings/${organisation}/${period}`);
}

async function bundle(story: Story, organisation: string, period: string): Promise<string> {
  const response = await fetch(
    `${story.pipeline.portal.running.url}/v1/closings/${organisation}/${period}/bundle`,
    { headers: { authorization: 'Bearer local-read' } },
  );
  expect(response.status).toBe(200);
  return response.text();
}

/** Runs the program that goes with a bundle, as somebody does who has nothing else. */
function recompute(story: Story, text: string): { status: number | null; said: string } {
  const file = join(story.pipeline.folder, 'bundle.ndjson');
  writeFileSync(file, text);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(repository, 'infra/recompute.mjs'), file],
    {
      encoding: 'utf8',
    },
  );
  return { status, said: stdout + stderr };
}
