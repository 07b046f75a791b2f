import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type HeaderChanges, IngestStack } from './ingest-stack.ts';
import {
  AMOUNT_LINE,
  assessed,
  PRICE_LIST,
  PROGRAMME,
  registered,
  SERVICE_LINE,
  withdrawn,
  withLine,
} from './sent-events.ts';

/** The number that the Dutch government publishes for tests; it belongs to nobody. */
const BSN = '123456782';
const TOMORROW = new Date(Date.now() + 36 * 3600 * 1000).toISOString().slice(0, 10);

const stack = new IngestStack();
let before: number;

beforeAll(async () => {
  await stack.startNats();
  await stack.startIngest();
  expect((await stack.sendEvents(assessed())).status).toBe(202);
  before = await stack.lastSequence();
});
afterAll(() => stack.end());

/** Each answer is a problem, nothing of the request is in it that must not be, and nothing was published. */
async function expectRefusal(answer: Answer, status: number): Promise<void> {
  expect([answer.status, answer.text]).toEqual([status, expect.any(String)]);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.headers.get('api-version')).not.toBeNull();
  expect(answer.body).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
  expect(answer.text).not.toMatch(/123456782|1234\.56\.782|123 456 782/);
  expect(await stack.lastSequence()).toBe(before);
}

function faultsOf({ body }: Answer): string[] {
  return (body.errors ?? []).map(({ index, pointer, code }) => `${index ?? '-'} ${code} ${pointer}`);
}

/** An event, and what is wrong with it: code and pointer. */
type Faulty = [what: string, event: unknown, ...faults: [string, ...string[]]];

const ATTRIBUTES: Faulty[] = [
  ['no specversion', assessed({}, { specversion: undefined }), 'required /specversion'],
  ['specversion 0.3', assessed({}, { specversion: '0.3' }), 'enum /specversion'],
  ['no id', assessed({}, { id: undefined }), 'required /id'],
  ['an empty id', assessed({}, { id: '' }), 'format /id'],
  ['an id of 129 characters', assessed({}, { id: 'x'.repeat(129) }), 'format /id'],
  ['an id that is a number', assessed({}, { id: 7 }), 'type /id'],
  ['an id with NUL', assessed({}, { id: 'a\u0000b' }), 'format /id'],
  ['half a surrogate pair', assessed({}, { id: 'a\ud800' }), 'format /id'],
  ['no source', assessed({}, { source: undefined }), 'required /source'],
  ['a source with a space', assessed({}, { source: 'urn:a b' }), 'format /source'],
  ['no type', assessed({}, { type: undefined }), 'required /type'],
  ['an unknown type', registered({}, { type: 'nl.effectstroom.case.closed' }), 'enum /type'],
  ['a time without offset', assessed({}, { time: '2021-03-18T09:12:44' }), 'format /time'],
  ['a time on 30 February', assessed({}, { time: '2021-02-30T09:12:44Z' }), 'format /time'],
  ['another content type', assessed({}, { datacontenttype: 'text/xml' }), 'format /datacontenttype'],
  ['a relative dataschema', assessed({}, { dataschema: '/schema' }), 'format /dataschema'],
  ['data_base64', assessed({}, { data_base64: 'e30=' }), 'not-allowed /data_base64'],
  ['an extension with a hyphen', assessed({}, { 'trace-id': 'a' }), 'unknown-field /trace-id'],
  ['an extension that is an object', assessed({}, { trace: {} }), 'type /trace'],
  ['no data', assessed({}, { data: undefined }), 'required /data'],
  ['data that is text', assessed({}, { data: '{}' }), 'type /data'],
];

