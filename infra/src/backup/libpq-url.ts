/** An address for PostgreSQL's own programs without its password, which everybody on the machine could see. */
export function libpqUrl(url: string): { address: string; env: Record<string, string> } {
  const parts = new URL(url);
  const password = decodeURIComponent(parts.password);
  parts.password = '';
  return { address: parts.href, env: password === '' ? {} : { PGPASSWORD: password } };
}
