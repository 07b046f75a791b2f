/** What readers see without the scope detail, over HTTP; and that the counts behind it are those of the cases. */
import { parseSavingsQuery, publicSavingsSchema, type SavingsQuery } from '@effectstroom/contracts';
import { inSnapshot } from '@effectstroom/database';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Judgement, judgedDimensions, reasonOf } from '../../services/portal/src/suppression/judge.ts';
import { divisionsOf } from '../../services/portal/src/suppression/lattice.ts';
import {
  type JudgedReading,
  readCounts,
  readJudgement,
} from '../../services/portal/src/suppression/read-judgement.ts';
import {
  type InventedCase,
  inventCases,
  inventPriceList,
  inventProgrammes,
  MINUTES,
  momentOf,
} from '../portal/invented-cases.ts';
import { KEYS, startTestPortal, type TestPortal } from '../portal/portal-server.ts';
import { writeInvented } from '../portal/write-invented.ts';
import { seededRandom } from '../scenarios/random.ts';
import { countInvented } from './count-invented.ts';

const LIMITS = { fewerThan: 5, dominancePercent: 80 };
const YEAR = { from: '2020-01-01', to: '2020-12-31' };
const cases = inventCases(400, seededRandom(11n)).map(withoutGiants);
let portal: TestPortal;

beforeAll(async () => {
  portal = await startTestPortal();
  await writeInvented(portal.database.url, cases, inventProgrammes(), [inventPriceList()]);
}, 180_000);

afterAll(() => portal?.stop());

/** Amounts and similar cases of the same order, so that not every group is dominated by one case. */
function withoutGiants({ history, ...one }: InventedCase): InventedCase {
  const modest = (values: bigint[]) => values.map((value) => ((value % 400n) + 100n) * 1_000_000n);
  return {
    ...one,
    history: history.map(({ minute, contribution: of }) => ({
      minute,
      contribution: of && {
        ...of,
        similarCases: Math.min(of.similarCases, 3),
        lines: of.lines.map((line) => {
          const values = modest(line.values);
          return { ...line, values, lows: values, highs: values };
        }),
      },
    })),
  };
}

const asReader = { authorization: `Bearer ${KEYS.figures}` };
const get = (path: string, headers: Record<string, string> = asReader) => portal.get(path, headers);
/** What the tests look at, of whichever answer. */
interface Row extends Partial<Record<'theme' | 'team' | 'workType', string | null>> {
  cases: { assessed: number } | null;
  corrected: { total: string } | null;
  before?: object | null;
  after?: object | null;
  difference?: object | null;
  parts?: object[];
  suppressed?: string;
}
interface Answer {
  basis: { suppressed?: object };
  rows: Row[];
  total: Row;
  parts: { value: string | null; sum: string | null; suppressed?: string }[];
  sum: string | null;
  pages: object | null;
  next: string | null;
  errors: { pointer: string }[];
  detail: string;
}

const answerIn = async (response: Response) => (await response.json()) as Answer;
const json = async (path: string, headers?: Record<string, string>) => answerIn(await get(path, headers));
const named = (row: Row, name: string): string | null => Reflect.get(row, name) ?? null;

function reading(query: SavingsQuery, moment?: string): JudgedReading {
  return { query, organisations: undefined, moment, limits: LIMITS };
}

describe('the counts behind it', () => {
  it.each([
    { groupBy: 'theme' },
    { groupBy: 'goal,team' },
    { groupBy: 'month,workType', municipality: 'GM0001' },
    { groupBy: 'costBearer' },
    { groupBy: 'theme,costBearer,recurrence' },
    { groupBy: 'effect', team: 'noord' },
    { groupBy: 'theme', view: 'calendar' },
    { groupBy: 'quarter,costBearer', view: 'calendar' },
    { groupBy: 'month,organisation', view: 'calendar', municipality: 'GM0002' },
  ])('are those of the cases, now and as known before: %j', async (asked) => {
    const query = parseSavingsQuery({ ...YEAR, ...asked });
    const dimensions = judgedDimensions(query);
    const divisions = divisionsOf(dimensions, query.view);
    for (const minute of [undefined, MINUTES / 2]) {
      const moment = minute === undefined ? undefined : momentOf(minute);
      const read = await inSnapshot(portal.database.db, (tx) => readCounts(tx, reading(query, moment)));
      const expected = countInvented(cases, query, dimensions, divisions, minute ?? MINUTES);
      expect(new Map(read.map((one) => [keyOf(one), one.counts]))).toEqual(
        new Map(expected.map((one) => [keyOf(one), one.counts])),
      );
      expect(read.length).toBeGreaterThan(0);
    }
  });
});

