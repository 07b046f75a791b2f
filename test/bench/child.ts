/** Processes of the bench itself, so that what loads and what is loaded do not share one. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A process that answers one request at a time. It ends with us. */
export class Child<Request extends object, Answer> {
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess) {
    this.#process = process;
  }

  /** Starts a file of this folder, which calls {@link answerRequests}. */
  static start<Request extends object, Answer>(file: string): Child<Request, Answer> {
    const path = fileURLToPath(new URL(file, import.meta.url));
    return new Child(fork(path, { serialization: 'advanced', stdio: 'inherit' }));
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** @throws Error where the process fails at the request, or has ended. */
  ask(request: Request): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const ended = () => reject(new Error('A process of the bench ended'));
      this.#process.once('exit', ended);
      this.#process.once('message', (reply: Reply<Answer>) => {
        this.#process.off('exit', ended);
        if ('failed' in reply) reject(new Error(reply.failed));
        else resolve(reply.answer);
      });
      this.#process.send(request, (error) => error && reject(error));
    });
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exited = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill();
    await exited;
  }
}

type Reply<Answer> = { answer: Answer } | { failed: string };

/** In the child: answers the requests of the process that started it, and ends when that ends. */
export function answerRequests<Request, Answer>(answerTo: (request: Request) => Promise<Answer>): void {
  process.on('message', async (request: Request) => {
    const reply = await answerTo(request).then(
      (answer) => ({ answer }),
      (error: unknown) => ({ failed: error instanceof Error ? error.message : String(error) }),
    );
    process.send?.(reply);
  });
  process.once('disconnect', () => process.exit());
}
