/** Makes the reports that are due and not kept yet. */
import type { KeptReport, ProgrammeRow, ReportFile } from '@effectstroom/contracts';
import { type Logger, ProblemError } from '@effectstroom/runtime';
import { allRows } from '../../board/all-rows.ts';
import type { BoardApi } from '../../board/api.ts';
import { makeReport } from '../make-report.ts';
import type { PdfPrinter } from '../pdf.ts';
import { daysOf, type ReportQuestion } from '../question.ts';
import type { SavingsAnswer } from '../read-answers.ts';
import { reportFile, reportName } from '../report-file.ts';
import { type DueMonth, dueMonths } from './due-reports.ts';
import { midnight } from './midnight.ts';
import type { ReportStore } from './store.ts';

export interface Maker {
  /** As a reader without single cases. */
  api: BoardApi;
  store: ReportStore;
  printer: PdfPrinter;
  log: Logger;
}

/** What came of it; what failed is tried again later. */
export interface Made {
  made: number;
  failed: number;
}

/** @param today civil date in Amsterdam; stops early where `signal` aborts */
export async function makeDue(maker: Maker, today: string, signal: AbortSignal): Promise<Made> {
  const programmes = await allRows<ProgrammeRow>(maker.api, '/v1/programmes');
  const outcome = { made: 0, failed: 0 };
  for (const month of dueMonths(today))
    for (const programme of programmes)
      for (const period of month.periods) {
        if (signal.aborted) return outcome;
        try {
          if (await makeOne(maker, programme, period, month)) outcome.made++;
        } catch (error) {
          outcome.failed++;
          maker.log.warn(
            { err: error, programme: reportName({ ...programme, period }) },
            'a report was not made',
          );
        }
      }
  return outcome;
}

/** @returns whether it was made: not where it is kept already, or there is nothing to tell */
async function makeOne(
  { api, store, printer }: Maker,
  { municipality, organisation, programme, name }: ProgrammeRow,
  period: string,
  { until }: DueMonth,
): Promise<boolean> {
  const address = { municipality, organisation, programme, period };
  const id = reportName(address);
  if (await store.has(id)) return false;
  const question: ReportQuestion = {
    ...address,
    days: daysOf(period),
    asOf: midnight(until),
    fromClosing: false,
  };
  if (!(await hasCases(api, question))) return false;
  const report = await makeReport(api, question);
  const { kinds } = printer;
  const files = new Map<ReportFile, Buffer>();
  for (const kind of kinds) files.set(kind, await reportFile(report, kind, 'nl', printer));
  const about: KeptReport = {
    ...{ id, ...address, name, asOf: report.basis.asOf ?? question.asOf ?? report.madeAt },
    ...{ madeAt: report.madeAt, files: kinds },
  };
  await store.keep(about, files);
  return true;
}

/** Of what is not shown it is not known: then there are some. */
async function hasCases(api: BoardApi, question: ReportQuestion): Promise<boolean> {
  const { municipality, organisation, programme, days, asOf } = question;
  const query = { municipality, organisation, programme, ...days, asOf };
  try {
    const { total } = await api.get<SavingsAnswer>('/v1/savings', query);
    return total.cases === null || total.cases.registered > 0;
  } catch (error) {
    // The programme was not known yet.
    if (error instanceof ProblemError && error.status === 404) return false;
    throw error;
  }
}
