/** Walks explanations of the portal, and says what does not add up. */
import { type Explanation, explainSchema } from '@effectstroom/contracts';
import type { Random } from '../scenarios/random.ts';

export type Ask = (path: string) => Promise<unknown>;

export interface Root {
  figure: Explanation['figure'];
  /** Parameters of the question, as /v1/savings takes them. */
  question: Record<string, string>;
}

const BY = [
  ...['theme', 'goal', 'workType', 'targetGroup', 'supportType', 'team', 'area', 'wellbeing', 'month'],
  ...['municipality', 'organisation', 'programme', 'quarter', 'year'],
];
const BY_LINE = ['costBearer', 'effect', 'recurrence', 'cashable'];

export function addressOf({ figure, question }: Root, more: Record<string, string> = {}): string {
  return `/v1/explain?${new URLSearchParams({ ...question, figure, ...more })}`;
}

export async function askExplanation(ask: Ask, path: string): Promise<Explanation> {
  return explainSchema.parse(await ask(path));
}

/** A walk down, each time by another dimension or the usual one; at every step all must add up. */
export async function walkFaults(ask: Ask, root: Root, random: Random): Promise<string[]> {
  const faults: string[] = [];
  const left = new Set([...BY, ...(root.figure === 'cost' ? [] : BY_LINE)]);
  for (const name of Object.keys(root.question)) left.delete(name);
  let address = addressOf(root);
  for (;;) {
    const by = random.below(3) > 0 ? random.pick([...left, 'case']) : undefined;
    const isInside = /path=.*case:/.test(decodeURIComponent(address));
    const asked = by === undefined || isInside ? address : `${address}&by=${by}`;
    const parts = await allParts(ask, asked, 1 + random.below(7), faults);
    const { steps, by: took, parts: page } = await askExplanation(ask, asked);
    faults.push(...(await savingsFaults(ask, root, steps)));
    if (took !== null) left.delete(took);
    if (parts.length === 0 || page.length === 0) return faults;
    const part = random.pick(parts);
    if (part.href === null) return faults;
    const below = await askExplanation(ask, part.href);
    if (below.exact !== part.exact)
      faults.push(`${part.href} is ${below.exact}, and ${part.exact} in what it is part of`);
    const way = below.steps.slice(0, -1).map(({ href, exact }) => `${href} ${exact}`);
    if (way.join() !== steps.map(({ href, exact }) => `${href} ${exact}`).join())
      faults.push(`${part.href} has another way back: ${way.join()}`);
    address = part.href;
  }
}

/** Every part of a step, over all its pages. */
async function allParts(
  ask: Ask,
  address: string,
  limit: number,
  faults: string[],
): Promise<Explanation['parts']> {
  const parts: Explanation['parts'] = [];
  let sum = 0n;
  let cursor = '';
  for (;;) {
    const path = `${address}&limit=${limit}${cursor === '' ? '' : `&cursor=${cursor}`}`;
    const { adds, exact, pages, next, parts: page } = await askExplanation(ask, path);
    if (!adds) faults.push(`${path} says that it does not add up`);
    if (pages === null) return parts;
    const [before, here, behind] = [pages.exact.before, pages.exact.page, pages.exact.after].map(units);
    const listed = page.reduce((total, part) => total + units(part.exact), 0n);
    if (before !== sum) faults.push(`${path}: before is ${before}, and the pages before are ${sum}`);
    if (here !== listed) faults.push(`${path}: page is ${here}, and its parts are ${listed}`);
    if ((before ?? 0n) + (here ?? 0n) + (behind ?? 0n) !== units(exact))
      faults.push(`${path}: the pages are not ${exact}`);
    parts.push(...page);
    sum += listed;
    if (next === null) {
      if (sum !== units(exact)) faults.push(`${address}: all parts are ${sum}, and the sum is ${exact}`);
      return parts;
    }
    cursor = next;
  }
}

/** Down to every leaf: the exact sum of all that is found there. */
export async function leavesOf(ask: Ask, address: string, faults: string[]): Promise<bigint> {
  const parts = await allParts(ask, address, 100, faults);
  if (parts.length === 0) return units((await askExplanation(ask, address)).exact);
  let sum = 0n;
  for (const { href, exact } of parts)
    sum += href === null ? units(exact) : await leavesOf(ask, href, faults);
  return sum;
}

/** Exact amounts as whole numbers: ten-thousandths of a micro-euro, or micro-euros. */
export function units(exact: string): bigint {
  return BigInt(exact.replace('.', ''));
}

interface Savings {
  rows: (Record<string, unknown> & Figures)[];
  total: Figures;
}

interface Figures {
  gross: { total: string };
  corrected: { total: string };
  municipal: { corrected: string };
  cost: string | null;
}

/** The last step that chooses a group, beside what /v1/savings says of that group. */
async function savingsFaults(ask: Ask, root: Root, steps: Explanation['steps']): Promise<string[]> {
  const inside = ['total', 'case', 'line', 'lineYear'];
  const groups = steps.filter(({ level }) => !inside.includes(level));
  const last = groups.at(-1) ?? steps[0];
  const without = groups.filter(({ value }) => value === null).map(({ level }) => level);
  const filters = groups.flatMap(({ level, value }) => (value === null ? [] : [[level, value]]));
  const query = new URLSearchParams({
    ...root.question,
    ...Object.fromEntries(filters),
    groupBy: without.join(),
  });
  const { rows, total } = (await ask(`/v1/savings?${query}`)) as Savings;
  const found =
    without.length === 0 ? total : rows.find((row) => without.every((name) => row[name] === null));
  const must = found === undefined ? '0.00' : figureOf(found, root.figure);
  if (must === null || last?.sum === must) return [];
  return [`/v1/savings?${query} says ${must}, and ${last?.href} says ${last?.sum}`];
}

/** Null where /v1/savings does not say it: costs of rows by line. */
function figureOf({ gross, corrected, municipal, cost }: Figures, figure: Root['figure']): string | null {
  switch (figure) {
    case 'gross':
      return gross.total;
    case 'corrected':
      return corrected.total;
    case 'municipal':
      return municipal.corrected;
    case 'cost':
      return cost;
  }
}
