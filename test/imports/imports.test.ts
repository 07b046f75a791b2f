/** Imports against a real nats-server: what is taken, what is sent, and what is not. */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IngestStack } from '../ingest/ingest-stack.ts';
import { ImportClient, TYPES } from './import-client.ts';
import { exportOf, HEADER, type InventedRow, lineOf, mappingOf, numbered } from './simple-export.ts';

const BSN = '123456782';
const stack = new IngestStack();
const folder = `${stack.folder}/data`;
let url = '';
const client = new ImportClient(() => url);

beforeAll(async () => {
  await stack.startNats();
  await stack.startIngest({ DATA_FOLDER: folder, IMPORT_BYTES: '2000000' }, (address) => {
    url = address;
  });
});
afterAll(() => stack.end());

/** A mapping with a code, for an organisation of its own: what one test delivers is not another's. */
async function ownMapping(code: string, changes: Record<string, unknown> = {}): Promise<void> {
  await client.putMapping(code, mappingOf({ organisation: code, ...changes }));
}

async function publishedOf(organisation: string) {
  const events = [...(await stack.publishedEvents()).values()];
  return events.filter((event) => Object(event['data']).organisation === organisation);
}

describe('an import', () => {
  it('sends the cases of a file as events, once', async () => {
    await ownMapping('once');
    const file = exportOf(numbered(0, 1200));
    const first = await client.import('mapping=once&name=week+1.csv', file);
    expect(first).toMatchObject({
      name: 'week 1.csv',
      rows: { total: 1200, done: 1200, accepted: 1200, unchanged: 0, refused: 0 },
      cases: { accepted: 1200, unchanged: 0, refused: 0, withdrawn: 0 },
      failure: null,
    });
    const events = await publishedOf('once');
    expect(events.length).toBe(1200);
    expect(events.find((event) => Object(event['data']).caseId === 'h-7')).toMatchObject({
      type: 'nl.effectstroom.case.assessed',
      data: {
        ...{ municipality: 'GM0394', date: '2021-08-08', theme: '3', revision: expect.any(Number) },
        avoided: [{ service: 'huisarts', quantity: '8.5', likelihood: 'probable', contribution: 'certain' }],
      },
    });
    const last = await stack.lastSequence();
    const second = await client.import('mapping=once', file);
    expect(second.rows).toEqual({ total: 1200, done: 1200, accepted: 0, unchanged: 1200, refused: 0 });
    expect(await stack.lastSequence()).toBe(last);
  });

  it('sends of the full export a week later only what changed, and withdraws what vanished', async () => {
    await ownMapping('weekly');
    await client.import('mapping=weekly&full=true', exportOf(numbered(0, 700)));
    const before = (await publishedOf('weekly')).length;
    const changed: InventedRow[] = numbered(0, 690).map((row) =>
      row.number < 5 ? { ...row, quantity: '99' } : row,
    );
    const file = exportOf([...changed, { number: 9999 }]);
    const seen = await client.import('mapping=weekly&full=true', file);
    expect(seen.rows).toMatchObject({ accepted: 6, unchanged: 685 });
    expect(seen.vanished).toBe(10);
    expect((await publishedOf('weekly')).length).toBe(before + 6);

    const vanished = await client.ask('GET', `/v1/imports/${seen.id}/vanished?limit=4`);
    expect(vanished.body).toEqual({
      count: 10,
      unreadable: 0,
      cases: ['h-690', 'h-691', 'h-692', 'h-693'],
      next: 'h-693',
    });
    const withdraw = (count: number) =>
      client.json('POST', `/v1/imports/${seen.id}/vanished/withdraw`, { count, reason: 'error' });
    expect((await withdraw(9)).status).toBe(409);
    expect((await withdraw(10)).status).toBe(202);
    const after = await client.ended(seen.id);
    expect(after).toMatchObject({ state: 'done', vanished: 0, cases: { accepted: 6, withdrawn: 10 } });
    const withdrawn = (await publishedOf('weekly')).filter(({ type }) => String(type).endsWith('.withdrawn'));
    expect(withdrawn.map(({ data }) => Object(data).caseId).sort()).toEqual(
      numbered(690, 700).map(({ number }) => `h-${number}`),
    );
    expect((await withdraw(10)).status).toBe(409);

    const back = await client.import('mapping=weekly&full=true', exportOf(numbered(0, 700)));
    // The ten are back, the five are as they were, and one vanished.
    expect(back.rows).toMatchObject({ accepted: 15, unchanged: 685 });
    expect(back.vanished).toBe(1);
  });

  it('sends nothing in a dry run, and tells what it would have sent', async () => {
    await ownMapping('dry');
    await client.import('mapping=dry', exportOf(numbered(0, 20)));
    const last = await stack.lastSequence();
    const file = exportOf([{ number: 3, theme: '9' }, ...numbered(4, 25)]);
    const dry = await client.import('mapping=dry&dryRun=true&full=true', file);
    expect(dry.rows).toMatchObject({ accepted: 6, unchanged: 16 });
    expect(dry.vanished).toBe(3);
    expect(await stack.lastSequence()).toBe(last);
    const body = { count: 3, reason: 'error' };
    expect((await client.json('POST', `/v1/imports/${dry.id}/vanished/withdraw`, body)).status).toBe(409);
    expect((await client.import('mapping=dry', file)).rows).toMatchObject({ accepted: 6, unchanged: 16 });
  });

  it('keeps rows of one case together, wherever they stand', async () => {
    await ownMapping('lines', { rows: 'line' });
    const rows = numbered(0, 3000);
    const twice = [...rows, ...rows.map((row) => ({ ...row, service: 'begeleiding', quantity: '2' }))];
    const seen = await client.import('mapping=lines', exportOf(twice));
    expect(seen.rows.accepted).toBe(6000);
    expect(seen.cases.accepted).toBe(3000);
    const events = await publishedOf('lines');
    expect(new Set(events.map(({ data }) => Object(data).avoided.length))).toEqual(new Set([2]));
    const last = await stack.lastSequence();
    const again = await client.import('mapping=lines', exportOf(twice.toReversed()));
    expect(again.rows.unchanged).toBe(6000);
    expect(await stack.lastSequence()).toBe(last);
  });

  it('takes the revisions of an export as they are, and of each the last that counts', async () => {
    const fields = Object(mappingOf())['case'];
    await ownMapping('revised', { case: { ...fields, revision: { column: 'Versie' } } });
    const header = `${HEADER};Versie`;
    const file = [header, `${lineOf({ number: 1 })};1`, `${lineOf({ number: 1, quantity: '3' })};2`].join(
      '\n',
    );
    expect((await client.import('mapping=revised&full=true', file)).cases.accepted).toBe(2);
    const again = await client.import('mapping=revised&full=true', file);
    expect(again.cases).toMatchObject({ accepted: 0, unchanged: 2 });
    const revisions = async () =>
      (await publishedOf('revised')).map(({ data }) => Object(data).revision).sort((a, b) => a - b);
    expect(await revisions()).toEqual([1, 2]);

    const other = [header, `${lineOf({ number: 2 })};1`].join('\n');
    const gone = await client.import('mapping=revised&full=true', other);
    expect(gone.vanished).toBe(1);
    const body = { count: 1, reason: 'consent' };
    await client.json('POST', `/v1/imports/${gone.id}/vanished/withdraw`, body);
    await client.ended(gone.id);
    // What comes back stands above the withdrawal, and what follows above that.
    const back = [header, `${lineOf({ number: 1, quantity: '3' })};2`].join('\n');
    await client.import('mapping=revised', back);
    expect((await client.import('mapping=revised', back)).cases.unchanged).toBe(1);
    await client.import('mapping=revised', [header, `${lineOf({ number: 1, quantity: '4' })};3`].join('\n'));
    const events = (await publishedOf('revised')).filter(({ data }) => Object(data).caseId === 'h-1');
    const newest = events.sort((a, b) => Object(b['data']).revision - Object(a['data']).revision)[0];
    expect(Object(newest?.['data']).avoided[0].quantity).toBe('4');
  });

  it('leaves nothing of the file behind but its report and hashes', async () => {
    await ownMapping('tidy');
    const { id } = await client.import('mapping=tidy', exportOf(numbered(0, 30)));
    expect(readdirSync(`${folder}/imports`).filter((name) => name.startsWith(id))).toEqual([`${id}.report`]);
    for (const file of [`${folder}/ingest.sqlite`, `${folder}/imports/${id}.report`]) {
      expect(readFileSync(file, 'latin1')).not.toContain('tekst die niemand nodig heeft');
    }
    expect(readFileSync(`${stack.folder}/ingest/ingest.log`, 'utf8')).not.toContain('h-17');
  });
});

