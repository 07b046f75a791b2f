/**
 * Figures as a page shows them: the amount of the API beside the text, and a star where it may not be
 * shown.
 */
import { type Html, html } from './html.ts';
import type { BoardContext } from './page.ts';
import { suppressedFigure } from './suppressed.ts';

type Shows = Pick<BoardContext, 'formats' | 'language'>;

/** An amount or count of the API; null where it has none. */
type Given = string | number | null | undefined;

/** Writes figures of one row or total. */
export interface Shown {
  /** With cents. */
  cents(amount: Given): Html;
  /** Whole euros. */
  euros(amount: Given): Html;
  count(value: Given): Html;
  /** Euros per euro. */
  ratio(value: Given): Html;
  share(value: Given): Html;
}

/** @param isHidden whether the figures may not be shown to this reader */
export function shown({ formats, language }: Shows, isHidden = false): Shown {
  const write = (format: (value: string | null) => string) => (value: Given) => {
    if (isHidden) return suppressedFigure(language);
    const given = value === undefined || value === null ? null : String(value);
    return given === null ? html`${format(null)}` : html`<data value="${given}">${format(given)}</data>`;
  };
  return {
    cents: write(formats.cents),
    euros: write(formats.euros),
    count: write(formats.count),
    ratio: write(formats.ratio),
    share: write(formats.share),
  };
}

/** Whether a row or total is one whose figures are not shown. */
export function isHidden(figures: object): boolean {
  return 'suppressed' in figures && figures.suppressed !== undefined;
}
