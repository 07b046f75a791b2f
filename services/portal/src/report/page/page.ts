/** A report as a page of its own: it needs nothing from elsewhere, and can be kept and printed. */
import type { Report } from '@effectstroom/contracts';
import { formatsIn } from '../../board/formats.ts';
import { html, trusted } from '../../board/html.ts';
import { asName } from '../../board/names.ts';
import type { Language } from '../../board/page.ts';
import { annex } from './annex.ts';
import { basis } from './basis.ts';
import { bearers } from './bearers.ts';
import { budget } from './budget.ts';
import { type PageContext, periodInWords } from './context.ts';
import { effect } from './effect.ts';
import { method } from './method.ts';
import { people } from './people.ts';
import { STYLE } from './style.ts';
import { summary } from './summary.ts';
import { themes } from './themes.ts';

const WORDS = {
  nl: {
    title: 'Effectrapportage',
    of: 'gemeente',
    by: 'Gemaakt met Effectstroom uit de registratie van de organisatie. De rekenwijze is openbaar.',
  },
  en: {
    title: 'Effect report',
    of: 'municipality of',
    by: "Made with Effectstroom from the organisation's registration. The method is public.",
  },
};

/** What a report is called, as in a title: Effectrapportage Haarlemmermeer, 2021. */
export function titleOf(report: Report, language: Language): string {
  const period = periodInWords(report.period, language, formatsIn(language));
  return `${WORDS[language].title} ${report.municipality.name}, ${period}`;
}

/** The whole page. */
export function reportPage(report: Report, language: Language): string {
  const context: PageContext = { report, language, formats: formatsIn(language) };
  const words = WORDS[language];
  const period = periodInWords(report.period, language, context.formats);
  const page = html`<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${titleOf(report, language)}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<header>
<h1>${words.title} ${period}</h1>
<p class="sub">${report.programme.name} – ${asName(report.organisation)}, ${words.of} ${report.municipality.name}</p>
</header>
<main>
${summary(context)}
${effect(context)}
${themes(context)}
${bearers(context)}
${people(context)}
${budget(context)}
${method(context)}
${basis(context)}
${annex(context)}
</main>
<footer><p>${words.by}</p></footer>
</body>
</html>
`;
  return `<!doctype html>\n${page}`;
}
