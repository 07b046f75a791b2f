/** The three exports through the whole pipeline: the same totals as the same cases sent as events. */
import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Pipeline } from '../harness/pipeline.ts';
import { putPriceList, putProgramme, send } from '../harness/sender.ts';
import type { SentEvent, SentPriceList, SentProgramme } from '../harness/sent.ts';
import { readTotals, type Totals } from '../harness/totals.ts';
import { runVerify } from '../harness/verify.ts';
import { EXPORTS, pathOf, readBody, readEvents, readMapping, readRefused } from './exports/exports.ts';
import { ImportClient, type SeenImport, TYPES } from './import-client.ts';

const pipeline = new Pipeline();
const folder = `${pipeline.folder}/ingest-data`;
const { ingest } = pipeline;
const client = new ImportClient(() => ingest.running.url);

beforeAll(async () => {
  await pipeline.start([pipeline.calculator, ingest, pipeline.portal]);
});
afterAll(() => pipeline.end());

/** Totals of one organisation, without its name. */
async function totalsOf(organisation: string): Promise<Totals> {
  await pipeline.settled();
  const all = Object.entries(await readTotals(pipeline.db));
  const own = all.filter(([group]) => group.split(' ')[1] === organisation);
  return Object.fromEntries(
    own.map(([group, figures]) => [group.replace(` ${organisation} `, ' '), figures]),
  );
}

describe.each(EXPORTS)('the export $name', ({ name, file, kind, priceList }) => {
  const mapping = readMapping(name);
  const { municipality, organisation, programme } = mapping;
  const asEvents = `${organisation}-als-events`;
  const upload = (): Promise<SeenImport> =>
    client.import(`mapping=${name}&full=true`, readFileSync(pathOf(name, file)), TYPES[kind]);
  let first: SeenImport;

  beforeAll(async () => {
    await putPriceList(pipeline, priceList, readBody(name, 'price-list.json') as SentPriceList);
    for (const one of [organisation, asEvents]) {
      const address = { municipality: String(municipality), organisation: one, programme: String(programme) };
      await putProgramme(pipeline, address, readBody(name, 'programme.json') as SentProgramme);
    }
    await client.putMapping(name, readBody(name, 'mapping.json'));
    first = await upload();
  });

  it('refuses the rows that must be refused, and no others', async () => {
    const report = await client.report(first.id, 'status=refused&limit=1000');
    const found = report.map(({ row, faults }) => ({
      row,
      faults: faults.flatMap(({ column, code }) => (code === 'other-row' ? [] : [{ column, code }])),
    }));
    expect(found).toEqual(readRefused(name).map(({ row, faults }) => ({ row, faults: distinct(faults) })));
    expect(first.rows.accepted + first.rows.refused).toBe(first.rows.total);
  });

  it('gives the totals of the same cases sent as events', async () => {
    const events = readEvents(name).map((event) => {
      return { ...event, data: { ...event.data, organisation: asEvents } } as unknown as SentEvent;
    });
    expect(first.cases.accepted).toBe(events.length);
    for (let at = 0; at < events.length; at += 500) await send(pipeline, events.slice(at, at + 500));
    const totals = await totalsOf(organisation);
    expect(Object.keys(totals).length).toBeGreaterThan(10);
    expect(totals).toEqual(await totalsOf(asEvents));
    expect((await pipeline.status()).quarantined).toBe(0);
  });

  it('changes nothing when it is imported again', async () => {
    const last = await pipeline.lastSequence();
    const again = await upload();
    expect(again.rows).toMatchObject({ accepted: 0, unchanged: first.rows.accepted });
    expect(again.vanished).toBe(0);
    expect(await pipeline.lastSequence()).toBe(last);
  });
});

/** A cell that is wrong for two fields is named once. */
function distinct(faults: { column: string; code: string }[]): { column: string; code: string }[] {
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}

it('moves no total when it is imported again after the folder was lost', async () => {
  const before = await Promise.all(EXPORTS.map(({ name }) => totalsOf(readMapping(name).organisation)));
  await ingest.stop();
  rmSync(folder, { recursive: true });
  await ingest.start();
  for (const { name, file, kind } of EXPORTS) {
    const seen = await client.import(`mapping=${name}`, readFileSync(pathOf(name, file)), TYPES[kind]);
    expect(seen.rows.accepted).toBeGreaterThan(0);
  }
  const after = await Promise.all(EXPORTS.map(({ name }) => totalsOf(readMapping(name).organisation)));
  expect(after).toEqual(before);
  const { code, output } = await runVerify(pipeline.postgres.running.url);
  expect([code, output]).toEqual([0, expect.stringContaining(' 0 faults')]);
});
