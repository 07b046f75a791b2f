/** An import and its faults, as lines for a person. */
import type { Import } from '@effectstroom/contracts';
import { faultText } from './fault-words.ts';
import type { ReportRow } from './import-calls.ts';
import { tableLines } from './table.ts';
import { printable } from './terminal.ts';
import { answeredTime, count, duration, whole } from './words.ts';

const STATES: Readonly<Record<Import['state'], string>> = {
  queued: 'in de wachtrij',
  reading: 'wordt gelezen',
  running: 'wordt verwerkt',
  stopped: 'gestopt',
  done: 'klaar',
  failed: 'mislukt',
};

/** What became of an import. */
export function importLines(found: Import): string[] {
  const { id, name, state, mapping, rows, cases, vanished } = found;
  const trial = found.dryRun ? ', proefdraai: er is niets opgenomen' : '';
  const file = name ? ` van ${printable(name)}` : '';
  return [
    `Import ${id}${file}: ${STATES[state]}${tookTime(found)}${trial}`,
    `  mapping   ${mapping.code}, versie ${mapping.version}`,
    `  rijen     ${outcome(rows)}${rows.total === null ? '' : ` (van ${whole(rows.total)})`}`,
    `  casussen  ${outcome(cases)}${cases.withdrawn > 0 ? ` · ${whole(cases.withdrawn)} ingetrokken` : ''}`,
    ...(vanished
      ? [`  verdwenen ${count(vanished, 'casus', 'casussen')} van eerder niet meer in dit bestand`]
      : []),
    ...(found.failure === null ? [] : [`  reden     ${failureText(found)}`]),
  ];
}

/** Why an import failed or was stopped by itself, as the server tells it. */
export function failureText({ failure }: Import): string {
  return failure === null ? 'onbekend' : printable(`${failure.detail} [${failure.code}]`);
}

/** A table of imports. */
export function importsTable(imports: readonly Import[], width: number): string[] {
  const rows = imports.map(({ id, createdAt, state, name, rows: found, dryRun }) => [
    id,
    answeredTime(createdAt),
    `${STATES[state]}${dryRun ? ' (proef)' : ''}`,
    whole(found.done),
    whole(found.refused),
    name ?? '',
  ]);
  return tableLines(['Nummer', 'Gestart', 'Stand', 'Rijen', 'Geweigerd', 'Bestand'], rows, width);
}

/** A table of refused rows, a line for each fault, and how many more rows there are. */
export function refusedTable(
  rows: readonly Pick<ReportRow, 'row' | 'faults'>[],
  refused: number,
  width: number,
): string[] {
  const lines = rows.flatMap(({ faults }) =>
    faults.map((fault) => [String(fault.row), fault.cell, fault.column, faultText(fault)]),
  );
  const more = refused - rows.length;
  return [
    ...tableLines(['Rij', 'Cel', 'Kolom', 'Wat er niet klopt'], lines, width),
    ...(more > 0 ? [`… en nog ${count(more, 'geweigerde rij', 'geweigerde rijen')}`] : []),
  ];
}

function outcome({ accepted, unchanged, refused }: Import['rows'] | Import['cases']): string {
  return `${whole(accepted)} aangenomen · ${whole(unchanged)} ongewijzigd · ${whole(refused)} geweigerd`;
}

function tookTime({ createdAt, endedAt, state }: Import): string {
  if (state !== 'done' || !endedAt) return '';
  const seconds = (Date.parse(endedAt) - Date.parse(createdAt)) / 1000;
  return Number.isFinite(seconds) ? ` (in ${duration(seconds)})` : '';
}
