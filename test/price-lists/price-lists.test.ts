/** Price lists as CSV and XLSX: the same as the JSON, all faults with their cells, and what would change. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { priceListPreviewSchema } from '@effectstroom/contracts';
import { repository } from '@effectstroom/infra';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { type Answer, IngestStack } from '../ingest/ingest-stack.ts';
import { dutchCsv, type PriceLists, rowsOf } from './price-table.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const SAMPLE: PriceLists = JSON.parse(
  readFileSync(join(repository, 'packages/contracts/examples/price-list.json'), 'utf8'),
);
const stack = new IngestStack();

beforeAll(async () => {
  await stack.startNats();
  await stack.startIngest();
});
afterAll(() => stack.end());

function put(
  code: string,
  body: unknown,
  type = 'text/csv',
  query: Record<string, string> = {},
  key = 'local-admin',
): Promise<Answer> {
  const path = `/v1/price-lists/${code}?${new URLSearchParams({ ...query })}`;
  return stack.send('PUT', path, body, { authorization: `Bearer ${key}`, 'content-type': type });
}

/** The newest published list. */
async function published(): Promise<unknown> {
  const settings = (await stack.messages()).filter(({ subject }) => subject === 'settings');
  return JSON.parse(settings.at(-1)?.text ?? '').data;
}

/** The faults of an answer as `cell column pointer code`. */
function faultsOf({ body }: Answer): string[] {
  return (body.errors ?? []).map((fault) => {
    const { cell = '-', column = '-' } = fault as { cell?: string; column?: string };
    return `${cell} ${column} ${fault.pointer} ${fault.code}`;
  });
}

const NAMED = { name: SAMPLE.name, ...(SAMPLE.note !== undefined && { note: SAMPLE.note }) };
const SMALL = 'dienst;naam;eenheid;prijs;kostenhouder\n';

describe('the sample price list as a table', () => {
  let asJson: unknown;

  beforeAll(async () => {
    expect((await put('kostenhandleiding', SAMPLE, 'application/json')).status).toBe(202);
    asJson = await published();
  });

  it('is the same as CSV with Dutch headers', async () => {
    const answer = await put('kostenhandleiding', dutchCsv(SAMPLE), 'text/csv; charset=utf-8', NAMED);
    expect([answer.status, answer.body], answer.text).toEqual([202, { accepted: 1 }]);
    expect(await published()).toEqual(asJson);
  });

  it('is the same as XLSX with English headers, and numbers and dates as they are', async () => {
    const members = ['from', 'service', 'name', 'unit', 'price', 'costBearer', 'kind', 'priceLevel'];
    const rows = rowsOf(SAMPLE, members).map(([from = '', ...cells]) => [
      { value: new Date(from), type: Date, format: 'dd-mm-yyyy' } as const,
      ...cells.map((cell, at) =>
        at === 3 || at === 6
          ? ({ value: Number(cell), type: Number } as const)
          : ({ value: cell, type: String } as const),
      ),
    ]);
    const header = members.map((value) => ({ value, type: String }) as const);
    const bytes = await writeXlsxFile([header, ...rows], {}).toBuffer();
    const answer = await put('kostenhandleiding', bytes, XLSX, NAMED);
    expect(answer.status, answer.text).toBe(202);
    expect(await published()).toEqual(asJson);
  });

  it('would change nothing', async () => {
    const before = await stack.lastSequence();
    const answer = await put('kostenhandleiding', dutchCsv(SAMPLE), 'text/csv', { ...NAMED, dryRun: 'true' });
    const { list, changes } = priceListPreviewSchema.parse(answer.body);
    expect([answer.status, changes]).toEqual([200, { unchanged: true, name: false, editions: [] }]);
    expect({ ...list, code: 'kostenhandleiding' }).toEqual(asJson);
    expect(await stack.lastSequence()).toBe(before);
  });
});

