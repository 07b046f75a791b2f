export { checkMapping, type MappingResult } from './check-mapping.ts';
export {
  type ColumnField,
  type ConstantField,
  comparable,
  isColumnField,
  type Mapping,
  type MappingField,
  type TableHints,
} from './mapping.ts';
export {
  CASE_FIELDS,
  type CaseFieldName,
  type FieldKind,
  type FieldRule,
  LINE_FIELDS,
  type LineFieldName,
  MAPPED_TYPES,
  TOP_FIELDS,
  valueOfTarget,
} from './mapping-fields.ts';
export { MAPPING_LIMITS, mappingSchema } from './mapping-schema.ts';
