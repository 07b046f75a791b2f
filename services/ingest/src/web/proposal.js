/** A proposed mapping, and the first rows as it reads them. */
import { byId, element, table } from './elements.js';
import { faultText, lineText, typeName } from './words.js';

/** @typedef {import('./ingest-api.js').Proposal} Proposal */

const FIELDS = /** @type {const} */ (['municipality', 'organisation', 'source']);

/**
 * Shows a proposal, to be completed.
 * @param {Proposal} proposal
 * @param {Readonly<Record<string, string>>} dutch
 */
export function showProposal({ proposal, questions, preview }, dutch) {
  byId('questions', HTMLUListElement).replaceChildren(...questions.map((text) => element('li', { text })));
  for (const name of FIELDS) {
    const given = proposal[name];
    byId(name, HTMLInputElement).value = typeof given === 'string' ? given : '';
  }
  byId('body', HTMLTextAreaElement).value = JSON.stringify(proposal, null, 2);
  const rows = preview.map(({ row, event, faults = [] }) => {
    if (event === undefined) {
      const list = faults.map((fault) => element('li', { text: faultText(fault, dutch) }));
      return [String(row), '', '', '', element('ul', { class: 'fault' }, ...list)];
    }
    const { caseId, date, theme, goal, avoided } = event.data;
    const lines = Array.isArray(avoided) ? avoided : [];
    const read = lines.map((line) => element('li', { text: lineText(line) }));
    const where = [theme, goal].filter((code) => code !== undefined).join(' / ');
    return [
      String(row),
      String(caseId),
      String(date ?? ''),
      where,
      element('div', {}, typeName(event.type), element('ul', {}, ...read)),
    ];
  });
  const heads = ['Rij', 'Casus', 'Datum', 'Thema / doel', 'Zo wordt het gelezen'];
  byId('preview', HTMLDivElement).replaceChildren(table('De eerste rijen', heads, rows));
}

/**
 * The mapping as it now stands on the page.
 * @returns {Record<string, unknown>}
 * @throws {SyntaxError} where its text is no JSON
 */
export function draftedMapping() {
  const body = JSON.parse(byId('body', HTMLTextAreaElement).value);
  for (const name of FIELDS) {
    const { value } = byId(name, HTMLInputElement);
    if (value !== '') body[name] = value;
  }
  return body;
}