const keyOf = ({
  municipality,
  values,
  divided,
}: {
  municipality: string;
  values: unknown;
  divided: unknown;
}) => JSON.stringify([municipality, values, divided]);

describe('savings', () => {
  it.each(['theme', 'theme,team', 'goal', 'costBearer', 'municipality,theme', 'month', ''])(
    'a reader without detail sees the same figures, but for those that are suppressed: by %s',
    async (groupBy) => {
      const path = `/v1/savings?from=2020-01-01&to=2020-12-31&groupBy=${groupBy}`;
      const [all, shown] = [await json(path, {}), await json(path)];
      publicSavingsSchema.parse(shown);
      const judgement = await judged(parseSavingsQuery({ ...YEAR, groupBy }));
      const names = groupBy === '' ? [] : groupBy.split(',');
      const listed = all.rows.filter(
        (row) =>
          reasonOf(
            judgement,
            names.map((name) => named(row, name)),
          ) !== null,
      );
      expect(shown.rows.length).toBe(listed.length);
      expect(shown.basis.suppressed).toEqual({ ...LIMITS, unlisted: listed.length < all.rows.length });
      for (const [place, row] of shown.rows.entries()) {
        const suppressed = judgement.row(names.map((name) => named(row, name)));
        expect(row.suppressed).toBe(suppressed);
        expect(row).toEqual(
          suppressed === undefined ? listed[place] : hidden(listed[place] ?? {}, names, suppressed),
        );
      }
      expect(shown.total.suppressed).toBe(judgement.total);
    },
  );

  it.each(['', 'theme'])('a month less than a period is shown where the month is: by %s', async (groupBy) => {
    const ask = (from: string, to: string) =>
      json(`/v1/savings?from=${from}&to=${to}&groupBy=${groupBy}&municipality=GM0001`);
    const ofRows = ({ rows, total }: Answer) =>
      new Map([...rows, total].map((row) => [row === total ? 'total' : named(row, 'theme'), row]));
    const marks = new Set<boolean>();
    for (let month = 2; month <= 12; month += 1) {
      const first = `2020-${String(month).padStart(2, '0')}-01`;
      const last = lastDayOf(2020, month);
      const [upTo, before, own] = [
        ofRows(await ask('2020-01-01', last)),
        ofRows(await ask('2020-01-01', lastDayOf(2020, month - 1))),
        ofRows(await ask(first, last)),
      ];
      for (const row of own.values()) marks.add(isHidden(row));
      for (const [name, row] of own)
        if (row.suppressed !== undefined)
          expect([upTo, before].map((rows) => rows.get(name)).some(isHidden), `${month} ${name}`).toBe(true);
    }
    // Other months of a total may all be shown.
    if (groupBy !== '') expect(marks).toEqual(new Set([true, false]));
  });

  it('some rows are shown and some are not, and small ones never', async () => {
    const path = '/v1/savings?from=2020-01-01&to=2020-12-31&groupBy=workType,targetGroup';
    const [all, shown] = [await json(path, {}), await json(path)];
    const marks = shown.rows.map(({ suppressed }) => suppressed);
    expect(marks).toContain(undefined);
    expect(marks.filter((mark) => mark !== undefined).length).toBeGreaterThan(0);
    for (const [place, { cases: counts }] of all.rows.entries())
      if ((counts?.assessed ?? 0) < 5) expect(marks[place]).toBe('few-cases');
  });

  it('as CSV, with a column that says why', async () => {
    const path = '/v1/savings?from=2020-01-01&to=2020-12-31&groupBy=theme,team';
    const shown = await json(path);
    const text = await (await get(path, { ...asReader, accept: 'text/csv' })).text();
    const [head = '', ...lines] = text
      .replace(/^\uFEFF/, '')
      .trim()
      .split(/\r?\n/);
    const names = head.split(';').map((name) => name.replaceAll('"', ''));
    const place = names.indexOf('suppressed');
    const total = names.indexOf('corrected.total');
    for (const [row, line] of lines.entries()) {
      const cells = line.split(';').map((cell) => cell.replaceAll('"', ''));
      const answer = shown.rows[row] ?? shown.total;
      expect(cells[place]).toBe(answer.suppressed ?? '');
      expect(cells[total] === '').toBe(answer.suppressed !== undefined);
    }
  });

  it.each([
    ['part of a month', 'from=2020-01-02&to=2020-12-30', ['/from', '/to']],
    [
      'five dimensions',
      'from=2020-01-01&to=2020-12-31&groupBy=theme,goal,team,area&costBearer=x',
      ['/groupBy'],
    ],
  ])('refuses %s', async (_what, query, pointers) => {
    const answer = await get(`/v1/savings?${query}`);
    expect(answer.status).toBe(400);
    const { errors } = await answerIn(answer);
    expect(errors.map(({ pointer }) => pointer)).toEqual(pointers);
    expect((await get(`/v1/savings?${query}`, {})).status).toBe(200);
  });
});

