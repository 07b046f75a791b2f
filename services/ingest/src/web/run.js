/** An import that runs: how far it is, what became of the rows, and what can be done next. */
import { button, byId, element, table } from './elements.js';
import { duration, faultText, STATES, whole } from './words.js';

/**
 * @typedef {import('./ingest-api.js').Import} Import
 * @typedef {import('./ingest-api.js').IngestApi} IngestApi
 */

const LOOK_EVERY_MS = 500;

/**
 * Follows an import until it rests.
 * @param {IngestApi} api
 * @param {Import} started
 * @returns {Promise<Import>} as it then is
 */
export async function follow(api, started) {
  let now = started;
  show(now);
  while (now.state === 'queued' || now.state === 'reading' || now.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    now = await api.look(now.id);
    show(now);
  }
  return now;
}

/** @param {Import} now */
function show({ state, dryRun, rows, cases, rowsPerSecond, secondsLeft, failure }) {
  byId('run', HTMLElement).hidden = false;
  byId('run-title', HTMLHeadingElement).textContent = dryRun
    ? '3. Proef: er telt nog niets mee'
    : '4. Aanleveren';
  const bar = byId('progress', HTMLProgressElement);
  if (rows.total === null) bar.removeAttribute('value');
  else bar.value = rows.total === 0 ? 1 : rows.done / rows.total;
  const rate =
    rowsPerSecond === null || secondsLeft === null
      ? ''
      : ` ${whole(Math.round(rowsPerSecond))} rijen per seconde, nog ongeveer ${duration(secondsLeft)}.`;
  const taken = dryRun ? 'zouden meetellen of veranderen' : 'aangenomen';
  byId('counts', HTMLParagraphElement).textContent =
    `${STATES[state]}: ${whole(rows.done)} van ${rows.total === null ? '…' : whole(rows.total)} rijen.${rate} ` +
    `${whole(cases.accepted)} casussen ${taken}, ${whole(cases.unchanged)} ongewijzigd, ` +
    `${whole(rows.refused)} rijen geweigerd.${failure === null ? '' : ` Reden: ${failure.detail}`}`;
  byId('stop', HTMLButtonElement).hidden = state !== 'running' && state !== 'reading';
  byId('resume', HTMLButtonElement).hidden = state !== 'stopped';
}

/**
 * Shows what was refused and where the whole report is.
 * @param {IngestApi} api
 * @param {Import} ended
 * @param {Readonly<Record<string, string>>} dutch
 */
export async function showReport(api, { id, rows }, dutch) {
  const parts = [];
  if (rows.refused > 0) {
    const { rows: refused } = await api.refused(id);
    const cells = refused.map(({ row, faults }) => {
      const list = faults.map((fault) => element('li', { text: faultText(fault, dutch) }));
      return [String(row), element('ul', {}, ...list)];
    });
    parts.push(table('Geweigerde rijen (de eerste 100)', ['Rij', 'Wat er mis is'], cells));
  } else {
    parts.push(element('p', { class: 'good', text: 'Geen enkele rij is geweigerd.' }));
  }
  const kinds = /** @type {const} */ ([
    ['Verslag als CSV', 'text/csv', 'csv'],
    ['Verslag als pagina', 'text/html', 'html'],
  ]);
  const buttons = kinds.map(([text, type, extension]) =>
    button(text, async () => save(await api.report(id, type), `verslag-${id}.${extension}`)),
  );
  parts.push(element('p', { class: 'buttons' }, ...buttons.flatMap((one) => [one, ' '])));
  byId('report', HTMLDivElement).replaceChildren(...parts);
}

/**
 * Shows the cases that are no longer in a full export; they are withdrawn only where a person says so.
 * @param {IngestApi} api
 * @param {Import} ended
 * @param {(withdrawn: unknown) => void} done
 * @param {(error: unknown) => void} failed
 */
export async function showVanished(api, { id }, done, failed) {
  const { count, unreadable, cases } = await api.vanished(id);
  const place = byId('vanished', HTMLDivElement);
  if (count === 0) return place.replaceChildren();
  if (unreadable > 0) {
    const why = `Van ${whole(unreadable)} rijen is niet te lezen over welke casus ze gaan. Verbeter die eerst; intrekken kan daarna.`;
    return place.replaceChildren(element('p', { class: 'fault', text: why }));
  }
  const list = cases.slice(0, 100).map((text) => element('li', { text }));
  const details = element('details', {}, element('summary', { text: 'Welke?' }), element('ul', {}, ...list));
  const text = `${whole(count)} casussen stonden in een eerdere levering en niet in dit bestand.`;
  const withdraw = button(`Trek deze ${whole(count)} casussen in`, () =>
    api.withdrawVanished(id, count).then(done, failed),
  );
  return place.replaceChildren(
    element('h3', { text: 'Verdwenen casussen' }),
    element('p', { text }),
    details,
    element('p', {}, withdraw),
  );
}

/**
 * @param {Blob} blob
 * @param {string} name
 */
function save(blob, name) {
  const link = element('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
