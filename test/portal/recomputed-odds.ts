/**
 * The odds of break-even, written afresh: the mean over evenly spread quantiles of the triangular
 * distribution.
 */
const QUANTILES = 4000;

/** @param outcome low, mid and high as multiples of what was paid; @param relative sampling error of mid */
export function oddsOf([low = 0, mid = 0, high = 0]: number[], relative: number): number {
  const error = relative * mid;
  let sum = 0;
  for (let place = 0; place < QUANTILES; place++) {
    const total = quantile(low, mid, high, (place + 0.5) / QUANTILES);
    sum += error === 0 ? Number(total >= 1) : normal((total - 1) / error);
  }
  return sum / QUANTILES;
}

function quantile(low: number, mid: number, high: number, probability: number): number {
  const width = high - low;
  if (width === 0) return mid;
  const rising = (mid - low) / width;
  return probability < rising
    ? low + Math.sqrt(probability * width * (mid - low))
    : high - Math.sqrt((1 - probability) * width * (high - mid));
}

/** Abramowitz and Stegun 7.1.26: right to 1.5e-7. */
function normal(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  const erf = 1 - series * Math.exp(-x * x);
  return z < 0 ? (1 - erf) / 2 : (1 + erf) / 2;
}
