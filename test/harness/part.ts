import type { Running } from '@effectstroom/infra';

/** A process of the pipeline, which can be killed and comes back at the same address. */
export class Part<P extends Running & { readonly port: number }> {
  readonly name: string;
  /** Every process that it was. */
  readonly pids: number[] = [];
  /** How it ended by itself, where it did: no part ever should. */
  fault: string | undefined;
  readonly #start: (port: number | undefined) => Promise<P>;
  #running: P | undefined;
  #isEnding = false;

  constructor(name: string, start: (port: number | undefined) => Promise<P>) {
    this.name = name;
    this.#start = start;
  }

  get wasStarted(): boolean {
    return this.#running !== undefined;
  }

  get running(): P {
    if (this.#running === undefined) throw new Error(`${this.name} was not started`);
    return this.#running;
  }

  /** Starts it and waits until it is ready; where it was, if it ran before. */
  async start(): Promise<void> {
    const running = await this.#start(this.#running?.port);
    this.#running = running;
    this.#isEnding = false;
    this.pids.push(running.pid);
    void running.exited.then(({ code, signal }) => {
      if (this.#isEnding) return;
      this.fault = `${this.name} ended by itself (${signal ?? code}):\n${running.lastWords()}`;
    });
  }

  /** kill -9 */
  async kill(): Promise<void> {
    this.#isEnding = true;
    this.running.kill('SIGKILL');
    await this.running.exited;
  }

  async stop(): Promise<void> {
    this.#isEnding = true;
    await this.#running?.stop();
  }
}
