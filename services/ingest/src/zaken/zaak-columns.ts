import { comparable, type Mapping } from '@effectstroom/contracts';
import { headersOf } from '../records/compile-mapping.ts';

/** What a column of a zaak takes beside the zaak itself. */
export type ColumnNeed = 'nothing' | 'zaaktype' | 'status' | 'resultaat' | 'eigenschappen';

/**
 * The columns that a mapping can name. Nothing else of a zaak is read: no free text, no place, no people. The
 * names are those of the Zaken API; `status` and `resultaat` are the descriptions of their types.
 */
const COLUMNS: Readonly<Record<string, ColumnNeed>> = {
  identificatie: 'nothing',
  uuid: 'nothing',
  url: 'nothing',
  bronorganisatie: 'nothing',
  startdatum: 'nothing',
  registratiedatum: 'nothing',
  einddatum: 'nothing',
  zaaktype: 'nothing',
  zaaktypeIdentificatie: 'zaaktype',
  zaaktypeOmschrijving: 'zaaktype',
  status: 'status',
  resultaat: 'resultaat',
};

const NEED_OF = new Map(Object.entries(COLUMNS).map(([name, need]) => [comparable(name), need]));
const PROPERTY = 'eigenschap:';

/** What a header takes; undefined where a zaak has no such column. */
function needOf(header: string): ColumnNeed | undefined {
  const name = comparable(header);
  if (name.startsWith(PROPERTY)) return name.length > PROPERTY.length ? 'eigenschappen' : undefined;
  return NEED_OF.get(name);
}

/** The header of the column of a zaakeigenschap. */
export function propertyColumn(naam: string): string {
  return `${PROPERTY}${naam}`;
}

/** The columns that a zaak has for a mapping: the fixed ones, and of its eigenschappen those it names. */
export function columnsFor(mapping: Mapping): string[] {
  const properties = headersOf(mapping).filter((header) => needOf(header) === 'eigenschappen');
  return [...Object.keys(COLUMNS), ...properties];
}

/** What a mapping takes beside the zaak itself. */
export function needsOf(mapping: Mapping): Set<ColumnNeed> {
  return new Set(headersOf(mapping).flatMap((header) => needOf(header) ?? []));
}
