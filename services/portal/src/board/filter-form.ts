/** The form that chooses whose figures a page shows; a plain GET, so the choice is in the address. */
import { civilDateAt, type ProgrammeRow } from '@effectstroom/contracts';
import type { PageParts } from './document.ts';
import { type Html, html } from './html.ts';
import { inScope } from './in-scope.ts';
import { word } from './words.ts';

interface Option {
  value: string;
  label: string;
}

interface Select {
  name: string;
  label: string;
  chosen: string | undefined;
  options: readonly Option[];
  /** Of the choice of everything; left out where something must be chosen. */
  all?: string;
}

/** Years that can be chosen, from this one back. */
const YEARS = 12;

/** The form as it stands for a page: only what belongs together can be chosen. */
export function filterForm({ context, page }: PageParts): Html {
  const { request, language, filters, names, programmes } = context;
  const { municipality, organisation, programme } = filters;
  const there = inScope(programmes, { municipality });
  const theirs = inScope(there, { organisation });
  const all = word('all', language);
  const selects: Select[] = [
    {
      ...{ name: 'gemeente', label: word('municipality', language), chosen: municipality, all },
      options: optionsOf(
        programmes,
        (row) => row.municipality,
        (row) => names.municipality(row.municipality),
      ),
    },
    {
      ...{ name: 'organisatie', label: word('organisation', language), chosen: organisation, all },
      options: optionsOf(
        there,
        (row) => row.organisation,
        (row) => names.organisation(row.organisation),
      ),
    },
    {
      ...{ name: 'programma', label: word('programme', language), chosen: programme, all },
      options: optionsOf(
        theirs,
        (row) => row.programme,
        (row) => row.name,
      ),
    },
    {
      ...{ name: 'jaar', label: word('year', language), chosen: String(filters.year) },
      options: yearsTo(Number(civilDateAt(new Date()).slice(0, 4)), filters.year),
    },
  ];
  const { pathname, searchParams } = new URL(request.url, 'http://board');
  const kept = (page.keeps ?? []).flatMap((name) =>
    searchParams.getAll(name).map((value) => ({ name, value })),
  );
  return html`<form id="filters" class="filters" method="get" action="${pathname}" role="search"
    aria-label="${word('filters', language)}">
    ${language !== 'nl' && html`<input type="hidden" name="taal" value="${language}">`}
    ${kept.map(({ name, value }) => html`<input type="hidden" name="${name}" value="${value}">`)}
    ${selects.map(selectOf)}
    <button class="utrecht-button utrecht-button--secondary-action">${word('show', language)}</button>
  </form>`;
}

function selectOf({ name, label, chosen, options, all }: Select): Html {
  const isKnown = chosen === undefined || options.some(({ value }) => value === chosen);
  const shown = isKnown ? options : [...options, { value: chosen, label: chosen }];
  return html`<div class="filter">
    <label for="filter-${name}">${label}</label>
    <select id="filter-${name}" name="${name}" autocomplete="off">
      ${all !== undefined && html`<option value="">${all}</option>`}
      ${shown.map(
        (one) =>
          html`<option value="${one.value}" ${one.value === chosen && html`selected`}>${one.label}</option>`,
      )}
    </select>
  </div>`;
}

/** Each value once, by its label. Values with several labels have them all. */
function optionsOf(
  rows: readonly ProgrammeRow[],
  keyOf: (row: ProgrammeRow) => string,
  labelOf: (row: ProgrammeRow) => string,
): Option[] {
  const labels = new Map<string, Set<string>>();
  for (const row of rows) {
    const known = labels.get(keyOf(row)) ?? new Set();
    labels.set(keyOf(row), known.add(labelOf(row)));
  }
  return [...labels]
    .map(([value, names]) => ({ value, label: names.size > 1 ? value : [...names].join() }))
    .sort((one, other) => one.label.localeCompare(other.label, 'nl'));
}

function yearsTo(newest: number, chosen: number): Option[] {
  const years = new Set(Array.from({ length: YEARS }, (_, back) => newest - back)).add(chosen);
  return [...years]
    .sort((one, other) => other - one)
    .map((year) => ({ value: String(year), label: String(year) }));
}
