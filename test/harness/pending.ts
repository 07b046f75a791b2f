/**
 * How many messages are not in the totals yet, by the word of a portal.
 * @param key that may read
 * @throws Error where the portal does not say
 */
export async function pendingOf(portal: string, key = 'local-read'): Promise<number> {
  const response = await fetch(`${portal}/v1/status`, {
    headers: { authorization: `Bearer ${key}` },
    signal: AbortSignal.timeout(10_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`/v1/status: ${response.status} ${text}`);
  return (JSON.parse(text) as { applied: { pending: number } }).applied.pending;
}
