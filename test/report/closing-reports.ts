/** Tests of reports that are made from a closing, and of periods and moments that cannot be. */
import type { Report } from '@effectstroom/contracts';
import { beforeAll, expect, test } from 'vitest';
import type { PeopleStack } from '../people/people-stack.ts';
import { plain } from './plain-text.ts';
import { getReport, HAARLEMMERMEER } from './report-stack.ts';

/** Its tests; one case is withdrawn. */
export function describeClosingReports(on: () => PeopleStack): void {
  let stack: PeopleStack;
  let figuresKey: string;
  beforeAll(async () => {
    stack = on();
    figuresKey = await stack.makeKey(['read']);
  });

  test('is reported as it was, with what came after it', async () => {
    const closed = await fetch(`${stack.ingest}/v1/closings/meerwaarde/2021`, {
      method: 'PUT',
      headers: { authorization: 'Bearer local-admin', 'content-type': 'application/json' },
      body: '{}',
    });
    expect(closed.status).toBe(202);
    const path = '/v1/closings/meerwaarde/2021';
    const isSealed = async () => ((await stack.ask(path)) as { reported: unknown }).reported !== null;
    await stack.pipeline.until(isSealed, 'the closing is sealed');
    const before = await getReport(stack, `${HAARLEMMERMEER}?closing=true`, 'application/json');
    const withdrawn = {
      municipality: 'GM0394',
      organisation: 'meerwaarde',
      programme: 'main',
      caseId: 'hlm-0001',
    };
    await stack.send([
      {
        ...{ specversion: '1.0', id: 'terug', source: 'urn:nld:kvknr:41224547:systeem:registratie' },
        ...{ type: 'nl.effectstroom.case.withdrawn', time: new Date().toISOString() },
        data: { ...withdrawn, revision: 2, reason: 'error' },
      } as Parameters<typeof stack.send>[0][number],
    ]);
    await stack.settled();
    const after = JSON.parse(
      (await getReport(stack, `${HAARLEMMERMEER}?closing=true`, 'application/json')).body.toString(),
    ) as Report;
    expect(after.total).toEqual((JSON.parse(before.body.toString()) as Report).total);
    expect(after.closing?.checksum).toMatch(/^[0-9a-f]{64}$/);
    expect(after.closing?.afterwards?.parts.map(({ label }) => label)).toEqual(['Ingetrokken casussen']);
    const now = JSON.parse(
      (await getReport(stack, HAARLEMMERMEER, 'application/json')).body.toString(),
    ) as Report;
    expect(now.total.cases?.registered).toBe(330);
    const page = (await getReport(stack, `${HAARLEMMERMEER}?closing=true`, 'text/html')).body.toString();
    expect(plain(page)).toContain('€ 18.634.766');
    // Without the right to see single cases: the figures, and nothing of what came after.
    const told = await getReport(stack, `${HAARLEMMERMEER}?closing=true`, 'application/json', figuresKey);
    expect(JSON.parse(told.body.toString()).closing).toMatchObject({ checksum: null, afterwards: null });
  });

  test.each([
    ['2020?closing=true', 409],
    ['2021-13', 400],
    ['2021-03-01--2021-02-01', 400],
    ['2021-03-10--2021-06-11', 200],
    ['2021?asOf=2121-01-01T00:00:00Z', 409],
    ['2021?asOf=2020-01-01T00:00:00Z', 404],
    ['2021?lang=fr', 400],
  ])('%s is answered %i', async (period, status) => {
    const path = `/v1/reports/GM0394/meerwaarde/main/${period}`;
    expect((await getReport(stack, path, 'application/json')).status).toBe(status);
  });
}