describe('rows that are refused', () => {
  const rows: InventedRow[] = [
    { number: 1 },
    { number: 2, date: '31-02-2021' },
    { number: 3, likelihood: 'Vast wel' },
    { number: 4, quantity: '=1+1' },
    { number: Number(BSN) },
  ];
  let id = '';

  beforeAll(async () => {
    await ownMapping('refused', { rows: 'line' });
    const file = `${exportOf(rows)}${lineOf({ number: 5 })}\r\n${lineOf({ number: 5, theme: '1' })}\r\n`;
    const seen = await client.import('mapping=refused&full=true', file);
    expect(seen.rows).toEqual({ total: 7, done: 7, accepted: 1, unchanged: 0, refused: 6 });
    expect(seen.cases).toMatchObject({ accepted: 1, refused: 5 });
    id = seen.id;
  });

  it('are reported with their cells, and no value', async () => {
    const report = await client.report(id, 'status=refused');
    const places = report.flatMap(({ faults }) =>
      faults.map(({ cell, column, code }) => `${cell} ${column} ${code}`),
    );
    expect(report.map(({ row, caseId }) => [row, caseId])).toEqual([
      [3, 'h-2'],
      [4, 'h-3'],
      [5, 'h-4'],
      [6, null],
      [7, 'h-5'],
      [8, 'h-5'],
    ]);
    expect(places).toEqual([
      'B3 Datum format',
      'F4 Kans unknown-value',
      'E5 Aantal format',
      'A6 Casusnummer bsn',
      expect.stringMatching(/other-row$/),
      'C8 Thema mismatch',
    ]);
    const text = JSON.stringify(report);
    for (const value of ['31-02-2021', 'Vast wel', '=1+1', BSN]) expect(text).not.toContain(value);
    const page = await client.ask('GET', `/v1/imports/${id}/report?limit=3&after=3`);
    expect(page.body.rows.map(({ row }: { row: number }) => row)).toEqual([4, 5, 6]);
    expect(page.body.next).toBe(6);
  });

  it('are reported as CSV for a Dutch spreadsheet', async () => {
    const answer = await client.ask('GET', `/v1/imports/${id}/report`, { headers: { accept: 'text/csv' } });
    const bytes = await fetch(`${url}/v1/imports/${id}/report?status=accepted`, {
      headers: { accept: 'text/csv', authorization: 'Bearer local-ingest' },
    }).then((one) => one.arrayBuffer());
    expect([...new Uint8Array(bytes).subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = answer.text.replace('\ufeff', '').trimEnd().split('\r\n');
    expect(lines[0]).toBe('rij;casus;uitkomst;cel;kolom;reden;toegestaan');
    expect(lines[1]).toBe('2;h-1;aangenomen;;;;');
    expect(lines[2]).toMatch(/^3;h-2;geweigerd;B3;Datum;Anders geschreven dan gevraagd;/);
    expect(lines.length).toBe(8);
  });

  it('are reported as a Dutch page that stands on its own', async () => {
    const { headers, text } = await client.ask('GET', `/v1/imports/${id}/report`, {
      headers: { accept: 'text/html' },
    });
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(text).toContain('<html lang="nl">');
    expect(text).toContain('Geweigerde rijen');
    expect(text).toContain('<td>F4</td>');
    expect(text).not.toMatch(/<script|<link|src=|https?:/);
    for (const value of ['31-02-2021', 'Vast wel', BSN]) expect(text).not.toContain(value);
  });

  it('keep vanished cases from being withdrawn where one of them names no case', async () => {
    const { body } = await client.ask('GET', `/v1/imports/${id}/vanished`);
    expect(body).toMatchObject({ unreadable: 1 });
    const next = await client.import('mapping=refused&full=true', exportOf([{ number: Number(BSN) }]));
    expect(next.vanished).toBe(1);
    const withdrawal = { count: 1, reason: 'error' };
    const answer = await client.json('POST', `/v1/imports/${next.id}/vanished/withdraw`, withdrawal);
    expect([answer.status, answer.body.detail]).toEqual([409, expect.stringContaining('name no case')]);
  });
});

describe('a file that cannot be imported', () => {
  beforeAll(() => ownMapping('bad'));

  it.each([
    ['without some columns', 'Casusnummer;Thema\r\n1;3\r\n', 'missing-columns'],
    ['with headers only', `${HEADER}\r\n`, 'no-rows'],
    ['that is no table', '%PDF-1.4 nothing of the kind', 'not-a-table'],
    ['of bytes', new Uint8Array([0, 1, 2, 3, 0, 0, 0, 5, 6]), 'not-a-table'],
    ['that is no zip after all', new Uint8Array([0x50, 0x4b, 3, 4, 9, 9, 9, 9]), 'not-well-formed'],
  ])('%s fails, and says why', async (_, file, code) => {
    const seen = await client.ended(await client.start('mapping=bad', file, TYPES.any));
    expect([seen.state, seen.failure?.code]).toEqual(['failed', code]);
    expect(readdirSync(`${folder}/imports`).filter((name) => name.startsWith(seen.id))).toEqual([]);
  });

  it('names all columns that are missing', async () => {
    const seen = await client.ended(await client.start('mapping=bad', 'Casusnummer;Thema\r\n1;3\r\n'));
    for (const column of ['Datum', 'Dienst', 'Aantal', 'Kans']) {
      expect(seen.failure?.detail).toContain(`"${column}"`);
    }
  });

  it('is refused at once where that can be', async () => {
    const status = async (query: string, file: string | Uint8Array, type?: string) =>
      (await client.upload(query, file, type)).status;
    expect(await status('mapping=bad', '')).toBe(400);
    expect(await status('mapping=bad', 'x'.repeat(2_000_001))).toBe(413);
    expect(await status('mapping=bad', 'x', 'application/json')).toBe(415);
    expect(await status('mapping=none', 'x')).toBe(404);
    expect(await status('mapping=bad&version=7', 'x')).toBe(404);
    expect(await status('mapping=bad&full=yes&other=1', 'x')).toBe(400);
    expect(await status(`mapping=bad&name=${BSN}.csv`, 'x')).toBe(400);
    const streamed = new ReadableStream({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('x'.repeat(100_000))),
    });
    const endless = await client.ask('POST', '/v1/imports?mapping=bad', {
      ...{ body: streamed, duplex: 'half' },
      headers: { 'content-type': 'text/csv' },
    } as RequestInit);
    expect(endless.status).toBe(413);
    expect(readdirSync(`${folder}/imports`).filter((name) => name.endsWith('.incoming'))).toEqual([]);
  });
});

describe('a file without a mapping', () => {
  it('gets one proposed, with the cases that it would give, and is not kept', async () => {
    const before = readdirSync(`${folder}/imports`);
    const query = 'municipality=GM0394&organisation=voorstel&source=urn:nld:kvknr:1';
    const { status, body } = await client.upload(query, exportOf(numbered(0, 50)));
    expect(status).toBe(200);
    expect(body.columns).toEqual(HEADER.split(';'));
    expect(body.proposal).toMatchObject({ organisation: 'voorstel', case: { date: { column: 'Datum' } } });
    expect(body.preview.length).toBe(10);
    expect(readdirSync(`${folder}/imports`)).toEqual(before);
    expect((await client.upload('', '%PDF-')).status).toBe(400);
  });
});
