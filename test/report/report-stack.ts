/** A portal with what reports tell: Haarlemmermeer 2021, and a small programme whose texts are rubbish. */
import type { Service } from '@effectstroom/infra';
import type { Part } from '../harness/part.ts';
import { putPriceList, putProgramme } from '../harness/sender.ts';
import type { SentEvent, SentPriceList, SentProgramme } from '../harness/sent.ts';
import { type PeopleStack, startPeopleStack } from '../people/people-stack.ts';
import { loadScenario } from '../scenarios/load-scenario.ts';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
export const HAARLEMMERMEER = '/v1/reports/GM0394/meerwaarde/main/2021';

/** What must be shown as it is, and run nowhere. */
export const RUBBISH = `<script>alert(1)</script><img src=x onerror=alert(2)>'"&amp;{{7*7}}`;
/** What a spreadsheet must not take for a formula. */
export const FORMULA = '=HYPERLINK("https://voorbeeld.test","x")';
export const SMALL = { municipality: 'GM0762', organisation: 'kleinwerk', programme: 'proef' };
const SOURCE = 'urn:nld:kvknr:41224547:systeem:proef';

export async function startReportStack(): Promise<PeopleStack> {
  const stack = await startPeopleStack({ isEmpty: true });
  const { priceList, programme, events } = loadScenario('haarlemmermeer-2021');
  await putPriceList(stack.pipeline, priceList?.code ?? '', priceList as unknown as SentPriceList);
  const place = { municipality: 'GM0394', organisation: 'meerwaarde', programme: 'main' };
  const budgets = [{ year: 2021, amount: '5884091.00', fte: '50', note: 'Zonder huisvesting' }];
  await putProgramme(stack.pipeline, place, { ...programme, budgets } as unknown as SentProgramme);
  for (let at = 0; at < events.length; at += 250) await stack.send(events.slice(at, at + 250) as SentEvent[]);
  await putProgramme(stack.pipeline, SMALL, smallProgramme());
  await stack.send(lastMonth(stack.today).flatMap((day) => smallCases(day)));
  await stack.settled();
  return stack;
}

/** Puts texts of a report. */
export async function putTexts(stack: PeopleStack, address: string, body: object): Promise<Response> {
  return fetch(`${stack.ingest}/v1/report-texts/${address}`, {
    method: 'PUT',
    headers: { authorization: 'Bearer local-admin', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** A report of the portal, or of another one. */
export async function getReport(
  { portal }: { portal: string } | PeopleStack,
  path: string,
  accept: string,
  key = 'local-read',
): Promise<{ status: number; headers: Headers; body: Buffer }> {
  const answer = await fetch(`${portal}${path}`, {
    headers: { accept, authorization: `Bearer ${key}` },
    signal: AbortSignal.timeout(40_000),
  });
  return {
    ...{ status: answer.status, headers: answer.headers },
    body: Buffer.from(await answer.arrayBuffer()),
  };
}

/** The address of a part that runs. */
export function at(part: Part<Service>): { portal: string } {
  return { portal: part.running.url };
}

/** The last month before a day, as `2026-05`. */
export function monthBefore(today: string): string {
  const first = new Date(`${today.slice(0, 7)}-01T00:00:00Z`);
  return new Date(first.getTime() - 86_400_000).toISOString().slice(0, 7);
}

function smallProgramme(): SentProgramme {
  return {
    ...{ name: RUBBISH, method: 'preventiecalculator' },
    correctionFactors: [{ from: '2000-01-01', factor: '0.90' }],
    themes: [
      { code: 'a', name: FORMULA, goals: [{ code: 'a1', name: RUBBISH }] },
      { code: 'b', name: 'Klein', goals: [] },
    ],
    costBearers: [{ code: 'gemeente', name: RUBBISH, municipal: true }],
    budgets: [{ year: 2021, amount: '1.00', note: RUBBISH }],
  } as unknown as SentProgramme;
}

function lastMonth(today: string): string[] {
  return [`${monthBefore(today)}-15`];
}

/** Nine cases of one theme, and two of another: too few to show to everybody. */
function smallCases(date: string): SentEvent[] {
  return Array.from({ length: 11 }, (_, place) => ({
    ...{ specversion: '1.0', id: `klein-${place}`, source: SOURCE, type: 'nl.effectstroom.case.assessed' },
    time: new Date().toISOString(),
    data: {
      ...{ ...SMALL, caseId: `k-${place}`, revision: 1, date },
      ...(place < 9 ? { theme: 'a', goal: 'a1' } : { theme: 'b' }),
      avoided: [
        {
          ...{ amount: `${100 + place}.33`, costBearer: 'gemeente', recurrence: 'yearly' },
          ...{ likelihood: 'possible', contribution: 'probable' },
        },
      ],
    },
  })) as SentEvent[];
}
