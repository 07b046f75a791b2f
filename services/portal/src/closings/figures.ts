/** Figures of a closing as they are answered: rounded once, beside the exact ones. Pure. */
import type { ClosingFigures, ExactFigures } from '@effectstroom/contracts';
import type { LedgerSum } from '@effectstroom/database';
import { CORRECTED_DECIMALS, GROSS_DECIMALS, parseDecimal } from '@effectstroom/valuation';
import { correctedEuros, exactCorrected, exactGross, grossEuros, writtenCases } from '../euros.ts';

type ExactAmounts = ClosingFigures['costBearers'][number];

/** Amounts rounded to cents, each from its own exact value, and those. */
export function amountsOf({ gross, corrected, municipal }: Omit<ExactAmounts, 'costBearer'>) {
  return {
    ...euros({ gross, corrected }),
    municipal: euros(municipal),
    exact: { gross, corrected, municipal },
  };
}

/** The figures that a closing fixed. */
export function figuresOf({ cases, cost, ...amounts }: ExactFigures) {
  const { exact, ...rounded } = amountsOf(amounts);
  return { cases, ...rounded, cost: grossCents(cost), exact: { ...exact, cost } };
}

/** Cases and amounts of sums of the ledger. */
export function sumOf(sum: LedgerSum) {
  const exact = {
    ...exactOf(sum.gross, sum.corrected),
    municipal: exactOf(sum.municipalGross, sum.municipalCorrected),
  };
  return {
    cases: writtenCases(sum),
    ...amountsOf(exact),
  };
}

function exactOf(gross: bigint, corrected: bigint): { gross: string; corrected: string } {
  return { gross: exactGross(gross), corrected: exactCorrected(corrected) };
}

function euros({ gross, corrected }: { gross: string; corrected: string }) {
  const exact = parseDecimal(corrected, CORRECTED_DECIMALS);
  return { gross: grossCents(gross), corrected: correctedEuros(exact) };
}

function grossCents(exact: string): string {
  return grossEuros(parseDecimal(exact, GROSS_DECIMALS));
}
