/** Environment variables of reports. */
import { textVariable } from '@effectstroom/runtime';
import { validate } from 'node-cron';
import { z } from 'zod';

/** What may stand in the environment for reports. */
export const reportVariables = {
  CHROMIUM: textVariable
    .optional()
    .describe('path of a Chromium that prints reports to PDF; without it they are HTML, XLSX and JSON'),
  REPORTS_FOLDER: textVariable
    .optional()
    .describe('folder where monthly reports are kept, shared by all portals; without it none are made'),
  REPORTS_CRON: z
    .string()
    .refine(validate, { error: 'must be a cron expression such as 0 6 1 * *' })
    .default('0 6 1 * *')
    .describe('when monthly reports are made, Europe/Amsterdam, default 0 6 1 * *'),
};
