/** Exact figures of one group, before anything is rounded. */
import type { CaseCounts, SavingsCell } from '@effectstroom/database';

export interface ExactAmounts {
  oneOff: bigint;
  yearlyFirstYear: bigint;
  /** Element k−1 is year k. */
  followingYears: bigint[];
}

export interface ExactFigures {
  cases: CaseCounts;
  /** Micro-euros. */
  gross: ExactAmounts;
  /** Ten-thousandths of a micro-euro. */
  corrected: ExactAmounts;
  counted: { gross: bigint; corrected: bigint };
  municipal: { gross: bigint; corrected: bigint } & ExactRange;
  /** Of the corrected total: ten-thousandths of a micro-euro. */
  range: ExactRange;
}

export interface ExactRange {
  low: bigint;
  high: bigint;
}

/** Figures in which nothing is counted yet; `longest` is the last following year that is shown. */
export function noFigures(longest: number): ExactFigures {
  const nothing = (): ExactAmounts => ({
    oneOff: 0n,
    yearlyFirstYear: 0n,
    followingYears: new Array<bigint>(longest).fill(0n),
  });
  return {
    cases: { registered: 0n, assessed: 0n, represented: 0n, cost: 0n },
    gross: nothing(),
    corrected: nothing(),
    counted: { gross: 0n, corrected: 0n },
    municipal: { gross: 0n, corrected: 0n, low: 0n, high: 0n },
    range: { low: 0n, high: 0n },
  };
}

/** Adds what a cell saves. One-off lines and the first year of yearly ones stand apart from later years. */
export function addCell(figures: ExactFigures, cell: SavingsCell): void {
  addTo(figures.gross, cell, cell.gross);
  addTo(figures.corrected, cell, cell.corrected);
  figures.counted.gross += cell.countedGross;
  figures.counted.corrected += cell.countedCorrected;
  figures.range.low += cell.low;
  figures.range.high += cell.high;
  if (!cell.municipal) return;
  figures.municipal.gross += cell.gross;
  figures.municipal.corrected += cell.corrected;
  figures.municipal.low += cell.low;
  figures.municipal.high += cell.high;
}

function addTo(amounts: ExactAmounts, { yearly, year }: SavingsCell, value: bigint): void {
  if (!yearly) amounts.oneOff += value;
  else if (year === 0) amounts.yearlyFirstYear += value;
  else amounts.followingYears[year - 1] = (amounts.followingYears[year - 1] ?? 0n) + value;
}

/** One-off plus yearly, all counted years. */
export function totalOf({ oneOff, yearlyFirstYear, followingYears }: ExactAmounts): bigint {
  return followingYears.reduce((total, year) => total + year, oneOff + yearlyFirstYear);
}