const DATA: Faulty[] = [
  ['no municipality', assessed({ municipality: undefined }), 'required /data/municipality'],
  ['a municipality by name', assessed({ municipality: 'Haarlemmermeer' }), 'format /data/municipality'],
  ['an organisation with a capital', assessed({ organisation: 'MeerWaarde' }), 'format /data/organisation'],
  ['a programme with a space', assessed({ programme: 'a b' }), 'format /data/programme'],
  ['an empty case id', assessed({ caseId: '' }), 'format /data/caseId'],
  ['a negative revision', assessed({ revision: -1 }), 'range /data/revision'],
  ['revision 2^53', assessed({ revision: 2 ** 53 }), 'range /data/revision'],
  ['a revision as text', assessed({ revision: '1' }), 'type /data/revision'],
  ['no date', registered({ date: undefined }), 'required /data/date'],
  ['29 February 2021', registered({ date: '2021-02-29' }), 'format /data/date'],
  ['a Dutch date', registered({ date: '17-03-2021' }), 'format /data/date'],
  ['a date in the future', registered({ date: TOMORROW }), 'future-date /data/date'],
  ['a withdrawal in the future', withdrawn({ date: TOMORROW }), 'future-date /data/date'],
  ['no theme', registered({ theme: undefined }), 'required /data/theme'],
  ['an unknown dimension', registered({ wellbeing: 'happiness' }), 'enum /data/wellbeing'],
  ['a municipality as area', registered({ area: 'GM0394' }), 'format /data/area'],
  ['a short resident key', registered({ residentKey: 'short' }), 'format /data/residentKey'],
  [
    'a follow-up without outcome',
    registered({ followUp: { date: '2021-03-17' } }),
    'required /data/followUp/outcome',
  ],
  ['null', registered({ goal: null }), 'type /data/goal'],
  ['an unknown field', registered({ firstName: 'x' }), 'unknown-field /data/firstName'],
  ['cost of a registered case', registered({ cost: '1.00' }), 'not-allowed /data/cost'],
  ['a reason of an assessed case', assessed({ reason: 'error' }), 'not-allowed /data/reason'],
  ['an unknown reason', withdrawn({ reason: 'other' }), 'enum /data/reason'],
  ['no lines', assessed({ avoided: [] }), 'length /data/avoided'],
  ['no list of lines', assessed({ avoided: undefined }), 'required /data/avoided'],
  ['51 lines', assessed({ avoided: Array(51).fill(SERVICE_LINE) }), 'length /data/avoided'],
  ['similarCases 0', assessed({ similarCases: 0 }), 'range /data/similarCases'],
  ['similarCases 100001', assessed({ similarCases: 100_001 }), 'range /data/similarCases'],
  ['a cost with a comma', assessed({ cost: '450,00' }), 'format /data/cost'],
];

const LINES: Faulty[] = [
  ['an unknown field', withLine({ ...SERVICE_LINE, price: 1 }), 'unknown-field /data/avoided/0/price'],
  ['neither service nor amount', withLine({ likelihood: 50 }), 'required /data/avoided/0/service'],
  ['both', withLine({ ...SERVICE_LINE, amount: '1.00' }), 'not-allowed /data/avoided/0/amount'],
  ['an amount of nobody', withLine({ amount: '1.00' }), 'required /data/avoided/0/costBearer'],
  [
    'an amount with quantity',
    withLine({ ...AMOUNT_LINE, quantity: 2 }),
    'not-allowed /data/avoided/0/quantity',
  ],
  ['three decimals', withLine({ ...AMOUNT_LINE, amount: '1.005' }), 'format /data/avoided/0/amount'],
  ['three decimals in a number', withLine({ ...AMOUNT_LINE, amount: 1.005 }), 'range /data/avoided/0/amount'],
  ['an amount below zero', withLine({ ...AMOUNT_LINE, amount: '-1.00' }), 'format /data/avoided/0/amount'],
  [
    'an amount of 100 million',
    withLine({ ...AMOUNT_LINE, amount: '100000000' }),
    'format /data/avoided/0/amount',
  ],
  ['an exponent', withLine({ ...AMOUNT_LINE, amount: '1e3' }), 'format /data/avoided/0/amount'],
  ['quantity 0', withLine({ ...SERVICE_LINE, quantity: '0.0' }), 'format /data/avoided/0/quantity'],
  ['five decimals', withLine({ ...SERVICE_LINE, quantity: '1.00001' }), 'format /data/avoided/0/quantity'],
  ['an unknown level', withLine({ ...SERVICE_LINE, likelihood: 'sure' }), 'enum /data/avoided/0/likelihood'],
  ['101 per cent', withLine({ ...SERVICE_LINE, contribution: 101 }), 'range /data/avoided/0/contribution'],
  ['half a per cent', withLine({ ...SERVICE_LINE, deadweight: 0.5 }), 'type /data/avoided/0/deadweight'],
  ['years of one-off', withLine({ ...SERVICE_LINE, years: 2 }), 'not-allowed /data/avoided/0/years'],
  ['41 years', withLine({ ...AMOUNT_LINE, years: 41 }), 'range /data/avoided/0/years'],
  [
    'an unknown recurrence',
    withLine({ ...SERVICE_LINE, recurrence: 'monthly' }),
    'enum /data/avoided/0/recurrence',
  ],
  ['an unknown cashable', withLine({ ...SERVICE_LINE, cashable: 'yes' }), 'enum /data/avoided/0/cashable'],
];

