import type { CeilingsAnswer, Programme } from '@effectstroom/contracts';
import { type ClaimedService, readClaimedServices } from '@effectstroom/database';
import { programmesOf } from '../savings/programmes.ts';
import { againstCeiling } from './against-ceiling.ts';
import { guardBasis, type Reading } from './guard-reading.ts';

type Row = CeilingsAnswer['rows'][number];

/** Every ceiling of the programmes for a calendar year, with what was claimed of it. */
export async function answerCeilings(reading: Reading, year: number): Promise<CeilingsAnswer> {
  const { tx, question, organisations, asOf, query } = reading;
  const programmes = await programmesOf(tx, query, organisations, asOf);
  const ceilings = programmes.flatMap((one) =>
    (one.ceilings ?? []).filter((ceiling) => ceiling.year === year).map((ceiling) => ({ of: one, ceiling })),
  );
  const services = [...new Set(ceilings.map(({ ceiling }) => ceiling.service))];
  const claimed = await readClaimedServices(tx, { ...question, year, services });
  return {
    basis: { ...guardBasis(reading), year },
    rows: ceilings.map(({ of, ceiling }): Row => {
      const { service, source = null } = ceiling;
      const own = claimed.filter((one) => isOf(one, of) && one.service === service);
      const cases = own.reduce((sum, one) => sum + Number(one.cases), 0);
      const measured = againstCeiling(own, ceiling);
      const address = {
        municipality: of.municipality,
        organisation: of.organisation,
        programme: of.programme,
      };
      return { ...address, service, ceiling: { ...measured.ceiling, source }, cases, ...measured.figures };
    }),
  };
}

function isOf(claimed: ClaimedService, programme: Programme): boolean {
  return (
    claimed.municipality === programme.municipality &&
    claimed.organisation === programme.organisation &&
    claimed.programme === programme.programme
  );
}
