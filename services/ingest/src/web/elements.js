/** Building the page. Texts are set as texts: nothing of a file is ever read as HTML. */

/**
 * The element with this id.
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} kind
 * @returns {T}
 */
export function byId(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`);
  return found;
}

/**
 * A new element.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {{ class?: string, text?: string }} [options]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, options = {}, ...children) {
  const made = document.createElement(name);
  if (options.class !== undefined) made.className = options.class;
  if (options.text !== undefined) made.textContent = options.text;
  made.append(...children);
  return made;
}

/**
 * A table that scrolls by itself where the screen is narrow.
 * @param {string} caption
 * @param {string[]} heads
 * @param {(string | Node)[][]} rows
 */
export function table(caption, heads, rows) {
  const head = element('tr', {}, ...heads.map((text) => scoped(element('th', { text }), 'col')));
  const body = rows.map((cells) => element('tr', {}, ...cells.map((cell) => element('td', {}, cell))));
  const whole = element(
    'table',
    {},
    element('caption', { text: caption }),
    element('thead', {}, head),
    element('tbody', {}, ...body),
  );
  const frame = element('div', { class: 'table' }, whole);
  frame.tabIndex = 0;
  frame.setAttribute('role', 'region');
  frame.setAttribute('aria-label', caption);
  return frame;
}

/**
 * @param {HTMLTableCellElement} cell
 * @param {'col' | 'row'} scope
 */
function scoped(cell, scope) {
  cell.scope = scope;
  return cell;
}

/**
 * A button that does something once at a time.
 * @param {string} text
 * @param {() => Promise<unknown>} act
 */
export function button(text, act) {
  const made = element('button', { text });
  made.type = 'button';
  made.addEventListener('click', () => act());
  return made;
}
