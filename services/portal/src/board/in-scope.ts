/** Of whose programme something is. */
type Place = Record<'municipality' | 'organisation' | 'programme', string>;

/** What was chosen. */
type Choice = { [Name in keyof Place]?: string | undefined };

/** The programmes of the municipality, organisation and programme that were chosen; all where none was. */
export function inScope<Row extends Place>(
  programmes: readonly Row[],
  { municipality, organisation, programme }: Choice,
): Row[] {
  return programmes.filter(
    (row) =>
      (municipality === undefined || row.municipality === municipality) &&
      (organisation === undefined || row.organisation === organisation) &&
      (programme === undefined || row.programme === programme),
  );
}
