/** The board as a reader sees it, and what the API says. */
import { type OpenedPage, openPage } from '../people/open-page.ts';
import type { PeopleStack } from '../people/people-stack.ts';

export class ShownBoard {
  readonly #stack: PeopleStack;
  readonly #opened: OpenedPage;

  private constructor(stack: PeopleStack, opened: OpenedPage) {
    this.#stack = stack;
    this.#opened = opened;
  }

  /** Opens the board; `end` must be called. */
  static async of(stack: PeopleStack): Promise<ShownBoard> {
    return new ShownBoard(stack, await openPage(`${stack.portal}/`));
  }

  get page(): OpenedPage['page'] {
    return this.#opened.page;
  }

  /** What scripts and the browser complained about. */
  get complaints(): string[] {
    return this.#opened.complaints;
  }

  /** The day in Amsterdam on which its stack was filled, 'YYYY-MM-DD'. */
  get today(): string {
    return this.#stack.today;
  }

  async open(path: string): Promise<void> {
    await this.page.goto(this.#stack.portal + path);
  }

  /** An answer of the API. */
  async ask<T>(path: string): Promise<T> {
    return (await this.#stack.ask(path)) as T;
  }

  /** The amounts of the API that stand in an element. */
  values(selector: string): Promise<string[]> {
    return this.page
      .locator(`${selector} data`)
      .evaluateAll((all) => all.map((one) => one.getAttribute('value') ?? ''));
  }

  /** The text of an element, with plain spaces. */
  async text(selector: string): Promise<string> {
    return ((await this.page.locator(selector).first().textContent()) ?? '').replaceAll(/\s+/g, ' ');
  }

  /** Each row of a table: its name, and its amounts. */
  rows(table: string): Promise<[string, string[]][]> {
    return this.page
      .locator(`#${table} :is(tbody, tfoot) tr`)
      .evaluateAll((all) =>
        all.map((row): [string, string[]] => [
          row.querySelector('th')?.textContent?.trim() ?? '',
          [...row.querySelectorAll('data')].map((one) => one.getAttribute('value') ?? ''),
        ]),
      );
  }

  /** Closes the browser. */
  end(): Promise<void> {
    return this.#opened.end();
  }
}