describe('a dry run', () => {
  it('shows what is added, removed and repriced, for JSON as well', async () => {
    const query = { name: 'Lijst', from: '2021-01-01' };
    const dryRun = { ...query, dryRun: 'true' };
    const first = `${SMALL}a;A;uur;10,00;gemeente\nb;B;uur;1.234,50;gemeente\n`;
    const unknown = priceListPreviewSchema.parse((await put('proef', first, 'text/csv', dryRun)).body);
    expect(unknown.changes).toBeNull();
    expect((await put('proef', first, 'text/csv', { ...query, removes: 'true' })).status).toBe(202);
    const second = `${SMALL.trim()};Toelichting\na;A;uur;10,35;gemeente;x\nc;C;dag;€ 3,-;gemeente;\n`;
    const { changes, ignored } = priceListPreviewSchema.parse(
      (await put('proef', second, 'text/csv', dryRun)).body,
    );
    expect(ignored).toEqual(['Toelichting']);
    expect(changes?.editions).toMatchObject([
      {
        ...{ from: '2021-01-01', state: 'kept' },
        added: [{ service: 'c', price: '3.00' }],
        removed: [{ service: 'b', price: '1234.50' }],
        repriced: [{ service: 'a', before: '10.00', after: '10.35', percent: '3.5' }],
      },
    ]);
    const json = { name: 'Lijst', editions: [{ from: '2022-01-01', items: [] }] };
    const gone = await put('proef', json, 'application/json', { dryRun: 'true' });
    expect(priceListPreviewSchema.parse(gone.body).changes?.editions).toMatchObject([
      { from: '2021-01-01', state: 'removed' },
      { from: '2022-01-01', state: 'added', comparedWith: null },
    ]);
  });

  it('asks for the right to set it', async () => {
    const query = { name: 'Lijst', from: '2021-01-01', dryRun: 'true' };
    for (const key of ['local-ingest', 'local-read'])
      expect((await put('proef', `${SMALL}a;A;uur;1;g\n`, 'text/csv', query, key)).status).toBe(403);
  });
});

describe('a table beside the list that is known', () => {
  const named = { name: 'Jaren' };
  const header = `vanaf;${SMALL}`;
  const of2025 = '1-1-2025;a;A;uur;10,00;gemeente\n1-1-2025;b;B;uur;5,00;gemeente\n';
  const of2026 = '1-1-2026;a;A;uur;11,00;gemeente\n';
  const editions = async () =>
    ((await published()) as PriceLists).editions.map(({ from, items }) => [
      from,
      items.map(({ price }) => price),
    ]);

  it('is refused where none is known, unless that is meant', async () => {
    const before = await stack.lastSequence();
    const refused = await put('jaren', header + of2025, 'text/csv', named);
    expect([refused.status, refused.body]).toMatchObject([
      409,
      { disappearing: null, detail: expect.stringContaining('removes=true') },
    ]);
    const tried = await put('jaren', header + of2025, 'text/csv', { ...named, dryRun: 'true' });
    expect(tried.body).toMatchObject({ changes: null, disappearing: null, says: refused.body.detail });
    expect(await stack.lastSequence()).toBe(before);
    const query = { ...named, note: 'Vastgesteld', removes: 'true' };
    expect((await put('jaren', header + of2025, 'text/csv', query)).status).toBe(202);
  });

  it('adds its editions, and keeps the others and the note', async () => {
    expect((await put('jaren', header + of2026, 'text/csv', named)).status).toBe(202);
    expect(await published()).toMatchObject({ name: 'Jaren', note: 'Vastgesteld' });
    expect(await editions()).toEqual([
      ['2025-01-01', ['10.00', '5.00']],
      ['2026-01-01', ['11.00']],
    ]);
  });

  it('replaces an edition whole, and says first how many prices disappear', async () => {
    const before = await stack.lastSequence();
    const text = `${header}1-1-2025;a;A;uur;10,50;gemeente\n`;
    const refused = await put('jaren', text, 'text/csv', named);
    expect([refused.status, refused.body]).toMatchObject([
      409,
      { disappearing: 1, detail: expect.stringMatching(/^1 price disappears/) },
    ]);
    expect(await stack.lastSequence()).toBe(before);
    expect((await put('jaren', text, 'text/csv', { ...named, removes: 'true' })).status).toBe(202);
    expect(await editions()).toEqual([
      ['2025-01-01', ['10.50']],
      ['2026-01-01', ['11.00']],
    ]);
  });

  it('is the whole list with replace=true, as JSON always is', async () => {
    const whole = { ...named, replace: 'true' };
    const refused = await put('jaren', header + of2026, 'text/csv', whole);
    expect([refused.status, refused.body]).toMatchObject([409, { disappearing: 1 }]);
    expect((await put('jaren', header + of2026, 'text/csv', { ...whole, removes: 'true' })).status).toBe(202);
    expect(await editions()).toEqual([['2026-01-01', ['11.00']]]);
    const json = { name: 'Jaren', editions: [{ from: '2027-01-01', items: [] }] };
    const tried = await put('jaren', json, 'application/json', { dryRun: 'true' });
    expect(tried.body).toMatchObject({ disappearing: 1, says: null });
    expect((await put('jaren', json, 'application/json')).status).toBe(202);
    expect(await editions()).toEqual([['2027-01-01', []]]);
    expect(faultsOf(await put('jaren', json, 'application/json', { removes: 'true' }))).toEqual([
      '- - /removes not-allowed',
    ]);
  });

  it('loses no edition to another file at the same moment', async () => {
    const years = [2030, 2031, 2032, 2033, 2034];
    const send = async (year: number): Promise<void> => {
      const { status } = await put('jaren', `${header}1-1-${year};a;A;uur;1,00;g\n`, 'text/csv', named);
      if (status === 503) return send(year);
      expect(status).toBe(202);
    };
    await Promise.all(years.map(send));
    expect((await editions()).map(([from]) => from)).toEqual([2027, ...years].map((year) => `${year}-01-01`));
  });
});

