/** Asks the board as a browser does: with cookies, and saying where a form came from. */

/** An answer that is not followed where it leads elsewhere. */
export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

export class BoardClient {
  readonly origin: string;
  readonly #cookies = new Map<string, string>();

  constructor(origin: string) {
    this.origin = origin;
  }

  /** The cookies that it would send now. */
  get cookies(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#ask(path, { headers: { accept: 'text/html', ...headers } });
  }

  /** Sends a form, from the board itself unless `headers` say otherwise; an empty one is left out. */
  post(path: string, form: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> {
    const own = { 'sec-fetch-site': 'same-origin', origin: this.origin };
    return this.#ask(path, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { ...own, ...headers },
    });
  }

  /** Signs in with a key. @throws Error where that is refused */
  async signIn(key: string): Promise<void> {
    const { status, text } = await this.post('/inloggen', { sleutel: key });
    if (status !== 303) throw new Error(`the key was refused: ${status} ${text}`);
  }

  async #ask(path: string, init: RequestInit & { headers: Record<string, string> }): Promise<Answer> {
    const all = { cookie: this.cookies, ...init.headers };
    const headers = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
    const answer = await fetch(this.origin + path, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  }
}
