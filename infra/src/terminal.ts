/** What a person at the terminal sees, in Dutch. */
export type Terminal = (line: string) => void;

export const terminal: Terminal = (line) => {
  process.stdout.write(`${line}\n`);
};

/** Milliseconds as `0,8 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toLocaleString('nl-NL', { minimumFractionDigits: 1, maximumFractionDigits: 1 })} s`;
}
