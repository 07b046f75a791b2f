/** A thread that fills the cases of some organisations. */
import { parentPort, workerData } from 'node:worker_threads';
import { arrivalsOf, type Timeline } from './arrivals.ts';
import { CaseInventor } from './invent-case.ts';
import { inventWorld, type WorldOptions } from './invent-world.ts';
import { withQuietWorker } from './quiet-worker.ts';
import { writeCases } from './write-cases.ts';

export interface PartOfFill {
  url: string;
  /** Of the stream that is invented. */
  createdAt: string;
  timeline: Timeline;
  ofWorld: WorldOptions;
  seed: number;
  firstDay: string;
  /** Which part this is, from 0, of how many. */
  part: number;
  parts: number;
}

/** How many events the part has written. */
export interface FromPart {
  events: number;
}

async function fillPart({ url, createdAt, timeline, ofWorld, ...of }: PartOfFill): Promise<void> {
  const world = inventWorld(ofWorld);
  const codes = [...new Set(world.places.map(({ organisation }) => organisation))];
  const own = new Set(codes.filter((_, index) => index % of.parts === of.part));
  const places = world.places.filter(({ organisation }) => own.has(organisation));
  const inventor = new CaseInventor({
    world,
    own,
    cases: timeline.cases,
    seed: of.seed,
    firstDay: of.firstDay,
  });
  await withQuietWorker(url, createdAt, async (state) => {
    const { organisations, session, sources } = state;
    await organisations.ensure(session.db, own);
    await sources.ensure(
      session.db,
      places.map(({ source }) => source),
    );
    const numbers = {
      organisation: (code: string) => organisations.id(code),
      source: (uri: string) => sources.id(uri),
    };
    await writeCases(state, arrivalsOf(timeline, inventor, numbers), (events) => {
      parentPort?.postMessage({ events } satisfies FromPart);
    });
  });
}

await fillPart(workerData as PartOfFill);
