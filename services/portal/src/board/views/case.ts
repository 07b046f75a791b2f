/** The history of one case, for who may see single cases. */
import { type CaseHistoryAnswer, caseAddressSchema, parseQuery } from '@effectstroom/contracts';
import { type Html, html, type Piece } from '../html.ts';
import type { BoardContext, BoardPage } from '../page.ts';
import { shown } from '../shown.ts';
import { table } from '../table.ts';
import { partName } from './part-words.ts';
import { quarantineReason } from './quarantine-reasons.ts';

export const casePage: BoardPage = {
  path: '/casus/:organisation/:caseId',
  title: { nl: 'Eén casus', en: 'One case' },
  hasNoFilters: true,
  isLive: true,
  render,
};

const STATES = {
  registered: { nl: 'geregistreerd, nog niet beoordeeld', en: 'registered, not assessed yet' },
  assessed: { nl: 'beoordeeld', en: 'assessed' },
  withdrawn: { nl: 'ingetrokken', en: 'withdrawn' },
};

const STATUSES = {
  counted: { nl: 'telt mee', en: 'counted' },
  superseded: { nl: 'vervangen door een nieuwere', en: 'superseded' },
  duplicate: { nl: 'herhaling', en: 'repetition' },
  quarantined: { nl: 'in quarantaine', en: 'in quarantine' },
};

async function render(context: BoardContext): Promise<Html> {
  const { api, language, names, request } = context;
  const { organisation, caseId } = parseQuery(caseAddressSchema, request.params);
  const found = await api.get<CaseHistoryAnswer>(`/v1/cases/${organisation}/${encodeURIComponent(caseId)}`);
  const waiting = { nl: 'alle berichten staan in quarantaine', en: 'all events stand in quarantine' };
  const state = found.state === null ? waiting : STATES[found.state];
  const lead = { nl: 'Casus', en: 'Case' }[language];
  const working = { nl: 'Hoe het bedrag is uitgerekend', en: 'How the amount was worked out' };
  const date = found.entries.at(-1)?.date;
  const explained = (day: string) =>
    context.filters.href('/uitleg', { jaar: day.slice(0, 4), pad: `case:${organisation}/${caseId}` });
  const pseudonym = {
    nl: 'Het nummer is een pseudoniem: hier staat nergens wie het is.',
    en: 'The number is a pseudonym: nothing here says who it is.',
  };
  return html`<p class="lead">${lead} <strong>${found.caseId}</strong>,
      ${names.organisation(organisation)}: ${state[language]}.</p>
    <p class="basis">${pseudonym[language]}</p>
    ${date !== undefined && html`<p><a href="${explained(date)}">${working[language]}</a></p>`}
    ${eventsTable(found, context)}
    ${entriesTable(found, context)}`;
}

function eventsTable({ events }: CaseHistoryAnswer, context: BoardContext): Html {
  const { language, formats } = context;
  const labels = {
    nl: ['Bekend sinds', 'Soort', 'Versie', 'Status', 'Waarom niet'],
    en: ['Known since', 'Kind', 'Revision', 'Status', 'Why not'],
  }[language];
  const kindOf = (type: string) => {
    const kind = type.split('.').at(-1) ?? type;
    return kind in STATES ? STATES[kind as keyof typeof STATES][language] : kind;
  };
  return table({
    id: 'events',
    caption: { nl: 'Welke berichten over deze casus zijn gestuurd', en: 'What was sent about this case' }[
      language
    ],
    columns: labels.map((label, at) => ({ label, isNumber: at === 2 })),
    rows: events.map(({ knownAt, type, revision, status, reason }): Piece[] => [
      ...[formats.moment(knownAt), kindOf(type), formats.count(revision), STATUSES[status][language]],
      reason === null ? '' : quarantineReason(reason, language),
    ]),
  });
}

function entriesTable({ entries }: CaseHistoryAnswer, context: BoardContext): Html {
  const { language, formats } = context;
  const { cents } = shown(context);
  const labels = {
    nl: ['Geboekt op', 'Waarom', 'Door', 'Bruto', 'Na correctie'],
    en: ['Booked on', 'Why', 'By', 'Gross', 'Corrected'],
  }[language];
  const causeOf = (cause: CaseHistoryAnswer['entries'][number]['cause']) =>
    cause.kind === 'event' ? { nl: 'een bericht', en: 'an event' }[language] : `${cause.kind} ${cause.key}`;
  if (entries.length === 0) return html``;
  return table({
    id: 'entries',
    caption: { nl: 'Hoe deze casus in de totalen is geboekt', en: 'How this case was booked in the totals' }[
      language
    ],
    columns: labels.map((label, at) => ({ label, isNumber: at > 2 })),
    rows: entries.map(({ knownAt, part, cause, gross, corrected }): Piece[] => [
      ...[formats.moment(knownAt), partName(part)[language], causeOf(cause), cents(gross), cents(corrected)],
    ]),
  });
}
