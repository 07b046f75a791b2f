/** The same items in the same order, of which so many are asked for before they are taken. */
export async function* ahead<T>(
  items: AsyncGenerator<T, undefined>,
  count: number,
): AsyncGenerator<T, undefined> {
  const coming: Promise<IteratorResult<T, undefined>>[] = [];
  for (;;) {
    while (coming.length <= count) {
      const next = items.next();
      next.catch(() => undefined); // it fails where it is awaited, or not at all
      coming.push(next);
    }
    const item = await coming.shift();
    if (item === undefined || item.done) return;
    yield item.value;
  }
}
