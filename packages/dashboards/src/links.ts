/** Links from a row of a table to the dashboard that tells more of it. */
import { uidOf } from './board.ts';
import type { Column } from './panels/table.ts';
import { textColumn } from './panels/table.ts';

/** Carries over what was chosen here. */
function kept(...names: string[]): string {
  return names.map((name) => `\${${name}:queryparam}`).join('&');
}

/** A column that leads to the dashboard of the municipality whose code stands in `Code`. */
export function toMunicipality(): Column {
  const url = `/d/${uidOf('gemeente')}?var-gemeente=\${__data.fields.Code}&${kept('jaar')}`;
  return { ...textColumn(), link: { title: 'Naar het bord Gemeente', url } };
}

/** A column that leads to the themes of the organisation in `Organisatie`. */
export function toThemes(): Column {
  const organisation = `\${__data.fields.Organisatie}`;
  const url = `/d/${uidOf('themas')}?var-organisatie=${organisation}&${kept('gemeente', 'jaar')}`;
  return { ...textColumn(), link: { title: "Naar het bord Thema's", url } };
}

/** A column that leads to the theme whose code stands in `Thema`. */
export function toTheme(): Column {
  const url =
    `/d/${uidOf('themas')}?var-thema=\${__data.fields.Thema}&var-organisatie=\${__data.fields.Organisatie}` +
    `&${kept('gemeente', 'jaar')}`;
  return { ...textColumn(), link: { title: "Naar het bord Thema's", url } };
}
