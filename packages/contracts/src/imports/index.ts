export {
  cellFaultSchema,
  IMPORT_STATES,
  type Import,
  type ImportState,
  importSchema,
  importsSchema,
  type Proposal,
  proposalSchema,
  type ReportRow,
  ROW_STATUSES,
  type RowStatus,
  reportSchema,
  vanishedSchema,
} from './import-answers.ts';
export { importPaths } from './import-paths.ts';
export {
  checkWithdrawal,
  importQuerySchema,
  importsQuerySchema,
  mappingQuerySchema,
  reportQuerySchema,
  vanishedQuerySchema,
  withdrawalSchema,
} from './import-queries.ts';
