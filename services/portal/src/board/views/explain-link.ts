/** From any figure to where it comes from. */
import { type Html, html, type Piece } from '../html.ts';
import type { BoardContext } from '../page.ts';

/** What is explained: a step is as `theme:3`. */
export interface Explained {
  figure?: 'corrected' | 'gross' | 'municipal' | 'cost';
  path?: readonly (readonly [level: string, value: string | null])[];
  /** What to take it apart by. */
  by?: string;
}

/** The address of the page that walks a figure down. */
export function explainAddress(
  { filters }: Pick<BoardContext, 'filters'>,
  { figure, path = [], by }: Explained,
): string {
  const steps = path
    .filter(([level]) => !(level in filters.query))
    .map(([level, value]) => `${level}:${value ?? ''}`)
    .join(',');
  return filters.href('/uitleg', {
    ...(figure === undefined || figure === 'corrected' ? {} : { cijfer: figure }),
    ...(steps === '' ? {} : { pad: steps }),
    ...(by === undefined ? {} : { per: by }),
  });
}

/** A figure that leads to where it comes from. */
export function explainLink(
  context: Pick<BoardContext, 'filters'>,
  shown: Piece,
  explained: Explained = {},
): Html {
  return html`<a class="figure-link" href="${explainAddress(context, explained)}">${shown}</a>`;
}
