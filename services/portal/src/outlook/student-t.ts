/**
 * The 0.975 quantile of Student's t, by degrees of freedom from 2 on, in units of 10^-12
 * (packages/contracts/OUTLOOK.md).
 * Written out because jstat has seven good decimals: too few for cents of millions.
 */
const QUANTILES: readonly bigint[] = [
  ...[4_302_652_729_749n, 3_182_446_305_284n, 2_776_445_105_198n, 2_570_581_835_636n, 2_446_911_851_145n],
  ...[2_364_624_251_593n, 2_306_004_135_204n, 2_262_157_162_798n, 2_228_138_851_986n, 2_200_985_160_092n],
];

/** Of a quantile: 1 is 10^-12. */
export const T_UNIT = 10n ** 12n;

/** @throws RangeError below 2 or above 11 degrees of freedom. */
export function studentT(degreesOfFreedom: number): bigint {
  const quantile = QUANTILES[degreesOfFreedom - 2];
  if (quantile === undefined) throw new RangeError('Only from 2 to 11 degrees of freedom');
  return quantile;
}
