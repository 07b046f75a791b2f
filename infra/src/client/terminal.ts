/** Where a command writes: what it found to the standard output, what happens meanwhile beside it. */
export interface Terminal {
  /** A line of what was asked for. */
  say(line: string): void;
  /** A line about how it goes. */
  note(line: string): void;
  /** Shows a line that the next one replaces; an empty one takes it away. Nothing where no one looks. */
  showProgress(line: string): void;
  /** Whether a person looks and can answer. */
  readonly isInteractive: boolean;
  /** Characters of a line. */
  readonly width: number;
}

const DEFAULT_WIDTH = 110;
const CLEAR_LINE = '\r\u001b[2K';

/** The terminal of a process. */
export function openTerminal(
  out: NodeJS.WriteStream,
  aside: NodeJS.WriteStream,
  input: NodeJS.ReadStream,
): Terminal {
  let shown = '';
  const replace = (line: string) => {
    if (shown !== '' || line !== '') aside.write(`${CLEAR_LINE}${line}`);
    shown = line;
  };
  const write = (stream: NodeJS.WriteStream, line: string) => {
    const kept = shown;
    replace('');
    stream.write(`${line}\n`);
    replace(kept);
  };
  return {
    say: (line) => write(out, line),
    note: (line) => write(aside, line),
    showProgress: (line) => {
      if (aside.isTTY) replace(line.slice(0, Math.max(0, widthOf(aside) - 1)));
    },
    isInteractive: input.isTTY === true && aside.isTTY === true,
    get width() {
      return widthOf(out);
    },
  };
}

function widthOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY && stream.columns > 0 ? stream.columns : DEFAULT_WIDTH;
}

/** A text from elsewhere as a terminal may show it: on one line, without control characters. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, ' ').trim();
}
