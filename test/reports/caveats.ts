/** What a reader must know before he trusts a report. Pure. */
import type { KeptReport, Report } from './report.ts';

const FAULTS_SHOWN = 20;
const FAULT_CHARACTERS = 300;

/** What limits a report, in words: it was made quickly, of a part, or of code that is in no commit. */
export function caveatsOf({ command, commit }: Pick<KeptReport, 'command' | 'commit'>): string[] {
  const caveats = isQuick({ command }) ? ['a quick run, which only shows that it works'] : [];
  // Each part of the bench is a report of its own, and whole.
  const part = command.startsWith('npm run bench')
    ? undefined
    : /--(kinds|only)[ =](?!all\b)\S+/.exec(command);
  if (part) caveats.push(`a part of what the command can do: ${part[0]}`);
  if (commit.endsWith('+')) caveats.push('with changes that are in no commit');
  return caveats;
}

/** Why documents should not show a report, in words; none where they may. */
export function unfitOf(report: Pick<Report, 'command' | 'faults'>): string[] {
  const { length } = report.faults ?? [];
  return [
    ...(isQuick(report) ? ['it was made with --quick'] : []),
    ...(length > 0 ? [`its run found ${length} faults`] : []),
  ];
}

/** For the top of a report and of its tables; nothing where nothing was wrong. */
export function faultsMarkdown(faults: readonly string[] = []): string {
  if (faults.length === 0) return '';
  const shown = faults.slice(0, FAULTS_SHOWN).map((fault) => `- ${oneLine(fault)}`);
  const more = faults.length > shown.length ? [`- and ${faults.length - shown.length} more`] : [];
  return [`**✘ This run found ${faults.length} faults:**`, '', ...shown, ...more, '', ''].join('\n');
}

function oneLine(fault: string): string {
  const line = fault.replaceAll(/\s+/g, ' ').replaceAll('<!--', '<!-\u200b-').trim();
  return line.length > FAULT_CHARACTERS ? `${line.slice(0, FAULT_CHARACTERS)}…` : line;
}

function isQuick({ command }: Pick<Report, 'command'>): boolean {
  return / --quick( |$)/.test(command);
}
