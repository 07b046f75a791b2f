/** Prints pages to PDF with a Chromium that runs no script and reaches no network. */

import { REPORT_KINDS, type ReportFile } from '@effectstroom/contracts';
import { busy, type Logger, ProblemError } from '@effectstroom/runtime';
import { type Browser, chromium } from 'playwright-core';
import { html } from '../board/html.ts';
import type { Language } from '../board/page.ts';

/** Milliseconds in which a report must be printed. */
const PRINT_MS_MAX = 60_000;
/** Reports that wait while another is printed. */
const WAITING_MAX = 10;

/** What a page is printed with, besides itself. */
export interface PrintLook {
  /** In the foot of every page, before its number; plain text. */
  title: string;
  language: Language;
}

/** Prints one page at a time; each with a browser of its own, which is gone afterwards. */
export class PdfPrinter {
  readonly #program: string | undefined;
  readonly #log: Logger;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  /** @param program path of a Chromium; undefined where there is none */
  constructor(program: string | undefined, log: Logger) {
    this.#program = program;
    this.#log = log;
  }

  /** What reports can be made as here: no PDF without a Chromium. */
  get kinds(): ReportFile[] {
    return REPORT_KINDS.filter((kind) => kind !== 'pdf' || this.#program !== undefined);
  }

  /** @throws ProblemError 501, where there is no Chromium */
  require(): string {
    if (this.#program !== undefined) return this.#program;
    throw new ProblemError(
      501,
      'no PDF can be made here: set CHROMIUM to the path of a Chromium, or ask for text/html and print that',
    );
  }

  /** @throws ProblemError as `require`; 503 where too many wait, or it does not print in time */
  async print(page: string, look: PrintLook): Promise<Buffer> {
    const program = this.require();
    if (this.#waiting >= WAITING_MAX) throw busy(`${WAITING_MAX} reports are being printed`);
    this.#waiting++;
    const before = this.#last;
    const printed = before.then(() => printWith(program, page, look));
    this.#last = printed.catch(() => undefined);
    try {
      return await printed;
    } catch (error) {
      this.#log.error({ err: error }, 'a report could not be printed');
      throw new ProblemError(503, 'the PDF could not be made now: try again later, or ask for text/html', {
        'retry-after': '30',
      });
    } finally {
      this.#waiting--;
    }
  }
}

async function printWith(executablePath: string, page: string, look: PrintLook): Promise<Buffer> {
  const browser = await chromium.launch({
    executablePath,
    headless: true,
    timeout: PRINT_MS_MAX,
    args: ['--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--no-first-run'],
  });
  // Whatever hangs ends with the browser.
  const timer = setTimeout(() => void browser.close(), PRINT_MS_MAX);
  try {
    return await printIn(browser, page, look);
  } finally {
    clearTimeout(timer);
    await browser.close();
  }
}

async function printIn(browser: Browser, html: string, { title, language }: PrintLook): Promise<Buffer> {
  const context = await browser.newContext({ javaScriptEnabled: false, offline: true });
  await context.route('**/*', (route) => route.abort());
  const page = await context.newPage();
  await page.setContent(html, { waitUntil: 'load', timeout: PRINT_MS_MAX });
  return page.pdf({
    format: 'A4',
    preferCSSPageSize: true,
    printBackground: true,
    displayHeaderFooter: true,
    headerTemplate: '<span></span>',
    footerTemplate: footer(title, language),
    tagged: true,
    outline: true,
  });
}

const OF = { nl: 'pagina', en: 'page' };

const FOOTER_STYLE =
  'font: 8px sans-serif; color: #52606d; width: 100%; padding: 0 16mm; display: flex; ' +
  'justify-content: space-between';

/** Chromium fills in the numbers by these class names. */
function footer(title: string, language: Language): string {
  return html`<div style="${FOOTER_STYLE}">
<span>${title}</span>
<span>${OF[language]} <span class="pageNumber"></span> / <span class="totalPages"></span></span></div>`.toString();
}
