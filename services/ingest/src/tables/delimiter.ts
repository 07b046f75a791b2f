import type { TableHints } from '@effectstroom/contracts';

/** What stands between the cells of a row. */
export type Delimiter = NonNullable<TableHints['delimiter']>;

const CANDIDATES: readonly Delimiter[] = [';', ',', '\t', '|'];

/**
 * The delimiter of a CSV file, from its first lines: the one that cuts most lines in the same number of
 * cells, more cells weighing more. `;` where none does: a table of one column.
 */
export function delimiterOf(text: string): Delimiter {
  const [declared] = /(?<=^sep=)[;,\t|]/i.exec(text) ?? [];
  const found = CANDIDATES.find((candidate) => candidate === declared);
  if (found !== undefined) return found;
  let best: { delimiter: Delimiter; score: number } = { delimiter: ';', score: 0 };
  for (const delimiter of CANDIDATES) {
    const score = scoreOf(countsPerLine(text, delimiter));
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

function scoreOf(counts: readonly number[]): number {
  const linesByCount = new Map<number, number>();
  for (const count of counts) linesByCount.set(count, (linesByCount.get(count) ?? 0) + 1);
  return Math.max(0, ...[...linesByCount].map(([count, lines]) => count * lines));
}

/** How often the delimiter stands in each line, not counting what is quoted. */
function countsPerLine(text: string, delimiter: Delimiter): number[] {
  const counts: number[] = [];
  let count = 0;
  let isQuoted = false;
  for (const character of text) {
    if (character === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (character === delimiter) count++;
    else if (character === '\n') {
      counts.push(count);
      count = 0;
    }
  }
  return counts.length === 0 ? [count] : counts;
}
