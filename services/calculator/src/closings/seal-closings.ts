/** Fixes the figures of closings, once everything before them in the stream is in. */
import {
  caseLine,
  closingChecksums,
  type PriceList,
  type Programme,
  priceListLine,
  programmeLine,
} from '@effectstroom/contracts';
import {
  type ClosingRecord,
  type Database,
  daysOf,
  inSnapshot,
  readClosingPlaces,
  readClosingSettings,
  readLedgerSums,
  readUnsealedClosings,
  type Seal,
  sealClosing,
} from '@effectstroom/database';
import type { Logger } from '@effectstroom/runtime';
import type { Kysely, Transaction } from 'kysely';
import { closingFigures } from './closing-figures.ts';
import type { Unsealable } from './unsealable.ts';

/** Closings of one round. */
const ROUND_MAX = 100;

/**
 * Seals the closings that every partition has passed: only then nothing that stands before them can still come.
 * A closing that cannot be sealed is logged once and tried again in the next round, after all others.
 */
export async function sealClosings(db: Kysely<Database>, log: Logger, unsealable: Unsealable): Promise<void> {
  for (const closing of await readUnsealedClosings(db, unsealable.numbers(), ROUND_MAX)) {
    const { organisation, period, number } = closing;
    try {
      const seal = await inSnapshot(db, (tx) => sealOf(tx, closing));
      if (await sealClosing(db, seal)) log.info({ organisation, period, cases: seal.cases }, 'period closed');
      unsealable.sealed(number);
    } catch (error) {
      const level = unsealable.failed(number) ? 'error' : 'debug';
      log[level]({ err: error, organisation, period }, 'a closing could not be sealed');
    }
  }
}

/** Everything from what stands before the closing in the stream, which never changes. Run it in one snapshot. */
async function sealOf(tx: Transaction<Database>, closing: ClosingRecord): Promise<Seal> {
  const { organisationId, period, number } = closing;
  const span = { organisation: organisationId, period: daysOf(closing), before: number };
  const figures = closingFigures(closing, await readLedgerSums(tx, span));
  const { programmes, priceLists } = await readClosingSettings(tx, closing);
  const settings = [
    ...programmes.map((body) => programmeLine(body as Programme).hash),
    ...priceLists.map((body) => priceListLine(body as PriceList).hash),
  ];
  const cases = figures.total.cases.registered;
  const places = await readClosingPlaces(tx, closing, cases, caseLine);
  return {
    ...{ organisationId, period, cases, figures },
    checksums: closingChecksums(places.hashes(), settings, figures),
  };
}
