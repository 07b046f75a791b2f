/** The part of jstat that is used here; the package has no types. */
declare module 'jstat' {
  const jstat: {
    /** Student's t: the quantile of a probability at degrees of freedom above 0. */
    studentt: { inv(probability: number, degreesOfFreedom: number): number };
    /** The normal distribution: the probability of at most x. */
    normal: { cdf(x: number, mean: number, standardDeviation: number): number };
  };
  export default jstat;
}