function isHidden(row: Row | undefined): boolean {
  return row === undefined || row.suppressed !== undefined;
}

function lastDayOf(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

function judged(query: SavingsQuery): Promise<Judgement> {
  return inSnapshot(portal.database.db, (tx) => readJudgement(tx, reading(query)));
}

function hidden(row: object, kept: string[], suppressed: string): object {
  const members = Object.entries(row).map(([name, value]) => [name, kept.includes(name) ? value : null]);
  return { ...Object.fromEntries(members), suppressed };
}

/** As the calculator would record a closing. */
async function close(organisation: string, period: string, closedAt: string): Promise<void> {
  await sql`INSERT INTO closing (organisation, period, number, known_at)
    SELECT id, ${period}, 1, ${closedAt}::timestamptz FROM organisation WHERE code = ${organisation}`.execute(
    portal.database.db,
  );
}

describe('other answers', () => {
  const period = 'from=2020-01-01&to=2020-12-31';

  it.each([
    '/v1/cases/noorderlicht/c-1',
    '/v1/quarantine',
    `/v1/explain?${period}&by=case`,
    `/v1/explain?${period}&path=case:noorderlicht/c-1`,
    `/v1/compare?${period}&beforeAsOf=2024-01-01T01:00:00Z`,
    // Two moments of one period, by other names.
    `/v1/compare?${period}&beforeFrom=2020-01-01&beforeTo=2020-12-31&beforeAsOf=2024-01-01T01:00:00Z`,
    `/v1/compare?${period}&against=year-before&asOf=2023-12-31T23:00:00Z`,
    `/v1/compare?${period}&against=year-before&age=3`,
    `/v1/compare?${period}&beforeFrom=2020-01-01&beforeTo=2020-12-31`,
    `/v1/compare?${period}&beforeFrom=2019-01-01&beforeTo=2020-01-31`,
    `/v1/savings?${period}&prices=2020-01-01`,
    `/v1/guards/double-claims?${period}&organisation=noorderlicht`,
    '/v1/guards/ceilings?year=2020&organisation=noorderlicht',
    `/v1/guards/follow-up?${period}&organisation=noorderlicht`,
    `/v1/guards/spread?${period}&organisation=noorderlicht&groupBy=team,theme`,
    '/v1/closings/noorderlicht/2020',
    '/v1/closings/noorderlicht/2020/bundle',
  ])('a reader without detail may not see %s', async (path) => {
    const answer = await get(path);
    expect([answer.status, (await answerIn(answer)).detail]).toEqual([
      403,
      expect.stringContaining('scope detail'),
    ]);
    expect((await get(path, {})).status).not.toBe(403);
  });

  it.each([`/v1/savings?${period}`, `/v1/explain?${period}`])(
    'a reader without detail asks %s as of the start of a month, or of a closing',
    async (path) => {
      const asked = async (asOf: string, also = '') => (await get(`${path}${also}&asOf=${asOf}`)).status;
      const [closedAt, year] = path.includes('savings') ? [momentOf(250), '2020'] : [momentOf(251), '2021'];
      expect(await asked('2023-12-31T23:00:00Z')).toBe(200);
      expect(await asked('2024-01-01T00:00:00Z')).toBe(400);
      expect(await asked(closedAt, '&organisation=noorderlicht')).toBe(400);
      await close('noorderlicht', year, closedAt);
      expect(await asked(closedAt, '&organisation=noorderlicht')).toBe(200);
      expect(await asked(closedAt, '&organisation=zuiderzon')).toBe(400);
      expect(await asked(closedAt)).toBe(400);
      const refused = await json(`${path}&asOf=2024-01-01T00:00:00Z`);
      expect(refused.errors).toMatchObject([
        { pointer: '/asOf', detail: expect.stringContaining('closedAt') },
      ]);
      expect((await get(`${path}&asOf=${closedAt}`, {})).status).toBe(200);
    },
  );

  it('explains sums of groups as savings shows them', async () => {
    for (const [path, groupBy, filter] of [
      ['', 'workType', ''],
      ['theme:1', 'team', '&theme=1'],
      ['municipality:GM0001,theme:2', 'workType', '&municipality=GM0001&theme=2'],
    ] as const) {
      const savings = await json(`/v1/savings?${period}&groupBy=${groupBy}${filter}`);
      const explained = await json(`/v1/explain?${period}&by=${groupBy}&path=${path}`);
      const rows = new Map(savings.rows.map((row) => [named(row, groupBy), row]));
      for (const part of explained.parts) {
        const row = rows.get(part.value);
        expect([part.suppressed, part.sum]).toEqual([row?.suppressed, row?.corrected?.total ?? null]);
      }
      expect(explained.sum).toBe(savings.total.corrected?.total ?? null);
      expect([explained.pages, explained.next]).toEqual([null, null]);
    }
  });

  it('compares periods as savings shows both', async () => {
    const [later, earlier] = ['from=2021-01-01&to=2021-12-31', 'from=2020-01-01&to=2020-12-31'];
    const [after, before, shown] = await Promise.all([
      json(`/v1/savings?${later}&groupBy=theme,workType`),
      json(`/v1/savings?${earlier}&groupBy=theme,workType`),
      json(`/v1/compare?${later}&against=year-before&groupBy=theme,workType`),
    ]);
    const isHidden = ({ rows }: Answer, { theme, workType }: Row) =>
      rows.some((row) => row.theme === theme && row.workType === workType && row.suppressed !== undefined);
    for (const row of shown.rows) {
      expect(row.suppressed !== undefined).toBe(isHidden(after, row) || isHidden(before, row));
      expect(row.parts).toEqual([]);
      if (row.suppressed !== undefined)
        expect([row.before, row.after, row.difference]).toEqual([null, null, null]);
    }
    const marks = shown.rows.map(({ suppressed }) => suppressed === undefined);
    expect(new Set(marks)).toEqual(new Set([true, false]));
    const csv = await get(`/v1/compare?${later}&against=year-before&groupBy=theme`, {
      ...asReader,
      accept: 'text/csv',
    });
    expect(csv.status).toBe(200);
    expect(shown.rows.length).toBeGreaterThan(3);
  });

  it('compares a year that has just begun with whole months of the year before', async () => {
    const { basis } = await json('/v1/compare?from=2021-01-01&to=2021-02-28&against=year-before');
    expect(basis).toMatchObject({ before: { from: '2020-01-01', to: '2020-02-29' } });
  });
});
