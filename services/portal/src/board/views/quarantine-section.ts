/** What was sent and does not count yet, by reason, with what to do. */
import type { DeliveryRow, Quarantine } from '@effectstroom/contracts';
import { type Html, html } from '../html.ts';
import type { BoardContext } from '../page.ts';
import { shown } from '../shown.ts';
import { table } from '../table.ts';
import { caseAddress } from './case-address.ts';
import { quarantineReason } from './quarantine-reasons.ts';

/** @param quarantine undefined for who may not see single cases */
export function quarantineSection(
  quarantine: Quarantine | undefined,
  rows: readonly DeliveryRow[],
  context: BoardContext,
): Html {
  const { language } = context;
  const title = { nl: 'Telt nog niet mee (quarantaine)', en: 'Not counted yet (quarantine)' }[language];
  const body = quarantine === undefined ? sums(rows, context) : listed(quarantine, context);
  return html`<section aria-labelledby="quarantine-title">
    <h2 id="quarantine-title">${title}</h2>${body}</section>`;
}

function sums(rows: readonly DeliveryRow[], { language, formats }: BoardContext): Html {
  const all = formats.count(rows.reduce((sum, { quarantined }) => sum + quarantined, 0));
  return html`<p>${
    {
      nl:
        `Van deze bronnen staan ${all} berichten in quarantaine. Welke, ziet alleen wie losse ` +
        `casussen mag zien.`,
      en: `Of these sources ${all} events stand in quarantine. Which, is shown to who may see single cases.`,
    }[language]
  }</p>`;
}

function listed({ counts, rows }: Quarantine, context: BoardContext): Html {
  const { language, formats, filters, names } = context;
  const reasons = Object.entries(counts).sort(([, one], [, other]) => other - one);
  const nothing = { nl: 'Er staat niets in quarantaine.', en: 'Nothing stands in quarantine.' }[language];
  if (reasons.length === 0) return html`<p>${nothing}</p>`;
  const { count } = shown(context);
  const labels = {
    nl: ['Casus', 'Organisatie', 'Waarom', 'Wat te doen', 'Sinds'],
    en: ['Case', 'Organisation', 'Why', 'What to do', 'Since'],
  }[language];
  const wordsOf = (reason: string) => quarantineReason(reason, language);
  const caption = { nl: 'De oudste berichten in quarantaine', en: 'The oldest events in quarantine' }[
    language
  ];
  return html`<ul id="quarantine-reasons">${reasons.map(
    ([reason, events]) => html`<li>${wordsOf(reason)}: <strong>${count(events)}</strong></li>`,
  )}</ul>
    <details id="quarantine-events"><summary>${caption}</summary>
    ${table({
      ...{ id: 'quarantine', caption },
      columns: labels.map((label) => ({ label })),
      rows: rows.map(({ organisation, caseId, reason, detail, since }) => [
        html`<a href="${filters.href(caseAddress(organisation, caseId))}">${caseId}</a>`,
        ...[names.organisation(organisation), wordsOf(reason)],
        ...[html`<span lang="en">${detail}</span>`, formats.moment(since)],
      ]),
    })}</details>`;
}
