export {
  effectReportQuerySchema,
  keptReportsQuerySchema,
  type ReportAddress,
  reportAddressSchema,
  reportPeriodSchema,
} from './period.ts';
export * from './report.ts';
