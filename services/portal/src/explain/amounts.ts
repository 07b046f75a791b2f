/** Exact amounts of a figure as answers write them. */
import type { ExplainFigure } from '@effectstroom/contracts';
import { correctedEuros, exactCorrected, exactGross, grossEuros } from '../euros.ts';

/** Whether a figure is in micro-euros; or else it is in ten-thousandths of one. */
function isUncorrected(figure: ExplainFigure): boolean {
  return figure === 'gross' || figure === 'cost';
}

/** Euros with two decimals, rounded once. */
export function rounded(figure: ExplainFigure, exact: bigint): string {
  return isUncorrected(figure) ? grossEuros(exact) : correctedEuros(exact);
}

/** Euros with all decimals. */
export function unrounded(figure: ExplainFigure, exact: bigint): string {
  return isUncorrected(figure) ? exactGross(exact) : exactCorrected(exact);
}

/** What an amount of one case, in micro-euros, adds to a figure. */
export function weighed(
  figure: ExplainFigure,
  micros: bigint,
  { similarCases, factor }: { similarCases: number; factor: number },
): bigint {
  const gross = micros * BigInt(similarCases);
  return isUncorrected(figure) ? gross : gross * BigInt(factor);
}

export function sumOf(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}
