/** Says beside figures whether they are complete, and who has yet to deliver. */
import type { SavingsBasis } from '@effectstroom/contracts';
import { alert } from '../alert.ts';
import { type Html, html } from '../html.ts';
import type { BoardContext } from '../page.ts';

/** So many are named; the page of deliveries has them all. */
const NAMED_MAX = 4;

export function completenessNotice(
  { complete, missing }: Pick<SavingsBasis, 'complete' | 'missing'>,
  context: BoardContext,
): Html {
  const { language, filters } = context;
  if (complete) {
    const words = {
      nl: 'Volledig: alles wat tot nu toe geleverd moest zijn, is binnen en telt mee.',
      en: 'Complete: everything that was due so far has been delivered and is counted.',
    };
    return alert('ok', html`<p>${words[language]}</p>`, 'completeness');
  }
  const title = { nl: 'Deze cijfers zijn nog niet volledig', en: 'These figures are not complete yet' };
  const more = { nl: 'Bekijk wie wat heeft geleverd', en: 'See who delivered what' };
  const rest = missing.length - NAMED_MAX;
  const others = { nl: `en nog ${rest} meer`, en: `and ${rest} more` };
  const body = html`<p><strong>${title[language]}</strong></p>
    <ul>
      ${missing.slice(0, NAMED_MAX).map((one) => html`<li>${missingText(one, context)}</li>`)}
      ${rest > 0 && html`<li>${others[language]}</li>`}
    </ul>
    <p><a href="${filters.href('/aanlevering')}">${more[language]}</a></p>`;
  return alert('warning', body, 'completeness');
}

function missingText(
  one: SavingsBasis['missing'][number],
  { language, formats, names }: BoardContext,
): string {
  const organisation = names.organisation(one.organisation);
  if (one.kind === 'delivery') {
    const due = formats.date(one.due);
    return language === 'nl'
      ? `${organisation} had op ${due} moeten leveren.`
      : `${organisation} should have delivered by ${due}.`;
  }
  if (one.kind === 'quarantine') {
    const events = formats.count(one.events);
    return language === 'nl'
      ? `${organisation}: ${events} ${one.events === 1 ? 'bericht telt' : 'berichten tellen'} nog ` +
          `niet mee, want er mist iets of ze spreken elkaar tegen.`
      : `${organisation}: ${events} ${one.events === 1 ? 'event is' : 'events are'} not counted ` +
          `yet: something is missing, or they contradict each other.`;
  }
  return language === 'nl'
    ? `${organisation}: er is niet afgesproken wanneer gegevens moeten komen, dus niemand kan zien ` +
        `of alles er is.`
    : `${organisation}: no delivery dates were agreed, so nobody can tell whether everything is in.`;
}
