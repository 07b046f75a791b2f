import { QUARANTINE_REASONS } from '@effectstroom/contracts';

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** SQL that says in Dutch why an event does not count, or the code itself. */
export function quarantineReasons(column: string): string {
  const cases = Object.entries(QUARANTINE_REASONS).map(
    ([reason, { nl }]) => `WHEN '${reason}' THEN ${quoted(nl)}`,
  );
  return `CASE ${column} ${cases.join(' ')} ELSE ${column} END`;
}
