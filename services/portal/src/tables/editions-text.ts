/** Price lists with the first day of their editions in one cell, as `kostenhandleiding 2022-01-01`. */
export function editionsText(editions: readonly { priceList: string; from: string | null }[]): string | null {
  return editions.map(({ priceList, from }) => `${priceList} ${from ?? '-'}`).join(', ') || null;
}
