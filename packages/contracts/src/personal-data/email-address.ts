/** What comes before and after the sign of an address; the sign may be percent-encoded, as in a URI. */
const AFTER = /(?:@|%40)(?:[\p{L}\p{N}-]{1,63}\.)+\p{L}{2,63}/uy;
const BEFORE = /[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~"-]/u;

/**
 * Whether an e-mail address stands in `text`: `name@host.tld`. Not `@name`, `name@1.2.3` or `name@host`.
 * Takes time in proportion to the text, whatever it holds.
 */
export function holdsEmailAddress(text: string): boolean {
  return hasAddressAt(text, '@') || hasAddressAt(text, '%40');
}

function hasAddressAt(text: string, sign: string): boolean {
  for (let at = text.indexOf(sign, 1); at > 0; at = text.indexOf(sign, at + 1)) {
    AFTER.lastIndex = at;
    if (BEFORE.test(text.charAt(at - 1)) && AFTER.test(text)) return true;
  }
  return false;
}
