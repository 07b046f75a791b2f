/** HTML that escapes every value put into it, and marks what is HTML already. */
import { html as escaping, raw } from 'hono/html';

declare const isHtml: unique symbol;

/** Text that is safe to send: made by `html`, or trusted by `trusted`. */
export type Html = { readonly [isHtml]: true; toString(): string };

/** What may stand in a template. Text and numbers are escaped; lists are joined; null and false show nothing. */
export type Piece = Html | string | number | null | undefined | false | readonly Piece[];

/** A template of HTML; attributes must be quoted. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  const shown = pieces.map((piece) => (piece === false ? '' : piece));
  // Without promises among the pieces it answers at once.
  return escaping(parts, ...shown) as unknown as Html;
}

/** Marks text as HTML: only for what this project, or a library from plain numbers, made. */
export function trusted(text: string): Html {
  return raw(text) as unknown as Html;
}
