/** Colours of charts: tokens of the board (board/style/tokens.css), with values for light, dark and paper. */
export const COLOURS = {
  /** What it is about: savings so far, this year. */
  main: 'var(--chart-1)',
  /** What it is compared with: striped, so that it differs without colour. */
  other: 'var(--chart-band)',
  stripe: 'var(--chart-1)',
  /** Budgets. */
  target: 'var(--board-text)',
  /** What is still expected. */
  expected: 'var(--chart-2)',
  gain: 'var(--board-good)',
  loss: 'var(--board-bad)',
  ink: 'var(--board-text)',
  grid: 'var(--board-line)',
  paper: 'var(--board-surface)',
} as const;
