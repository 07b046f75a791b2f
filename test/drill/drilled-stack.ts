/** An installation that is filled, backed up, broken and put back, and everything that it must still say. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Service } from '@effectstroom/infra';
import { archiveSettings, makeArchive } from '../../infra/src/backup/log-archive.ts';
import type { Part } from '../harness/part.ts';
import { Pipeline } from '../harness/pipeline.ts';
import { PLACE, PRICE_LIST, PRICES, PROGRAMME } from '../harness/plain-programme.ts';
import { mustRun, type Ran } from '../harness/run-program.ts';
import { send } from '../harness/sender.ts';
import type { SentEvent } from '../harness/sent.ts';
import { World } from '../harness/world.ts';
import { type Plan, planOf, type Round } from '../simulation/plan.ts';
import { type Asked, answerFaults, askAgainFaults, askAsOf } from '../simulation/questions.ts';
import { volumeEvents } from './volume.ts';

/** Requests that are sent at once. */
const SENDERS = 6;
const VOLUME_PER_REQUEST = 500;
export class DrilledStack {
  readonly pipeline: Pipeline;
  readonly world: World;
  readonly plan: Plan;
  /** Answers about a moment in the middle, which hold for ever. */
  readonly asked: Asked[] = [];
  readonly #volume: number;
  #volumeSent = 0;
  readonly #signal: AbortSignal;
  readonly #settings: Record<string, string>;
  #archives = 0;

  /** @param settings of PostgreSQL, on top of the usual ones */
  constructor(
    { seed, events, varied }: { seed: number; events: number; varied: number },
    settings: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ) {
    this.#settings = { ...settings };
    this.pipeline = new Pipeline(this.#settings);
    this.world = new World(this.pipeline);
    this.plan = planOf(seed, varied);
    this.#volume = events;
    this.#signal = signal;
  }

  async start(): Promise<void> {
    await this.startServers();
    await this.startServices();
  }

  /** Where they were; the data folder remembers it, as that of the local stack does. */
  async startServers(): Promise<void> {
    const { pipeline } = this;
    await pipeline.start([]);
    for (const part of [pipeline.postgres, pipeline.nats])
      writeFileSync(join(pipeline.folder, part.name, 'port'), `${part.running.port}\n`);
  }

  async startServices(): Promise<void> {
    await Promise.all(this.#services.map((service) => service.start()));
  }

  get #services(): Part<Service>[] {
    const { calculator, ingest, portal } = this.pipeline;
    return [calculator, ingest, portal];
  }

  /** Sends rounds of the plan and a part of the plain events; all of it is in the totals when it is done. */
  async send(rounds: readonly Round[], part: number): Promise<void> {
    const { world } = this;
    if (this.#volumeSent === 0) {
      await world.putPriceList(PRICES, PRICE_LIST);
      await world.putProgramme(PLACE, PROGRAMME);
    }
    const from = this.#volumeSent;
    this.#volumeSent = Math.min(this.#volume, from + Math.ceil(this.#volume * part));
    await sendAtOnce(volumeEvents(from, this.#volumeSent), VOLUME_PER_REQUEST, (batch) =>
      this.#sendNow(batch),
    );
    for (const { senders, changes } of rounds) {
      await Promise.all([
        ...senders.map(async (batches) => {
          for (const batch of batches) await this.#sendNow(batch);
        }),
        this.#change(changes),
      ]);
    }
    await this.pipeline.settled(600_000);
  }

  async #sendNow(batch: readonly SentEvent[]): Promise<void> {
    this.#signal.throwIfAborted();
    await this.world.send(...batch);
  }

  async #change(changes: Round['changes']): Promise<void> {
    for (const change of changes) {
      if ('decision' in change) await this.world.decide(change.decision);
      else if ('place' in change) await this.world.putProgramme(change.place, change.body);
      else await this.world.putPriceList(change.code, change.body);
    }
  }

  /** What sources do after a loss: they send (again) what they have from a place in their list on. */
  async sendAgain(from: number): Promise<void> {
    const { accepted, book } = this.world;
    const size = VOLUME_PER_REQUEST - 1;
    for (let at = from; at < accepted.length; at += size)
      await send(this.pipeline, accepted.slice(at, at + size));
    for (const [code, body] of book.priceLists) await this.world.putPriceList(code, body);
    for (const [address, body] of book.programmes) {
      const [municipality = '', organisation = '', programme = ''] = address.split('/');
      await this.world.putProgramme({ municipality, organisation, programme }, body);
    }
    for (const identity of book.dismissed) {
      const [organisation = '', source = '', id = ''] = identity.split(' ');
      await this.world.decide({ organisation, source, id, decision: 'dismiss' });
    }
  }

  /** Asks about this moment, to be asked again after every loss. */
  async askNow(): Promise<void> {
    this.asked.push(...(await askAsOf(this.pipeline, this.plan.questions)));
  }

  /** Waits until all is in. @returns what the installation says otherwise than it must */
  async faults(): Promise<string[]> {
    await this.pipeline.settled(600_000);
    return [...(await this.world.faults()), ...(await askAgainFaults(this.pipeline, this.asked))];
  }

  /** Asks every question of the plan. @returns what is answered otherwise than it must; all must be in */
  answerFaults(): Promise<string[]> {
    const { questions, asOfQuestions } = this.plan;
    return answerFaults(this.world, [...questions, ...asOfQuestions]);
  }

  /** Ends services and servers; the data folder stays. */
  async stop(): Promise<void> {
    const { pipeline } = this;
    await pipeline.db.destroy();
    await pipeline.connection.close();
    await Promise.all(this.#services.map((service) => service.stop()));
    await Promise.all([pipeline.postgres.stop(), pipeline.nats.stop()]);
  }

  /** Makes anew what follows from the record, while the servers run and the calculator does not. */
  rebuild(): Promise<Ran> {
    const env = { DATABASE_URL: this.pipeline.postgres.running.url };
    return mustRun(['services/calculator/src/rebuild/main.ts'], env, this.#signal);
  }

  /** From its next start on PostgreSQL copies its log to a folder of its own. @returns that folder */
  beginArchive(): string {
    this.#archives++;
    const archive = makeArchive(join(this.pipeline.folder, `archive-${this.#archives}`));
    Object.assign(this.#settings, archiveSettings(archive));
    return archive;
  }

  /** Takes a part of the data folder away, as a lost disk would; what is put back has another log. */
  lose(...parts: ('postgres' | 'nats')[]): void {
    for (const part of parts) rmSync(join(this.pipeline.folder, part), { recursive: true, force: true });
    if (parts.includes('postgres')) this.beginArchive();
  }

  /** Runs a command of the product on this data folder. @throws Error with what it said, where it fails */
  command(program: string, ...args: string[]): Promise<Ran> {
    const { folder, ingest, portal } = this.pipeline;
    const urls: Record<string, string> =
      ingest.wasStarted && portal.wasStarted
        ? { INGEST_URL: ingest.running.url, PORTAL_URL: portal.running.url }
        : {};
    const env = { EFFECTSTROOM_DATA: folder, INGEST_FOLDER: join(folder, 'ingest-data'), ...urls };
    return mustRun([join('infra', 'src', program), ...args], env, this.#signal);
  }
}

async function sendAtOnce(
  events: readonly SentEvent[],
  size: number,
  sendBatch: (batch: readonly SentEvent[]) => Promise<void>,
): Promise<void> {
  let next = 0;
  const sender = async () => {
    while (next < events.length) {
      const from = next;
      next += size;
      await sendBatch(events.slice(from, from + size));
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
}