const NUMBERS: Faulty[] = [
  ['the id', assessed({}, { id: `e-${BSN}` }), 'bsn /id'],
  ['the source', assessed({}, { source: `urn:nld:bsn:${BSN}` }), 'bsn /source'],
  ['the subject, with dots', assessed({}, { subject: '1234.56.782' }), 'bsn /subject'],
  ['an extension, with spaces', assessed({}, { note: '123 456 782' }), 'bsn /note'],
  ['the name of an extension', assessed({}, { [BSN]: 'x' }), 'bsn '],
  ['the organisation', assessed({ organisation: BSN }), 'bsn /data/organisation'],
  ['the case id', assessed({ caseId: BSN }), 'bsn /data/caseId'],
  ['the theme', assessed({ theme: BSN }), 'bsn /data/theme'],
  ['the goal', assessed({ goal: `${BSN}.1` }), 'bsn /data/goal'],
  ['the team', assessed({ team: `team-${BSN}` }), 'bsn /data/team'],
  ['the resident key', assessed({ residentKey: `bsn-nummer-${BSN}` }), 'bsn /data/residentKey'],
  ['a service', withLine({ service: BSN }), 'bsn /data/avoided/0/service'],
  ['an effect', withLine({ ...SERVICE_LINE, effect: BSN }), 'bsn /data/avoided/0/effect'],
  ['an unknown field', registered({ note: BSN }), 'unknown-field /data/note', 'bsn /data/note'],
  ['an unknown name', registered({ [BSN]: 1 }), 'unknown-field /data', 'bsn /data'],
];

describe.each([
  ['attributes', ATTRIBUTES],
  ['data', DATA],
  ['lines', LINES],
  ['citizen service numbers', NUMBERS],
])('an event with faulty %s', (_, table) => {
  it.each(table)('is refused: %s', async (_what, event, ...faults) => {
    const answer = await stack.sendEvents(event);
    await expectRefusal(answer, 400);
    expect(faultsOf(answer)).toEqual(faults.map((fault) => `0 ${fault}`));
  });
});

describe('a text that is not right', () => {
  const whole = JSON.stringify(registered());
  it.each<[string, string | Uint8Array, string]>([
    ['nothing', '', '- not-well-formed '],
    ['half a body', whole.slice(0, -1), '- not-well-formed '],
    ['a byte order mark', `\ufeff${whole}`, '- not-well-formed '],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), '- not-well-formed '],
    ['33 levels', `${'['.repeat(33)}${']'.repeat(33)}`, '- too-deep '],
    ['a hundred thousand levels', '{"a":'.repeat(100_000), '- too-deep '],
    ['a member twice', whole.replace('"theme"', '"theme":"4","theme"'), '0 duplicate-member /data/theme'],
    ['a member twice by escape', whole.replace('"id"', '"\\u0069d":"x","id"'), '0 duplicate-member /id'],
    [
      'a number too long',
      whole.replace('"revision":1', '"revision":1.0000000000000000'),
      '0 not-exact /data/revision',
    ],
    ['a BSN behind escapes', whole.replace('c-1', '\\u0031\\u00323456782'), '0 bsn /data/caseId'],
  ])('is refused: %s', async (_what, body, fault) => {
    const answer = await stack.sendEvents(body, { 'content-type': 'application/cloudevents+json' });
    await expectRefusal(answer, 400);
    expect(faultsOf(answer)).toEqual([fault]);
  });
});

describe('a batch', () => {
  it('is refused whole, with all faults of all events', async () => {
    const answer = await stack.sendEvents([
      assessed(),
      registered({ theme: '?', x: 1 }),
      { data: 1 },
      withdrawn(),
    ]);
    await expectRefusal(answer, 400);
    expect(faultsOf(answer)).toEqual([
      '1 format /data/theme',
      '1 unknown-field /data/x',
      ...['specversion', 'id', 'source', 'type', 'time'].map((name) => `2 required /${name}`),
      '2 type /data',
    ]);
  });

  it.each<[string, unknown, number, string[]]>([
    ['empty', [], 400, ['- length ']],
    ['one event', assessed(), 400, ['- type ']],
    ['501 events', Array(501).fill(withdrawn()), 413, []],
  ])('is refused when it is %s', async (_what, body, status, faults) => {
    const answer = await stack.sendEvents(body, { 'content-type': 'application/cloudevents-batch+json' });
    await expectRefusal(answer, status);
    expect(faultsOf(answer)).toEqual(faults);
  });
});

