import { z } from 'zod';
import { code, freeText, municipality, oneOf, slug, uriReference, wholeNumber } from '../fields.ts';
import { LIMITS } from '../limits.ts';
import { CASE_FIELDS, type CaseFieldName, LINE_FIELDS, type LineFieldName } from './mapping-fields.ts';

/** Limits of a mapping. */
export const MAPPING_LIMITS = {
  /** Characters of a header, and of a value of a cell that is translated. */
  textLength: 200,
  /** Headers that one field may have. */
  columns: 10,
  /** Values of one field that are translated. */
  values: 500,
  prefixLength: 64,
  /** Rows above which the headers stand at the latest. */
  headerRow: 1000,
} as const;

const text = freeText(1, MAPPING_LIMITS.textLength);

/** What a field gets: a text, or a number, which is kept as text. */
const target = z.union([text, z.number()], {
  error: `must be a text of 1 to ${MAPPING_LIMITS.textLength} characters, or a number`,
});

const COLUMN_SAYS = `must be a header, or a list of 1 to ${MAPPING_LIMITS.columns} headers`;
const VALUES_SAYS = 'must be an object: what stands in the cell, and what the field gets';

/** `column` or `constant`, and what goes with which, are rules of `mapping-rules.ts`. */
const field = z
  .strictObject(
    {
      column: z
        .union(
          [
            text,
            z.array(text).min(1, { error: COLUMN_SAYS }).max(MAPPING_LIMITS.columns, { error: COLUMN_SAYS }),
          ],
          {
            error: COLUMN_SAYS,
          },
        )
        .optional(),
      values: z.record(z.string(), target, { error: VALUES_SAYS }).optional(),
      others: oneOf(['refuse', 'keep', 'empty']).optional(),
      default: target.optional(),
      prefix: freeText(1, MAPPING_LIMITS.prefixLength).optional(),
      constant: target.optional(),
    },
    { error: 'must be an object with column, or with constant' },
  )
  .meta({ id: 'MappingField', description: 'Where a field of the event gets its value from' });

function orField<Schema extends z.ZodType>(schema: Schema, says: string) {
  return z.union([schema, field], { error: `${says}, or an object with column or constant` });
}

function fieldsOf<Name extends string>(names: readonly Name[]) {
  const optional = field.optional();
  return Object.fromEntries(names.map((name) => [name, optional])) as Record<Name, typeof optional>;
}

const caseFields = fieldsOf(Object.keys(CASE_FIELDS) as CaseFieldName[]);
const lineFields = fieldsOf(Object.keys(LINE_FIELDS) as LineFieldName[]);
const LINES_SAYS = `must be a list of at most ${LIMITS.avoidedLines} lines`;

/** Body of `PUT /v1/mappings/{code}`. */
export const mappingSchema = z
  .strictObject(
    {
      code: code.optional(),
      name: freeText(1, LIMITS.settingsNameLength),
      municipality: orField(municipality, 'must be a CBS municipality code: GM and four digits'),
      organisation: slug,
      programme: orField(slug, 'must be a slug').optional().meta({ default: 'main' }),
      source: uriReference,
      table: z
        .strictObject(
          {
            sheet: freeText(1, MAPPING_LIMITS.textLength).optional(),
            headerRow: wholeNumber(1, MAPPING_LIMITS.headerRow).optional(),
            delimiter: oneOf([';', ',', '\t', '|']).optional(),
            encoding: oneOf(['utf-8', 'windows-1252', 'utf-16le', 'utf-16be']).optional(),
            decimal: oneOf([',', '.']).optional(),
          },
          { error: 'must be an object: what the table looks like' },
        )
        .optional(),
      rows: oneOf(['case', 'line']),
      type: field.optional(),
      case: z.strictObject(
        { ...caseFields, caseId: field, date: field, theme: field },
        { error: 'must be an object: the fields of a case' },
      ),
      lines: z
        .array(z.strictObject(lineFields, { error: 'must be an object: the fields of a line' }), {
          error: LINES_SAYS,
        })
        .max(LIMITS.avoidedLines, { error: LINES_SAYS })
        .optional(),
    },
    { error: 'must be an object: a mapping' },
  )
  .meta({ id: 'Mapping' });

/** A mapping as it is sent. */
export type SentMapping = z.infer<typeof mappingSchema>;
/** A field of a mapping as it is sent. */
export type SentMappingField = z.infer<typeof field>;
