/** The page of the board where reports are made, and the kept ones listed. */
import {
  civilDateAt,
  type KeptReport,
  type KeptReports,
  type ProgrammeRow,
  type ReportFile,
} from '@effectstroom/contracts';
import { type Html, html } from '../../board/html.ts';
import { inScope } from '../../board/in-scope.ts';
import type { BoardContext, BoardPage } from '../../board/page.ts';
import { table } from '../../board/table.ts';
import { periodInWords } from '../page/context.ts';
import { daysOf } from '../question.ts';
import { WORDS } from './words.ts';

/** Place in the navigation. */
const PLACE = 80;

export const reportsPage: BoardPage = {
  path: '/rapporten',
  title: WORDS.title,
  place: PLACE,
  render: async (context) => {
    const { municipality, organisation, programme } = context.filters;
    const kept = await context.api.get<KeptReports>('/v1/reports', { municipality, organisation, programme });
    return html`${makeForm(context, inScope(context.programmes, context.filters), kept.makes)}
${keptTable(context, kept.rows)}`;
  },
};

function makeForm(
  context: BoardContext,
  programmes: readonly ProgrammeRow[],
  makes: readonly ReportFile[],
): Html {
  const { language, names } = context;
  const say = (name: keyof typeof WORDS) => WORDS[name][language];
  const title = html`<h2 id="maken">${say('make')}</h2>`;
  if (programmes.length === 0)
    return html`<section aria-labelledby="maken">${title}<p>${say('none')}</p></section>`;
  return html`<section aria-labelledby="maken">${title}
<p>${say('lead')}</p>
<form method="get" action="/rapporten/maken" class="stacked">
  <input type="hidden" name="taal" value="${language}">
  ${select(
    'welke',
    say('programme'),
    programmes.map((row) => ({
      value: `${row.municipality}/${row.organisation}/${row.programme}`,
      label: `${names.municipality(row.municipality)} – ${row.name} (${names.organisation(row.organisation)})`,
    })),
  )}
  ${select('periode', say('period'), periodsOf(context), say('periodHelp'))}
  ${select('cijfers', say('state'), [
    { value: 'nu', label: say('now') },
    { value: 'afsluiting', label: say('closing') },
  ])}
  ${select(
    'vorm',
    say('kind'),
    makes.map((kind) => ({ value: kind, label: say(kind) })),
  )}
  <button class="utrecht-button utrecht-button--primary-action">${say('submit')}</button>
</form>
${makes.includes('pdf') ? null : html`<p>${say('noPdf')}</p>`}
</section>`;
}

interface Option {
  value: string;
  label: string;
}

function select(name: string, label: string, options: readonly Option[], help?: string): Html {
  return html`<div class="field">
    <label for="rapport-${name}">${label}</label>
    ${help === undefined ? null : html`<p class="help" id="rapport-${name}-help">${help}</p>`}
    <select class="utrecht-select" id="rapport-${name}" name="${name}"${
      help === undefined ? null : html` aria-describedby="rapport-${name}-help"`
    }>${options.map(({ value, label: shown }) => html`<option value="${value}">${shown}</option>`)}</select>
  </div>`;
}

/** The chosen year, its quarters and its months. */
function periodsOf({ language, filters: { year }, formats }: BoardContext): Option[] {
  const today = civilDateAt(new Date());
  const periods = [
    ...[1, 2, 3, 4].map((quarter) => `${year}-Q${quarter}`),
    ...Array.from({ length: 12 }, (_, month) => `${year}-${String(month + 1).padStart(2, '0')}`),
  ];
  return [
    { value: String(year), label: `${WORDS.year[language]} ${year}` },
    ...periods
      .filter((value) => daysOf(value).from <= today)
      .map((value) => ({ value, label: periodInWords(value, language, formats) })),
  ];
}

function keptTable({ language, formats, names }: BoardContext, rows: readonly KeptReport[]): Html {
  const say = (name: keyof typeof WORDS) => WORDS[name][language];
  const title = html`<h2 id="bewaard">${say('kept')}</h2><p>${say('keptLead')}</p>`;
  if (rows.length === 0)
    return html`<section aria-labelledby="bewaard">${title}<p>${say('noneKept')}</p></section>`;
  const columns = (['programme', 'municipality', 'period', 'asOf', 'files'] as const).map((name) => ({
    label: say(name),
  }));
  const cells = rows.map(({ id, name, municipality, period, asOf, files }) => [
    ...[name, names.municipality(municipality), periodInWords(period, language, formats)],
    formats.moment(asOf),
    files.map((file) => html`<a href="/rapporten/bewaard/${id}.${file}">${file.toUpperCase()}</a> `),
  ]);
  return html`<section aria-labelledby="bewaard">${title}
${table({ id: 'bewaarde-rapporten', caption: say('kept'), columns, rows: cells })}</section>`;
}
