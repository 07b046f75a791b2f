/** A whole page: the frame around what a view renders. */
import { MORPH_ADDRESS, STYLE_ADDRESS, scriptAddress } from './assets.ts';
import { filterForm } from './filter-form.ts';
import { footer } from './footer.ts';
import { type Html, html } from './html.ts';
import type { BoardContext, BoardPage, Language } from './page.ts';
import { word } from './words.ts';

/** Everything that a page is made of. */
export interface PageParts {
  context: BoardContext;
  page: BoardPage;
  /** What the view rendered. */
  body: Html;
  /** Pages in the navigation, in order. */
  navigation: readonly BoardPage[];
  /** Who is signed in: the name of the key. */
  reader: string;
  /** Of what the figures rest on, from before they were asked. */
  version: string;
}

/** The page as HTML. */
export async function pageDocument(parts: PageParts): Promise<Html> {
  const { context, page, body, version } = parts;
  const { language } = context;
  const title = page.title[language];
  return shell({
    language,
    title,
    scripts: ['board', ...(page.scripts ?? [])],
    content: html`${header(parts)}
      <main id="inhoud" class="page-main" tabindex="-1" ${page.isLive === true && html`data-version="${version}"`}
        data-updated="${word('updated', language)}" data-signed-out="${word('signInAgain', language)}">
        <h1>${title}</h1>
        ${page.hasNoFilters !== true && filterForm(parts)}
        <div id="view">${body}</div>
      </main>
      <p id="announcement" class="visually-hidden" role="status"></p>
      ${await footer(context)}`,
  });
}

/** What every page is: signed in or not, found or not. */
export interface Shell {
  language: Language;
  title: string;
  /** Names of scripts. */
  scripts?: readonly string[];
  content: Html;
}

/** A document with its style sheet and scripts. */
export function shell({ language, title, scripts = [], content }: Shell): Html {
  return html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title} – Effectstroom</title>
    <link rel="stylesheet" href="${STYLE_ADDRESS}">
    <link rel="icon" href="data:,">
    ${scripts.length > 0 && html`<script defer src="${MORPH_ADDRESS}"></script>`}
    ${scripts.map((name) => html`<script type="module" src="${scriptAddress(name)}"></script>`)}
  </head>
  <body>
    <a class="utrecht-skip-link utrecht-skip-link--visible-on-focus" href="#inhoud">${word('toContent', language)}</a>
    ${content}
  </body>
</html>
`;
}

function header({ context, page, navigation, reader }: PageParts): Html {
  const { language, filters, request } = context;
  const other: Language = language === 'nl' ? 'en' : 'nl';
  return html`<header class="page-header">
    <div class="page-width page-header-top">
      <a class="brand" href="${filters.href('/')}">Effectstroom</a>
      <div class="page-header-tools">
        <a href="${otherLanguage(request.url, other)}" lang="${other}" hreflang="${other}">${word('otherLanguage', language)}</a>
        <form method="post" action="/uitloggen">
          <span class="reader"><span class="visually-hidden">${word('signedInAs', language)} </span>${reader}</span>
          <input type="hidden" name="taal" value="${language}">
          <button class="utrecht-button utrecht-button--subtle">${word('signOut', language)}</button>
        </form>
      </div>
    </div>
    <nav class="page-nav" aria-label="${word('navigation', language)}">
      <ul class="page-width">
        ${navigation.map(
          (one) =>
            html`<li><a href="${filters.href(one.path)}" ${one.path === page.path && html`aria-current="page"`}>${one.title[language]}</a></li>`,
        )}
      </ul>
    </nav>
  </header>`;
}

/** The same address in another language. */
function otherLanguage(url: string, language: Language): string {
  const { pathname, searchParams } = new URL(url, 'http://board');
  searchParams.set('taal', language);
  return `${pathname}?${searchParams}`;
}
