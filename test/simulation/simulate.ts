/**
 * Sends thousands of made-up events through the whole pipeline, kills its parts meanwhile, and compares all
 * that it says with an independent recomputation. What is done is drawn from the seed; when exactly the parts
 * meet it, is theirs.
 */
import { audit } from '../harness/auditor.ts';
import { Pipeline } from '../harness/pipeline.ts';
import { deleteStream, keepStream, putStreamBack } from '../harness/stream-upsets.ts';
import { World } from '../harness/world.ts';
import { type Change, type Kill, type PARTS, type Plan, planOf, type Round } from './plan.ts';
import { type Asked, answerFaults, askAgainFaults, askAsOf } from './questions.ts';

export interface SimulationOptions {
  seed: number;
  /** About how many events are sent. */
  events: number;
  /** Told what happens. */
  tell: (line: string) => void;
}

/** Runs a simulation. @returns everything that is not as it must be, in sentences */
export async function simulate({ seed, events, tell }: SimulationOptions): Promise<string[]> {
  const plan = planOf(seed, events);
  const pipeline = new Pipeline();
  const { ingest, portal, nats, postgres } = pipeline;
  // Two share the partitions, unevenly: where one is killed the other may take over, and keep what it took.
  const share = { PARTITIONS_MAX: '3' };
  const calculator = pipeline.service('calculator', share);
  const second = pipeline.service('calculator', share, 'calculator-second');
  try {
    await pipeline.start([calculator, second, ingest, portal]);
    const parts = { calculator, second, ingest, nats, postgres };
    return await new Simulation(plan, new World(pipeline), parts, tell).run();
  } finally {
    await pipeline.end();
  }
}

type Parts = Record<(typeof PARTS)[number], { kill(): Promise<void>; start(): Promise<void> }>;

class Simulation {
  readonly #plan: Plan;
  readonly #world: World;
  readonly #parts: Parts;
  readonly #tell: (line: string) => void;
  readonly #asked: Asked[] = [];
  #isKept = false;

  constructor(plan: Plan, world: World, parts: Parts, tell: (line: string) => void) {
    this.#plan = plan;
    this.#world = world;
    this.#parts = parts;
    this.#tell = tell;
  }

  async run(): Promise<string[]> {
    const { rounds, questions } = this.#plan;
    const middle = Math.floor(rounds.length / 2);
    for (const [number, round] of rounds.entries()) {
      await this.#runRound(round, number === middle);
      this.#tell(`round ${number + 1} of ${rounds.length}: ${this.#world.accepted.length} events accepted`);
      if (number === middle) {
        const faults = await this.#faults();
        if (faults.length > 0) return faults;
        this.#asked.push(...(await askAsOf(this.#world.pipeline, questions)));
      }
      await this.#upset(round.upset);
    }
    const faults = [...(await this.#faults()), ...(await askAgainFaults(this.#world.pipeline, this.#asked))];
    this.#tell(`${this.#asked.length} questions as of a moment in the middle asked again`);
    const { cases, quarantine, identityConflicts } = audit(this.#world.accepted, this.#world.book);
    this.#tell(
      `${cases.length} cases count, ${quarantine.length} events in quarantine, ` +
        `${identityConflicts.size} identities in conflict`,
    );
    return faults;
  }

  /** Waits until all is in, and compares the tables and the answers. */
  async #faults(): Promise<string[]> {
    const faults = await this.#world.faults();
    return [...faults, ...(await answerFaults(this.#world, this.#plan.questions))];
  }

  async #runRound(round: Round, isMiddle: boolean): Promise<void> {
    const start = this.#world.accepted.length;
    await Promise.all([
      ...round.senders.map((batches) => this.#send(batches)),
      this.#change(round.changes),
      this.#kill(round.kills, start),
      ...(isMiddle ? [this.#askMeanwhile(start + round.events / 2)] : []),
    ]);
  }

  async #send(batches: Round['senders'][number]): Promise<void> {
    for (const batch of batches) await this.#world.send(...batch);
  }

  async #change(changes: readonly Change[]): Promise<void> {
    for (const change of changes) {
      if ('decision' in change) await this.#world.decide(change.decision);
      else if ('place' in change) await this.#world.putProgramme(change.place, change.body);
      else await this.#world.putPriceList(change.code, change.body);
    }
  }

  async #kill(kills: readonly Kill[], start: number): Promise<void> {
    for (const { after, parts } of kills) {
      await this.#accepted(start + after);
      this.#tell(`  ${this.#world.accepted.length} events accepted: kill -9 of ${parts.join(', ')}`);
      await Promise.all(parts.map((part) => this.#parts[part].kill()));
      await Promise.all(parts.map((part) => this.#parts[part].start()));
    }
  }

  async #upset(upset: Round['upset']): Promise<void> {
    const { pipeline } = this.#world;
    if (upset === 'none' || (upset === 'put back' && !this.#isKept)) return;
    await pipeline.settled();
    this.#tell(`  the stream is ${upset}`);
    if (upset === 'deleted') await deleteStream(pipeline);
    else if (upset === 'put back') await putStreamBack(pipeline);
    else await keepStream(pipeline);
    this.#isKept ||= upset === 'kept';
  }

  async #askMeanwhile(moment: number): Promise<void> {
    await this.#accepted(moment);
    this.#asked.push(...(await askAsOf(this.#world.pipeline, this.#plan.asOfQuestions)));
  }

  #accepted(count: number): Promise<void> {
    const { pipeline, accepted } = this.#world;
    return pipeline.until(async () => accepted.length >= count, `${count} events are accepted`, 120_000);
  }
}
