/** The bundle of a closing, line by line. */
import {
  type ClosingChecksums,
  type ClosingFigures,
  caseLine,
  closingChecksums,
  figuresLine,
  manifestLine,
  type PriceList,
  type Programme,
  priceListLine,
  programmeLine,
} from '@effectstroom/contracts';
import {
  type ClosingRecord,
  type Database,
  inSnapshot,
  linesAt,
  readClosingPlaces,
  readClosingSettings,
} from '@effectstroom/database';
import { ProblemError } from '@effectstroom/runtime';
import type { Kysely } from 'kysely';

/**
 * Finds everything that a bundle holds, checks it against the sealed checksums, and gives its text in pieces.
 * Throws a problem, 500, before the first piece, where they no longer give the checksum of the closing.
 */
export async function bundleOf(
  db: Kysely<Database>,
  closing: ClosingRecord,
): Promise<AsyncGenerator<string>> {
  const figures = closing.figures as ClosingFigures;
  const sealed = closing.checksums as ClosingChecksums;
  const { settings, places } = await inSnapshot(db, async (tx) => {
    const { programmes, priceLists } = await readClosingSettings(tx, closing);
    const settings = [
      ...programmes.map((body) => programmeLine(body as Programme)),
      ...priceLists.map((body) => priceListLine(body as PriceList)),
    ];
    const cases = figures.total.cases.registered;
    return { settings, places: await readClosingPlaces(tx, closing, cases, caseLine) };
  });
  const checksums = closingChecksums(
    places.hashes(),
    settings.map(({ hash }) => hash),
    figures,
  );
  if (checksums.all !== sealed.all)
    throw new ProblemError(
      500,
      'what is recorded of this closed period is not what was closed: the database was changed outside ' +
        'of the pipeline. Leave it as it is, run "npm run verify", and compare it with an earlier backup',
    );
  const settingsLines = settings
    .toSorted((one, other) => (one.hash < other.hash ? -1 : 1))
    .map(({ line }) => line);
  return (async function* () {
    yield textOf([manifestLine(figures), ...settingsLines]);
    for await (const lines of linesAt(db, closing, places, caseLine)) yield textOf(lines);
    yield textOf([figuresLine(figures, sealed)]);
  })();
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