describe('a request', () => {
  const json = 'application/cloudevents+json';
  it.each<[string, HeaderChanges, number]>([
    ['no key', { authorization: undefined }, 401],
    ['an unknown key', { authorization: 'Bearer nobody' }, 401],
    ['a password', { authorization: 'Basic bG9jYWwtaW5nZXN0Og==' }, 401],
    ['a local key through a proxy', { 'x-forwarded-for': '10.0.0.1' }, 401],
    ['a key that only reads', { authorization: 'Bearer local-read' }, 403],
    ['plain text', { 'content-type': 'text/plain' }, 415],
    ['JSON without ce- headers', { 'content-type': 'application/json' }, 415],
    ['XML', { 'content-type': 'application/cloudevents+xml' }, 415],
    ['another charset', { 'content-type': `${json}; charset=iso-8859-1` }, 415],
    ['a compressed body', { 'content-encoding': 'gzip' }, 415],
  ])('is refused with %s', async (_what, headers, status) => {
    const answer = await stack.sendEvents(assessed(), headers);
    await expectRefusal(answer, status);
    if (status === 401) expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer /);
  });

  it('is refused when it is too large, known key or not', async () => {
    const body = ' '.repeat(4 * 1024 * 1024 + 1);
    await expectRefusal(await stack.sendEvents(body), 413);
    await expectRefusal(await stack.sendEvents(body, { authorization: 'Bearer nobody' }), 401);
  });

  it('is refused with another method or address', async () => {
    const get = await stack.ask('/v1/events', { method: 'GET' });
    await expectRefusal(get, 405);
    expect(get.headers.get('allow')).toBe('POST');
    await expectRefusal(await stack.ask('/v1/event', { method: 'POST' }), 404);
    await expectRefusal(await stack.ask('/v1/programmes/GM0394/meerwaarde', { method: 'PUT' }), 404);
  });
});

describe('settings', () => {
  const path = '/v1/programmes/GM0394/meerwaarde/main';
  const put = (address: string, body: unknown, changes: HeaderChanges = {}) => {
    const headers = { authorization: 'Bearer local-admin', 'content-type': 'application/json', ...changes };
    return stack.send('PUT', address, body, headers);
  };
  const factors = (...list: unknown[]) => ({ ...PROGRAMME, correctionFactors: list });

  it.each<[string, string, unknown, string[]]>([
    ['no JSON', path, '{', ['not-well-formed ']],
    ['a member twice', path, '{"name":"a","name":"b"}', ['duplicate-member /name']],
    ['no method', path, { ...PROGRAMME, method: undefined }, ['required /method']],
    ['no factors', path, factors(), ['required /correctionFactors']],
    [
      'a factor in mid-month',
      path,
      factors({ from: '2021-01-02', factor: '0.9' }),
      ['format /correctionFactors/0/from'],
    ],
    [
      'a factor above 1',
      path,
      factors({ from: '2021-01-01', factor: '1.01' }),
      ['format /correctionFactors/0/factor'],
    ],
    ['40 following years', path, { ...PROGRAMME, followingYears: 40 }, ['range /followingYears']],
    ['a BSN', path, { ...PROGRAMME, name: BSN }, ['bsn /name']],
    ['a wrong municipality', path.replace('GM0394', 'X'), PROGRAMME, ['format ']],
    ['a BSN in the address', path.replace('meerwaarde', BSN), PROGRAMME, ['bsn ']],
    ['another code', '/v1/price-lists/lijst', { ...PRICE_LIST, code: 'ander' }, ['mismatch /code']],
    ['no editions', '/v1/price-lists/lijst', { ...PRICE_LIST, editions: undefined }, ['required /editions']],
  ])('are refused with %s', async (_what, address, body, faults) => {
    const answer = await put(address, body);
    await expectRefusal(answer, 400);
    expect(faultsOf(answer)).toEqual(faults.map((fault) => `- ${fault}`));
  });

  it('are refused without the right key, type or method', async () => {
    await expectRefusal(await put(path, PROGRAMME, { authorization: undefined }), 401);
    await expectRefusal(await put(path, PROGRAMME, { authorization: 'Bearer local-ingest' }), 403);
    await expectRefusal(
      await put('/v1/price-lists/a', PRICE_LIST, { authorization: 'Bearer local-read' }),
      403,
    );
    await expectRefusal(await put(path, PROGRAMME, { 'content-type': 'text/plain' }), 415);
    const deleted = await stack.ask(path, { method: 'DELETE' });
    await expectRefusal(deleted, 405);
    expect(deleted.headers.get('allow')).toBe('PUT');
  });
});
