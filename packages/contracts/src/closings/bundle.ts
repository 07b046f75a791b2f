/**
 * The bundle of a closing: everything that its figures follow from, one JSON text a line, so that anybody can
 * work them out again. Its lines and checksums are told in CLOSINGS.md; infra/recompute.mjs is a program that
 * follows it.
 */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../canonical-json.ts';
import { CASE_TYPES, type CaseEvent } from '../case-event.ts';
import type { PriceList, Programme } from '../settings-event.ts';
import type { ClosingChecksums, ClosingFigures } from './figures.ts';

/** What the first line calls this kind of file. */
const BUNDLE_FORMAT = 'effectstroom-closing-1';

/** A line with its hash. */
export interface HashedLine {
  line: string;
  hash: string;
}

/** The first line. */
export function manifestLine(of: Pick<ClosingFigures, 'organisation' | 'period' | 'closedAt'>): string {
  const { organisation, period, closedAt } = of;
  return canonicalJson({ bundle: BUNDLE_FORMAT, organisation, period, closedAt });
}

/** The line of a programme as it was known. */
export function programmeLine(programme: Programme): HashedLine {
  return hashedLine({ programme });
}

/** The line of a price list as it was known. */
export function priceListLine(priceList: PriceList): HashedLine {
  return hashedLine({ priceList });
}

/**
 * The line of a counted case: what its event says, without what names the case, its resident or the event.
 * @param payload the recorded event
 */
export function caseLine(payload: string): HashedLine {
  const { type, data } = JSON.parse(payload) as CaseEvent;
  if (type === CASE_TYPES.withdrawn) throw new Error('A withdrawn case does not count');
  const { caseId: _, residentKey: __, ...said } = data;
  return hashedLine({ case: { type, data: said } });
}

/** The last line. */
export function figuresLine(figures: ClosingFigures, checksums: ClosingChecksums): string {
  return canonicalJson({ figures, checksums });
}

/**
 * The checksums of a closing.
 * @param cases hashes of the lines of its cases, in ascending order
 * @param settings hashes of the lines of its settings, in any order
 */
export function closingChecksums(
  cases: Iterable<string>,
  settings: readonly string[],
  figures: ClosingFigures,
): ClosingChecksums {
  const parts = {
    events: hashOfHashes(cases),
    settings: hashOfHashes(settings.toSorted()),
    totals: hashOf(canonicalJson(figures)),
  };
  const all = hashOf(`${parts.events}\n${parts.settings}\n${parts.totals}\n`);
  return { ...parts, all };
}

function hashedLine(value: unknown): HashedLine {
  const line = canonicalJson(value);
  return { line, hash: hashOf(line) };
}

/** SHA-256 of the hashes, each with a line end. */
function hashOfHashes(hashes: Iterable<string>): string {
  const digest = createHash('sha256');
  for (const hash of hashes) digest.update(`${hash}\n`);
  return digest.digest('hex');
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
