/** Reports as files of the board: with the session of who is signed in, which `/v1` itself does not take. */
import { REPORT_KINDS, reportAddressSchema } from '@effectstroom/contracts';
import { ProblemError } from '@effectstroom/runtime';
import { z } from 'zod';
import type { ApiFile } from '../../board/api.ts';
import type { BoardDownload, BoardFile } from '../../board/page.ts';
import { policyOf, REPORT_TYPES } from '../report-file.ts';

const askedSchema = z.object({
  welke: z.string().max(200),
  periode: z.string().max(40),
  vorm: z.enum(REPORT_KINDS),
  cijfers: z.enum(['nu', 'afsluiting']).default('nu'),
});

/** A report made now, as the form of `/rapporten` asks it. */
const makeDownload: BoardDownload = {
  path: '/rapporten/maken',
  answer: async ({ request, language, api }) => {
    const { welke, periode, vorm, cijfers } = askedOf(request.query);
    const [municipality, organisation, programme] = welke.split('/');
    const address = reportAddressSchema.safeParse({ municipality, organisation, programme, period: periode });
    if (!address.success) throw unknown();
    const path = `/v1/reports/${welke}/${periode}`;
    const closing = cijfers === 'afsluiting' ? 'true' : undefined;
    try {
      return fileOf(await api.file(path, { closing, lang: language }, REPORT_TYPES[vorm]));
    } catch (error) {
      const isOpen = closing !== undefined && error instanceof ProblemError && error.status === 409;
      throw isOpen ? new ProblemError(404, 'this period was not closed: choose the figures of now') : error;
    }
  },
};

/** A report that was kept. */
const keptDownload: BoardDownload = {
  path: '/rapporten/bewaard/:file',
  answer: async ({ request, api }) => {
    const { file } = z.object({ file: z.string() }).parse(request.params);
    return fileOf(await api.file(`/v1/reports/${encodeURIComponent(file)}`, {}, '*/*'));
  },
};

export const reportDownloads: readonly BoardDownload[] = [makeDownload, keptDownload];

function askedOf(query: unknown): z.infer<typeof askedSchema> {
  const asked = askedSchema.safeParse(query);
  if (!asked.success) throw unknown();
  return asked.data;
}

function unknown(): ProblemError {
  return new ProblemError(404, 'there is no such report: choose one on /rapporten');
}

function fileOf({ type, disposition, body }: ApiFile): BoardFile {
  const policy = type.startsWith(REPORT_TYPES.html) ? policyOf(body) : undefined;
  return { type, disposition, policy, body };
}
