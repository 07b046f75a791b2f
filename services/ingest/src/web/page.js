/** Delivering a file: choose, see how it is read, try it, deliver it. */
import { byId, element } from './elements.js';
import { IngestApi, Refusal } from './ingest-api.js';
import { draftedMapping, showProposal } from './proposal.js';
import { follow, showReport, showVanished } from './run.js';
import { refusalText } from './words.js';

/** Faults in Dutch, by code. */
const dutch = await fetch('/web/faults.json').then((response) => response.json());

let api = new IngestApi('');

/** @returns {File} */
function chosenFile() {
  const file = byId('file', HTMLInputElement).files?.[0];
  if (file === undefined) throw new Error('Kies eerst een bestand.');
  return file;
}

/** @param {unknown} error */
function tell(error) {
  const place = byId('message', HTMLDivElement);
  if (!(error instanceof Refusal)) {
    const isAway = error instanceof TypeError;
    const text = isAway ? 'Effectstroom antwoordt niet. Probeer het zo opnieuw.' : String(error);
    return place.replaceChildren(element('p', { text }));
  }
  const faults = error.faults.slice(0, 50).map(({ pointer, code, detail }) => {
    const text = `${pointer === '' ? 'het geheel' : pointer}: ${dutch[code] ?? detail}`;
    return element('li', { text });
  });
  const text = refusalText(error.status) ?? (error.message || 'Het is niet gelukt.');
  return place.replaceChildren(element('p', { text }), element('ul', {}, ...faults));
}

/**
 * Does what a form asks, once at a time, and tells what goes wrong.
 * @param {string} id
 * @param {() => Promise<void>} act
 */
function onSubmit(id, act) {
  byId(id, HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    void once(act);
  });
}

let isBusy = false;

/** @param {() => Promise<void>} act */
async function once(act) {
  if (isBusy) return;
  isBusy = true;
  byId('message', HTMLDivElement).replaceChildren();
  try {
    await act();
  } catch (error) {
    tell(error);
  } finally {
    isBusy = false;
  }
}

/** Fills the list of mappings; the last choice is to make a new one. */
async function listMappings(chosen = '') {
  const mappings = await api.mappings();
  const options = mappings.map(
    ({ code, name }) => new Option(name === undefined ? code : `${name} (${code})`, code),
  );
  byId('code', HTMLSelectElement).replaceChildren(...options, new Option('Nog geen: doe een voorstel', ''));
  if (chosen !== '') byId('code', HTMLSelectElement).value = chosen;
  byId('mapping', HTMLFormElement).hidden = false;
  return mappings.length;
}

async function propose() {
  showProposal(await api.propose(chosenFile()), dutch);
  byId('proposal', HTMLElement).hidden = false;
}

/** @param {boolean} dryRun */
async function run(dryRun) {
  const choices = {
    mapping: byId('code', HTMLSelectElement).value,
    full: byId('full', HTMLInputElement).checked,
    dryRun,
  };
  byId('vanished', HTMLDivElement).replaceChildren();
  byId('report', HTMLDivElement).replaceChildren();
  byId('deliver', HTMLButtonElement).hidden = true;
  await rest(await api.start(chosenFile(), choices));
}

/**
 * Follows an import to its rest and shows what can be done then.
 * @param {import('./ingest-api.js').Import} started
 */
async function rest(started) {
  const { id } = started;
  byId('stop', HTMLButtonElement).onclick = () => api.order(id, 'stop').catch(tell);
  byId('resume', HTMLButtonElement).onclick = () => once(async () => rest(await api.order(id, 'resume')));
  const ended = await follow(api, started);
  byId('run-title', HTMLHeadingElement).focus();
  if (ended.state !== 'done') return;
  await showReport(api, ended, dutch);
  byId('deliver', HTMLButtonElement).hidden = !ended.dryRun;
  if (ended.full && !ended.dryRun)
    await showVanished(api, ended, () => once(async () => rest(await api.look(id))), tell);
}

onSubmit('choose', async () => {
  api = new IngestApi(byId('key', HTMLInputElement).value);
  if ((await listMappings()) === 0) await propose();
});
onSubmit('mapping', async () => {
  if (byId('code', HTMLSelectElement).value === '') return propose();
  byId('proposal', HTMLElement).hidden = true;
  return run(true);
});
onSubmit('draft', async () => {
  const code = byId('new-code', HTMLInputElement).value;
  await api.putMapping(code, draftedMapping());
  await listMappings(code);
  byId('proposal', HTMLElement).hidden = true;
  await run(true);
});
byId('deliver', HTMLButtonElement).addEventListener('click', () => once(() => run(false)));
