/** Answers of ingest that get lost, and clients that never ask again: what they sent still counts once. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../fault.ts';

const LEAST_MS = 500;
/** Everything that is sent meanwhile is given up: it stays a small part of all. */
const MOST_MS = 2_000;
/** Until so many are given up, also where little is sent: some of them are accepted after all, in an echo. */
const EVENTS_LEAST = 30;
const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 50;

export const loseAnswers: Fault = {
  kind: 'lose-answers',
  strike: async (world, random, signal) => {
    const { load } = world;
    const ingest = world.link('ingest');
    const before = load.givenUp;
    const start = performance.now();
    const lastingMs = world.lasting(random, LEAST_MS, MOST_MS);
    const isOver = (elapsedMs: number) =>
      elapsedMs > PATIENCE_MS || (elapsedMs > lastingMs && load.givenUp >= before + EVENTS_LEAST);
    let lost = 0;
    load.giveUp(true);
    ingest.loseAnswers();
    try {
      while (!isOver(performance.now() - start)) await sleep(LOOK_EVERY_MS, undefined, { signal });
    } finally {
      lost = ingest.mend();
      load.giveUp(false);
    }
    const events = load.givenUp - before;
    return events === 0 ? undefined : `${lost} answers lost, ${events} events given up`;
  },
};
