/** The components of the Utrecht design system (NL Design System) that the board uses, and no others. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Components that style plain elements: a page needs no class for them. */
const ELEMENTS = [
  ...['heading-1', 'heading-2', 'heading-3', 'heading-4', 'paragraph', 'link'],
  ...['table', 'figure', 'code', 'separator'],
  ...['form-label', 'form-fieldset', 'textbox', 'textarea', 'select', 'button', 'radio-button'],
];

/** Components that are asked for with a class, as `utrecht-alert`. */
const CLASSES = ['skip-link', 'alert', 'button', 'form-field', 'form-field-description', 'button-group'];

/**
 * Their style sheets, one after the other. How they look is in our own tokens (style/tokens.css): they bear no
 * municipality's brand.
 */
export function utrechtCss(): string {
  const library = createRequire(import.meta.url).resolve('@utrecht/component-library-css/dist/index.css');
  const { resolve } = createRequire(library);
  return [
    ...ELEMENTS.map((name) => resolve(`@utrecht/${name}-css/dist/html/index.min.css`)),
    ...CLASSES.map((name) => resolve(`@utrecht/${name}-css/dist/index.min.css`)),
  ]
    .map((file) => readFileSync(file, 'utf8').replace(/^\uFEFF|@charset "UTF-8";/g, ''))
    .join('\n');
}
