/** Addresses of explanations. */
import { type Dimension, type ExplainQuery, type ExplainStep, writePath } from '@effectstroom/contracts';

/** Where the same figure is explained at another path. */
export function explainAddress({ question, figure }: ExplainQuery, path: readonly ExplainStep[]): string {
  const { from, to, view, filters, asOf } = question;
  const query = new URLSearchParams({ from, to, ...filters });
  if (view !== 'cohort') query.set('view', view);
  if (asOf !== undefined) query.set('asOf', asOf);
  if (figure !== 'corrected') query.set('figure', figure);
  if (path.length > 0) query.set('path', writePath(path));
  // Readable where it may be: a colon, comma and slash need no escape in a query (RFC 3986, 3.4).
  return `/v1/explain?${query}`.replaceAll(/%3A|%2C|%2F/g, decodeURIComponent);
}

/** Steps that choose these groups, without those that the question filters on. */
export function stepsTo(
  { question }: ExplainQuery,
  groups: readonly { level: Dimension; value: string | null }[],
): ExplainStep[] {
  return groups.filter(({ level }) => question.filters[level] === undefined);
}
