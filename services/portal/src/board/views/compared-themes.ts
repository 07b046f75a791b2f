/** The same comparison per theme. */
import type { Compared, Programme, PublicComparison } from '@effectstroom/contracts';
import { type Html, html, type Piece } from '../html.ts';
import type { BoardContext } from '../page.ts';
import { isHidden, shown } from '../shown.ts';
import { table } from '../table.ts';
import { scopeNames } from './programmes-in-scope.ts';

interface Themes {
  /** Grouped by theme. */
  comparison: PublicComparison;
  programmes: readonly Programme[];
}

export function comparedThemes({ comparison, programmes }: Themes, context: BoardContext): Html {
  const { language } = context;
  const labels = {
    nl: ['Thema', 'Toen', 'Nu', 'Verschil', 'Casussen toen', 'Casussen nu'],
    en: ['Theme', 'Then', 'Now', 'Difference', 'Cases then', 'Cases now'],
  }[language];
  const names = scopeNames(programmes, { nl: 'Zonder thema', en: 'No theme' }[language]);
  const title = { nl: 'Per thema', en: 'By theme' }[language];
  const caption = { nl: 'Besparing van thema’s, toen en nu', en: 'Savings of themes, then and now' }[
    language
  ];
  if (comparison.rows.length === 0) return html``;
  const cells = (name: Piece, row: PublicComparison['total']): Piece[] => {
    const { cents, count } = shown(context, isHidden(row));
    const { before, after, difference } = row as Partial<Compared>;
    return [
      ...[name, cents(before?.corrected), cents(after?.corrected), cents(difference?.corrected)],
      ...[count(before?.cases.represented), count(after?.cases.represented)],
    ];
  };
  return html`<h2>${title}</h2>
    ${table({
      ...{ id: 'compared-themes', caption },
      columns: labels.map((label, at) => ({ label, isNumber: at > 0 })),
      rows: comparison.rows.map((row) => cells(names.theme(row.theme ?? null), row)),
      foot: cells({ nl: 'Samen', en: 'Together' }[language], comparison.total),
    })}
`;
}