describe('a table is refused', () => {
  it('with every fault and its cell', async () => {
    const rows = [
      'a;A;uur;1.234;gemeente;2022',
      'b;;uur;12,3456;gemeente;later',
      'a;A;uur;;Jan Jansen@voorbeeld.nl;2022',
      'd;D;uur;#N/B;gemeente;2022;te veel',
    ];
    const text = `dienst;naam;eenheid;prijs;kostenhouder;prijspeil\n${rows.join('\n')}\n`;
    const answer = await put('proef', text, 'text/csv', { name: 'Lijst', from: '2021-01-01' });
    expect(answer.status).toBe(400);
    expect(faultsOf(answer)).toEqual([
      'D2 prijs /editions/0/items/0/price ambiguous',
      'D3 prijs /editions/0/items/1/price not-exact',
      'F3 prijspeil /editions/0/items/1/priceLevel format',
      'B3 naam /editions/0/items/1/name required',
      'D4 prijs /editions/0/items/2/price required',
      'E4 kostenhouder /editions/0/items/2/costBearer format',
      'A4 dienst /editions/0/items/2/service duplicate',
      'E4 kostenhouder /editions/0/items/2/costBearer personal-data',
      'D5 prijs /editions/0/items/3/price cell-error',
      'G5  /editions/0/items/3 too-many-cells',
    ]);
    expect(answer.text).not.toMatch(/Jansen|voorbeeld/);
  });

  it('without its columns, name or date, each named once', async () => {
    const answer = await put('proef', 'dienst;prijs;prijs\na;1,00;2,00\nb;2,00;3,00\n');
    expect(faultsOf(answer)).toEqual([
      '- -  required',
      '- -  required',
      '- -  required',
      '- - /from required',
      '- - /name required',
      'C1 prijs (2)  duplicate',
    ]);
  });

  it('without a date in one of its rows', async () => {
    const text = 'vanaf;dienst;naam;eenheid;prijs;kostenhouder\n1-1-2021;a;A;uur;1;g\n;b;B;uur;1;g\n';
    expect(faultsOf(await put('proef', text, 'text/csv', { name: 'Lijst' }))).toEqual([
      'A3 vanaf /from required',
    ]);
  });

  it.each([
    ['that is empty', '', 'text/csv', 400],
    ['that is no table', '%PDF-1.7', 'text/csv', 400],
    ['with headers alone', SMALL, 'text/csv', 400],
    ['of another type', `${SMALL}a;A;uur;1;g\n`, 'text/plain', 415],
  ])('%s', async (_what, text, type, status) => {
    const answer = await put('proef', text, type, { name: 'Lijst', from: '2021-01-01' });
    expect([answer.status, answer.headers.get('content-type')], answer.text).toEqual([
      status,
      'application/problem+json',
    ]);
  });

  it('with a parameter that does not exist, or that JSON says itself', async () => {
    expect((await put('proef', SMALL, 'text/csv', { naam: 'Lijst' })).status).toBe(400);
    const json = await put('proef', { name: 'Lijst', editions: [] }, 'application/json', { name: 'Lijst' });
    expect(faultsOf(json)).toContain('- - /name not-allowed');
  });
});
