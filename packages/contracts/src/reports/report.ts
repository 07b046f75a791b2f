import { z } from 'zod';
import { amount, count, moment, quotient } from '../answers/amount.ts';
import { programmeHistorySchema } from '../answers/settings.ts';
import { publicSavingsSchema } from '../answers/suppression-savings.ts';

const { basis, total: figures } = publicSavingsSchema.shape;
const settings = programmeHistorySchema.shape;

const share = quotient.nullable().meta({
  description:
    'Part of the whole, rounded to four decimals; null where either is not shown, or the whole is 0',
});

const goal = z.object({ goal: z.string().nullable(), name: z.string().nullable(), figures });

const theme = z
  .object({
    theme: z.string().nullable(),
    name: z.string().nullable(),
    text: z.string().nullable().meta({ description: "The organisation's own words" }),
    figures,
    goals: z.array(goal),
  })
  .meta({ id: 'ReportTheme' });

const costBearer = z
  .object({
    costBearer: z.string(),
    name: z.string(),
    municipal: z.boolean(),
    firstYear: amount
      .nullable()
      .meta({ description: 'Gross, of the first year: one-off plus the first year of yearly savings' }),
    share: share.meta({ description: 'Of the gross first year of all cost bearers' }),
    figures,
  })
  .meta({ id: 'ReportCostBearer' });

const group = z
  .object({
    code: z.string().nullable(),
    name: z.string().nullable().meta({ description: 'Null where the programme names it not' }),
    represented: count.nullable(),
    share: share.meta({ description: 'Of the represented cases' }),
    figures,
  })
  .meta({ id: 'ReportGroup' });

const exact = z
  .string()
  .nullable()
  .meta({ description: 'Corrected euros with ten decimals: these add up exactly; null where not shown' });

const annexPart = { label: z.string(), href: z.string().nullable(), exact };

const annex = z
  .object({
    exact,
    themes: z.array(
      z.object({
        theme: z.string().nullable(),
        ...annexPart,
        goals: z.array(z.object({ goal: z.string().nullable(), ...annexPart })),
      }),
    ),
  })
  .meta({ id: 'ReportAnnex', description: 'The corrected total, walked down by GET /v1/explain' });

const closing = z
  .object({
    period: z.string(),
    closedAt: moment,
    note: z.string().nullable(),
    checksum: z.string().nullable().meta({ description: 'Of everything; null without the scope detail' }),
    afterwards: z
      .object({
        corrected: amount,
        parts: z.array(z.object({ label: z.string(), corrected: amount })),
      })
      .nullable()
      .meta({ description: 'What became known after the closing; null without the scope detail' }),
  })
  .meta({ id: 'ReportClosing' });

const method = z
  .object({
    method: settings.method,
    scale: settings.scale,
    correctionFactors: settings.correctionFactors,
    followingYears: settings.followingYears,
    discountRate: settings.discountRate,
    priceUncertainty: settings.priceUncertainty,
    priceList: z
      .object({
        code: z.string(),
        name: z.string(),
        note: z.string().nullable(),
        editions: z.array(
          z.object({ from: z.string(), priceLevel: z.number().nullable(), source: z.string().nullable() }),
        ),
      })
      .nullable(),
  })
  .meta({
    id: 'ReportMethod',
    description:
      'The settings as known at the moment of the figures; of dated ones those in force in the period',
  });

/** The answer of `GET /v1/reports/{municipality}/{organisation}/{programme}/{period}`. */
export const effectReportSchema = z
  .object({
    madeAt: moment,
    period: z.string(),
    municipality: z.object({ code: z.string(), name: z.string() }),
    organisation: z.string(),
    programme: z.object({ code: z.string(), name: z.string() }),
    basis,
    closing: closing.nullable().meta({ description: 'Null where it was not made from a closing' }),
    introduction: z.string().nullable().meta({ description: "The organisation's own words" }),
    total: figures,
    themes: z.array(theme),
    themesWithoutFigures: z
      .array(z.object({ code: z.string(), name: z.string() }))
      .meta({ description: 'Themes of the programme without cases in the period, or not listed' }),
    costBearers: z.array(costBearer).meta({ description: 'From the largest first year to the smallest' }),
    municipalShare: share.meta({
      description: 'Of the gross first year, the part of municipal cost bearers; null where one is not shown',
    }),
    workTypes: z.array(group),
    supportTypes: z.array(group),
    targetGroups: z.array(group),
    youthShare: share.meta({
      description: 'Of the represented cases, those of children, parents and youth: see REPORT.md',
    }),
    wellbeing: z.array(group).meta({ description: 'Positive health: what was strengthened most' }),
    budgets: settings.budgets
      .unwrap()
      .meta({ description: 'Of the years of the period, with FTE and what the budget leaves out (note)' }),
    method,
    annex,
  })
  .meta({ id: 'Report', description: 'Effectrapportage: figures are those of GET /v1/savings' });

export type Report = z.infer<typeof effectReportSchema>;
export type ReportFigures = Report['total'];
export type ReportTheme = Report['themes'][number];
export type ReportGroup = Report['workTypes'][number];
export type ReportCostBearer = Report['costBearers'][number];

/** What a report can be made as. */
export const REPORT_KINDS = ['html', 'pdf', 'xlsx', 'json'] as const;

const file = z.enum(REPORT_KINDS);

/** What is told of a kept report. */
export const keptReportSchema = z
  .object({
    id: z.string().meta({ example: 'GM0394_meerwaarde_main_2025-03' }),
    municipality: z.string(),
    organisation: z.string(),
    programme: z.string(),
    name: z.string().meta({ description: 'Of the programme' }),
    period: z.string(),
    asOf: moment.meta({ description: 'Everything known up to this moment is in' }),
    madeAt: moment,
    files: z.array(file).meta({ description: 'GET /v1/reports/{id}.{file}' }),
  })
  .meta({ id: 'KeptReport' });

/** The answer of `GET /v1/reports`: the reports that were made by the clock and kept. */
export const keptReportsSchema = z
  .object({
    rows: z.array(keptReportSchema).meta({ description: 'Newest first' }),
    makes: z
      .array(file)
      .meta({ description: 'What a report can be made as here: no pdf without a Chromium' }),
  })
  .meta({ id: 'KeptReports' });

export type KeptReports = z.infer<typeof keptReportsSchema>;
export type KeptReport = z.infer<typeof keptReportSchema>;
export type ReportFile = z.infer<typeof file>;
