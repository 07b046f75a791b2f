/** The certificate as a Dutch page to print or to keep. */
import type { Certificate } from '@effectstroom/contracts';
import { formatsIn } from '../board/formats.ts';
import { type Html, html, trusted } from '../board/html.ts';

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 48rem; padding: 0 1rem; }
  h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
  table { border-collapse: collapse; width: 100%; }
  th, td { border-bottom: 1px solid #ccc; padding: .3rem .6rem; text-align: left; vertical-align: top; }
  td { text-align: right; font-variant-numeric: tabular-nums; }`;

/**
 * The page holds nothing of the case itself: it says what went, what stays and why.
 * @param showsTimes whether the moments are told to the minute; else to the day
 */
export function certificatePage(certificate: Certificate, showsTimes: boolean): string {
  const momentOf = (text: string) => (showsTimes ? MOMENT.format(new Date(text)) : date(text));
  const { id, organisation, request, requestedAt, appliedAt } = certificate;
  const about: [string, string][] = [
    ['Nummer van de wissing', id],
    ['Organisatie', organisation],
    ...(request === null ? [] : [['Kenmerk van het verzoek', request] as [string, string]]),
    ['Gevraagd', momentOf(requestedAt)],
    ['Uitgevoerd', appliedAt === null ? 'nog niet: vraag deze pagina straks opnieuw' : momentOf(appliedAt)],
  ];
  const page = html`<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Bewijs van wissing</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<main>
<h1>Bewijs van wissing van een casus</h1>
${tableOf(about)}
${missingOf(certificate)}
${removedOf(certificate)}
${transportOf(certificate, momentOf)}
${correctionOf(certificate)}
</main>
</body>
</html>
`;
  return `<!doctype html>\n${page}`;
}

function missingOf({ found }: Certificate): Html | null {
  if (found !== false) return null;
  return html`<p><strong>Onder dit nummer is geen casus gevonden.</strong> De casus was al gewist, of het nummer klopt
niet: kijk het na. Deze wissing houdt niets tegen; wat onder dit nummer nog komt, telt gewoon mee, tenzij een eerdere
wissing het tegenhoudt.</p>`;
}

function removedOf({ removed, kept }: Certificate): Html | null {
  if (removed === null || kept === null) return null;
  return html`<h2>Wat is verwijderd</h2>
${tableOf([
  ['Berichten over de casus, met hun hele inhoud en kenmerken', count(removed.events)],
  ['Berichten in quarantaine', count(removed.quarantined)],
  ['Besluiten over quarantaine die een bericht van de casus noemden', count(removed.decisions)],
  ['Onleesbare berichten die de casus noemden', count(removed.unreadable)],
  ['Boekingen waaruit de sleutel van de inwoner is gehaald', count(removed.residents)],
  ['Berichten die daarna (opnieuw) kwamen en zijn weggegooid', count(removed.later)],
])}
<h2>Wat blijft, en waarom</h2>
${tableOf([
  ['Boekingen: bedragen met de datum en de groep van de casus', count(kept.ledgerEntries)],
  ['Regels in bundels van afgesloten perioden', count(kept.closingLines)],
])}
<p>De boekingen noemen niemand. Ze blijven, zodat cijfers die eerder zijn genoemd na te rekenen zijn; sinds de
wissing tellen ze samen op tot nul. De regels van afgesloten perioden bevatten geen nummer van de casus, geen sleutel
van de inwoner en geen nummer van een bericht; ze blijven, zodat een afgesloten cijfer na te rekenen is.</p>
<p>Reservekopieën van de databank vallen hier buiten: die verdwijnen volgens de bewaartermijn van wie ze maakt. Wie een
oudere kopie terugzet, vraagt de wissing daarna opnieuw aan.</p>`;
}

function transportOf(
  { found, transport: { until, isOver } }: Certificate,
  momentOf: (text: string) => string,
): Html {
  const moment = momentOf(until);
  const title = html`<h2>De stroom van berichten</h2>`;
  if (isOver)
    return html`${title}<p>De stroom kon tot ${moment} berichten over de casus bevatten; nu niet meer.</p>`;
  if (found === false)
    return html`${title}<p>Tot ${moment} kan in de stroom staan dat dit is gevraagd. Niemand van buiten leest dat.</p>`;
  return html`${title}<p>Tot ${moment} kan de stroom nog berichten over de casus bevatten. Niemand van buiten leest die,
en ze tellen niet mee. Komt de casus tot dan opnieuw binnen, dan wordt hij weggegooid en schuift dit moment op; daarna
is hij een nieuwe casus.</p>`;
}

function correctionOf({ correction }: Certificate): Html | null {
  if (correction === null) return null;
  const { cases, gross, corrected } = correction;
  return html`<h2>Wat het verandert in de totalen</h2>
${tableOf([
  ['Casussen', count(cases.registered)],
  ['Waarvan beoordeeld', count(cases.assessed)],
  ['Casussen waar zij voor staan', count(cases.represented)],
  ['Besparing, bruto', cents(gross)],
  ['Besparing, na correctie', cents(corrected)],
])}
<p>Dit staat in de boekingen met de oorzaak ‘wissing’.</p>`;
}

function tableOf(rows: readonly [name: string, value: string][]): Html {
  return html`<table>
<tbody>${rows.map(
    ([name, value]) => html`
<tr><th scope="row">${name}</th><td>${value}</td></tr>`,
  )}
</tbody>
</table>`;
}

const { count, cents, date } = formatsIn('nl');

const MOMENT = new Intl.DateTimeFormat('nl-NL', {
  ...{ dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Amsterdam' },
});
