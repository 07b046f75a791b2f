/** A timestamptz as people write it here: day, month, year and the time in Amsterdam. */
export function moment(column: string): string {
  return `to_char(${column} AT TIME ZONE 'Europe/Amsterdam', 'DD-MM-YYYY HH24:MI')`;
}
