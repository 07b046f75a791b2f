/** The board without loading pages anew: filters apply at once, and figures follow the events as they arrive. */

/** Milliseconds: between two fetches, between two announcements, until a stream that was refused is tried again. */
const FETCH_EVERY = 1_000;
const SAY_EVERY = 30_000;
const LISTEN_AGAIN = 30_000;

/** idiomorph, from a script of its own. */
const { Idiomorph } =
  /** @type {{ Idiomorph: { morph(node: Element, html: Element, options: object): void } }} */ (
    /** @type {unknown} */ (globalThis)
  );

/** What the reader did stays: open details, and what was typed. */
const MORPH = {
  morphStyle: 'outerHTML',
  ignoreActiveValue: true,
  callbacks: {
    /** @param {string} name @param {Element} node */
    beforeAttributeUpdated: (name, node) => !(name === 'open' && node.tagName === 'DETAILS'),
  },
};

const main = () => /** @type {HTMLElement} */ (document.querySelector('main'));

/** @param {string} text */
function announce(text) {
  const place = document.querySelector('#announcement');
  if (place !== null) place.textContent = text;
}

/**
 * The page at an address; undefined where it cannot be had now. Who is not signed in any more is told so.
 * @param {string} address
 * @returns {Promise<{ page: Document, address: string } | undefined>}
 */
async function load(address) {
  const answer = await fetch(address, { headers: { accept: 'text/html' } }).catch(() => undefined);
  if (answer === undefined || !answer.ok) return undefined;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  return { page, address: answer.url };
}

/** Whether a page is one of the board for who is signed in. @param {Document} page */
const isSignedIn = (page) => page.querySelector('#announcement') !== null;

/** Puts parts of another page in the place of those here. @param {Document} page @param {string[]} parts */
function show(page, parts) {
  for (const part of parts) {
    const [here, there] = [document.querySelector(part), page.querySelector(part)];
    if (here !== null && there !== null) Idiomorph.morph(here, there, MORPH);
  }
  document.title = page.title;
}

let fetchedAt = 0;
let saidAt = 0;
let isBusy = false;
/** The version that was told last. @type {string | undefined} */
let told;

/** Shows the page anew where there is something new: not more than once a second, and not in the background. */
async function follow() {
  const isOld = () => told !== undefined && main().dataset['version'] !== told;
  if (isBusy || document.hidden || !isOld()) return;
  isBusy = true;
  await new Promise((done) => setTimeout(done, Math.max(0, fetchedAt + FETCH_EVERY - Date.now())));
  fetchedAt = Date.now();
  const loaded = await load(location.href);
  isBusy = false;
  if (loaded === undefined) {
    setTimeout(follow, LISTEN_AGAIN);
    return;
  }
  if (!isSignedIn(loaded.page)) {
    announce(main().dataset['signedOut'] ?? '');
    stop();
    return;
  }
  const before = document.querySelector('#view')?.innerHTML;
  // Filters stay as they are: somebody may be choosing.
  show(loaded.page, ['#view', '#freshness']);
  main().dataset['version'] = loaded.page.querySelector('main')?.dataset['version'] ?? '';
  if (document.querySelector('#view')?.innerHTML !== before && Date.now() - saidAt > SAY_EVERY) {
    saidAt = Date.now();
    announce(main().dataset['updated'] ?? '');
  }
  if (isOld()) follow();
}

/** @type {EventSource | undefined} */
let stream;
let isStopped = false;

function stop() {
  isStopped = true;
  stream?.close();
}

/** Listens for changes while the page can be seen. */
function listen() {
  if (isStopped || document.hidden || stream !== undefined || main().dataset['version'] === undefined) return;
  stream = new EventSource('/live');
  stream.onmessage = ({ data }) => {
    told = data;
    follow();
  };
  stream.onerror = () => {
    // The browser connects again by itself, unless the answer was a refusal.
    if (stream?.readyState !== EventSource.CLOSED) return;
    stream = undefined;
    setTimeout(listen, LISTEN_AGAIN);
  };
}

document.addEventListener('visibilitychange', () => {
  if (!document.hidden) {
    listen();
    follow();
    return;
  }
  stream?.close();
  stream = undefined;
});

/** Shows another choice of figures. @param {string} address */
async function choose(address) {
  const loaded = await load(address);
  if (loaded === undefined || !isSignedIn(loaded.page)) return false;
  show(loaded.page, ['header', 'main', '#footer']);
  announce(main().dataset['updated'] ?? '');
  told = undefined;
  return true;
}

document.addEventListener('change', async ({ target }) => {
  const form = target instanceof HTMLSelectElement ? target.closest('form') : null;
  if (form === null || form.id !== 'filters') return;
  const given = [...new FormData(form)]
    .filter(([, value]) => value !== '')
    .map(([name, value]) => [name, String(value)]);
  const address = `${new URL(form.action).pathname}?${new URLSearchParams(given)}`;
  if (await choose(address)) history.pushState(null, '', address);
  else form.submit();
});

addEventListener('popstate', async () => {
  if (!(await choose(location.href))) location.reload();
});

listen();
