/** The saving of an assessment, shown while it is filled in. Without this script a button shows it. */

/** Milliseconds after the last key. */
const PAUSE = 200;

const form = /** @type {HTMLFormElement | null} */ (document.querySelector('form[data-assess]'));

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** Of the newest question: an answer to an older one is of no use any more. */
let asked = 0;

/** @param {HTMLFormElement} filled */
async function showSaving(filled) {
  asked++;
  const number = asked;
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(filled)) body.append(name, String(value));
  body.set('actie', 'bereken');
  const answer = await fetch(filled.action, { method: 'POST', body }).catch(() => undefined);
  if (answer === undefined || !answer.ok || number !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const part of ['#besparing-totaal', '#besparing-uitleg']) {
    const [here, there] = [document.querySelector(part), page.querySelector(part)];
    if (here === null || there === null || here.innerHTML === there.innerHTML) continue;
    const isOpen = here.querySelector('details')?.open === true;
    here.innerHTML = there.innerHTML;
    if (isOpen) here.querySelector('details')?.setAttribute('open', '');
  }
  nameServices(filled, page);
}

/**
 * Writes out what was meant with part of a name, but not under somebody's hands.
 * @param {HTMLFormElement} filled @param {Document} page
 */
function nameServices(filled, page) {
  const fields = /** @type {NodeListOf<HTMLInputElement>} */ (filled.querySelectorAll('input[list]'));
  for (const field of fields) {
    const meant = page.getElementById(field.id)?.getAttribute('value');
    if (field !== document.activeElement && meant) field.value = meant;
  }
}

if (form !== null) {
  for (const button of form.querySelectorAll('[data-without-script]')) button.setAttribute('hidden', '');
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => showSaving(form), PAUSE);
  });
}
