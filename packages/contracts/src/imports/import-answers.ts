import { z } from 'zod';
import { count } from '../answers/amount.ts';
import { next } from '../answers/page.ts';

/** What an import can be doing. `stopped` can go on; `done` and `failed` are the end. */
export const IMPORT_STATES = ['queued', 'reading', 'running', 'stopped', 'done', 'failed'] as const;

/** What can become of a row, and of its case. */
export const ROW_STATUSES = ['accepted', 'unchanged', 'refused'] as const;

const instant = z.iso.datetime().meta({ example: '2021-03-18T09:12:44.000Z' });

/** Why an import failed or was stopped by itself: what to do, never what the file holds. */
const failure = z
  .object({ code: z.string(), detail: z.string() })
  .meta({ description: 'Why it ended, or stopped by itself, and what to do' });

/** One import: what it is, how far it is and what became of its rows. */
export const importSchema = z
  .object({
    id: z.uuid(),
    name: z.string().nullable().meta({ description: 'File name, as it was given' }),
    state: z.enum(IMPORT_STATES),
    dryRun: z.boolean().meta({ description: 'Nothing is published' }),
    full: z.boolean().meta({ description: 'The file holds every case: what is not in it has vanished' }),
    mapping: z.object({ code: z.string(), version: z.int() }),
    organisation: z.string(),
    source: z.string(),
    key: z.string().meta({ description: 'Name of the key that sent it' }),
    createdAt: instant,
    startedAt: instant.nullable(),
    endedAt: instant.nullable(),
    rows: z.object({
      total: count.nullable().meta({ description: 'Null until the file has been read' }),
      done: count,
      accepted: count,
      unchanged: count,
      refused: count,
    }),
    cases: z.object({ accepted: count, unchanged: count, refused: count, withdrawn: count }),
    rowsPerSecond: count
      .nullable()
      .meta({ description: 'Over the last seconds; null where it does not run' }),
    secondsLeft: count.nullable(),
    failure: failure.nullable(),
    vanished: count.nullable().meta({
      description: 'Cases delivered before that a full export does not have; null where that is not known',
    }),
  })
  .meta({ id: 'Import' });

export type Import = z.infer<typeof importSchema>;
export type ImportState = Import['state'];
export type RowStatus = (typeof ROW_STATUSES)[number];

/** The answer of `GET /v1/imports`. */
export const importsSchema = z.object({ rows: z.array(importSchema), next }).meta({ id: 'Imports' });

/** One fault of a row: where, what and what is allowed; never what stands in the cell. */
export const cellFaultSchema = z
  .object({
    row: z.int(),
    cell: z.string().meta({ description: 'As a spreadsheet names it; empty where no one cell is at fault' }),
    column: z.string().meta({ description: 'Header of the column' }),
    code: z.string(),
    detail: z.string().meta({ description: 'What is allowed' }),
  })
  .meta({ id: 'CellFault' });

const reportRow = z
  .object({
    row: z.int().meta({ description: 'Row in the file or sheet, from 1, as a spreadsheet shows it' }),
    caseId: z.string().nullable().meta({ description: 'Null where the row names no case' }),
    status: z.enum(ROW_STATUSES),
    faults: z.array(cellFaultSchema),
  })
  .meta({ id: 'ReportRow' });

export type ReportRow = z.infer<typeof reportRow>;

/** The answer of `GET /v1/imports/{id}/report`. */
export const reportSchema = z
  .object({
    rows: z.array(reportRow),
    next: z.int().nullable().meta({ description: '`after` of the next page; null where this is the last' }),
  })
  .meta({ id: 'ImportReport' });

/** The answer of `GET /v1/imports/{id}/vanished`. */
export const vanishedSchema = z
  .object({
    count: count.meta({ description: 'To repeat in the withdrawal' }),
    unreadable: count.meta({
      description: 'Rows whose case cannot be read: nothing can be withdrawn until they are corrected',
    }),
    cases: z.array(z.string()),
    next: z
      .string()
      .nullable()
      .meta({ description: '`after` of the next page; null where this is the last' }),
  })
  .meta({ id: 'Vanished' });

const previewRow = z.object({
  row: z.int(),
  event: z.looseObject({}).exactOptional().meta({ description: 'The event that the row would become' }),
  faults: z.array(cellFaultSchema).exactOptional(),
});

/** The answer to a file without a mapping. */
export const proposalSchema = z
  .object({
    columns: z.array(z.string()),
    proposal: z.looseObject({}).meta({ description: 'Body for `PUT /v1/mappings/{code}`, to be completed' }),
    questions: z.array(z.string()).meta({ description: 'In Dutch: what a person must still fill in' }),
    preview: z.array(previewRow).meta({ description: 'At most ten rows, as they would be read' }),
  })
  .meta({ id: 'MappingProposal' });

export type Proposal = z.infer<typeof proposalSchema>;
