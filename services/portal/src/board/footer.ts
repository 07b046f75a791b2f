/** The foot of every page: how new and complete the figures are, and what they rest on. */
import type { Status } from '@effectstroom/contracts';
import { type Html, html } from './html.ts';
import type { BoardContext } from './page.ts';
import { word } from './words.ts';

/** Seconds that a copy is always behind, as far as anybody can tell. */
const HARDLY_SECONDS = 5;

/** The foot; it says so where nobody can tell how new the figures are. */
export async function footer(context: BoardContext): Promise<Html> {
  const { language, seesDetail } = context;
  const status = await context.api.get<Status>('/v1/status').catch(() => undefined);
  return html`<footer class="page-footer" id="footer">
    <div class="page-width">
      <section id="freshness" aria-label="${word('freshness', language)}">
        ${status === undefined ? html`<p>${word('unknownFreshness', language)}</p>` : freshness(status, context)}
      </section>
      <p>${basis(context)}</p>
      ${!seesDetail && html`<p id="footnote">${word('footnote', language)}</p>`}
      <p><a href="/v1/docs">${word('api', language)}</a></p>
    </div>
  </footer>`;
}

function freshness(
  { newestEventAt, applied, quarantined, revaluations, database }: Status,
  context: BoardContext,
): Html {
  const { language, formats, filters } = context;
  const newest =
    newestEventAt === null
      ? word('noneYet', language)
      : html`<time datetime="${newestEventAt}">${formats.moment(newestEventAt)}</time>`;
  const waiting =
    applied.pending === 0
      ? word('allIn', language)
      : revaluations.length > 0
        ? word('revaluing', language)
        : `${formats.count(applied.pending)} ${word('waiting', language)}`;
  return html`<p>${word('newest', language)}: ${newest}. ${waiting} ${readFrom(database, context)}
    ${
      quarantined > 0 &&
      html`<a href="${filters.href('/aanlevering')}">${formats.count(quarantined)} ${word('quarantined', language)}</a>`
    }</p>`;
}

/** Nothing where the answers come from where they are written, or from a copy that is hardly behind. */
function readFrom(
  { role, behindSeconds }: Status['database'],
  { language, formats }: BoardContext,
): string | false {
  if (role === 'primary') return false;
  if (behindSeconds === null) return word('copyUnknown', language);
  return behindSeconds > HARDLY_SECONDS && `${word('copyBehind', language)} ${formats.count(behindSeconds)}.`;
}

function basis({ language, formats, filters }: BoardContext): string {
  const [from, to] = [formats.date(filters.from), formats.date(filters.to)];
  return language === 'nl'
    ? `Tenzij er iets anders staat: casussen van ${from} tot en met ${to}, na correctie, volgende jaren meegeteld, ` +
        'voor de hele samenleving, volgens wat nu bekend is.'
    : `Unless it says otherwise: cases from ${from} to ${to}, corrected, following years included, for society as a ` +
        'whole, as known now.';
}
