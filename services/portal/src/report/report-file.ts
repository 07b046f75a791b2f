/** A report in the form that is asked for. */
import { createHash } from 'node:crypto';
import type { Report, ReportFile } from '@effectstroom/contracts';
import type { Language } from '../board/page.ts';
import { MEDIA_TYPES } from '../media-type.ts';
import { reportPage, titleOf } from './page/page.ts';
import type { PdfPrinter } from './pdf.ts';
import { reportWorkbook } from './xlsx/workbook.ts';

/** Media types of reports, in the order of preference where a request takes several alike. */
export const REPORT_TYPES: Readonly<Record<ReportFile, string>> = {
  json: MEDIA_TYPES.json,
  html: 'text/html',
  pdf: 'application/pdf',
  xlsx: MEDIA_TYPES.xlsx,
};

/** The bytes of a report. @throws ProblemError as `PdfPrinter.print` */
export async function reportFile(
  report: Report,
  kind: ReportFile,
  language: Language,
  printer: PdfPrinter,
): Promise<Buffer> {
  switch (kind) {
    case 'json':
      return Buffer.from(JSON.stringify(report));
    case 'html':
      return Buffer.from(reportPage(report, language));
    case 'xlsx':
      return reportWorkbook(report, language);
    case 'pdf':
      return printer.print(reportPage(report, language), { title: titleOf(report, language), language });
  }
}

/** `Content-Type` of a report, with its charset. */
export function contentTypeOf(kind: ReportFile): string {
  return kind === 'html' || kind === 'json' ? `${REPORT_TYPES[kind]}; charset=utf-8` : REPORT_TYPES[kind];
}

/** What a report is called on disk, without its ending. No slug holds an underscore. */
export function reportName(
  of: Pick<Report, 'organisation' | 'period'> & { municipality: string; programme: string },
) {
  return `${of.municipality}_${of.organisation}_${of.programme}_${of.period}`;
}

/** `Content-Disposition`: pages are shown, files are saved. */
export function dispositionOf(name: string, kind: ReportFile): string {
  return `${kind === 'html' ? 'inline' : 'attachment'}; filename="effectrapportage-${name}.${kind}"`;
}

/** Nothing from elsewhere, no scripts; the one style of the page is named by its hash. */
export function policyOf(page: Buffer): string {
  const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page.toString()) ?? [];
  const hash = createHash('sha256').update(style).digest('base64');
  const nowhere = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  return `default-src 'none'; style-src 'sha256-${hash}'; ${nowhere}`;
}
