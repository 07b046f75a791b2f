/**
 * Addresses of a zaaksysteem. What others send us is never fetched: only the last part of an address, the
 * UUID, is taken out of it, and only where it lies under the address that the configuration names.
 */

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether an address lies under `base`, an address that ends with a slash: same origin, path below it. */
export function isUnder(base: string, address: string): boolean {
  return pathUnder(base, address) !== undefined;
}

/**
 * The UUID of an address `<base><resource>/<uuid>`, in lower case; undefined where the address is any other:
 * another origin, a query, a fragment, a user name, or more path than that.
 */
export function uuidOf(base: string, resource: string, address: string): string | undefined {
  const path = pathUnder(base, address);
  if (path === undefined || !path.startsWith(`${resource}/`)) return undefined;
  const uuid = path.slice(resource.length + 1).toLowerCase();
  return UUID.test(uuid) ? uuid : undefined;
}

/** The path of an address below `base`; undefined where it does not lie there. */
function pathUnder(base: string, address: string): string | undefined {
  const url = URL.parse(address);
  const under = new URL(base);
  if (url === null || url.origin !== under.origin || url.origin === 'null') return undefined;
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return undefined;
  // The parser has resolved dots; what is escaped could still be a dot or a slash to a server.
  if (url.pathname.includes('%') || !url.pathname.startsWith(under.pathname)) return undefined;
  return url.pathname.slice(under.pathname.length);
}
