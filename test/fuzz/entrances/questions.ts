/** Everything that is asked: garbage in addresses and queries of both services, and other methods. */
import fc from 'fast-check';
import { AS, askSafely, entrance, type Service } from '../entrance.ts';
import { text } from '../garbage.ts';
import { pathText } from '../http.ts';
import { PLACE } from '../marker.ts';
import { ORGANISATION } from '../valid.ts';

const PORTAL = [
  ...[
    '/v1/savings',
    '/v1/status',
    '/v1/quarantine',
    '/v1/programmes',
    '/v1/price-lists',
    '/v1/deliveries',
    '/',
  ],
  ...['/inloggen', '/inloggen/*', '/themas', '/vergelijken', '/aanlevering', '/uitleg', '/bord/*'],
  ...[
    `/v1/deliveries/${ORGANISATION}`,
    '/v1/deliveries/*',
    '/v1/openapi.json',
    '/v1/docs',
    '/metrics',
    '/v2',
  ],
  ...[
    `/v1/cases/${ORGANISATION}/*`,
    '/v1/cases/*/*',
    `/v1/programmes/GM0394/${ORGANISATION}/*`,
    '/v1/price-lists/*',
  ],
  ...['/v1/reports', '/v1/reports/*', `/v1/reports/GM0394/${ORGANISATION}/*/*`, '/v1/report-texts/*/*/*'],
  ...['/v1/erasures', '/v1/erasures/*', '/v1/compare', '/v1/explain', '/health/ready', '/health/live'],
];

const INGEST = [
  ...[
    '/v1/imports',
    '/v1/imports/*',
    '/v1/imports/*/report',
    '/v1/imports/*/vanished',
    '/v1/mappings',
    '/v1/mappings/*',
  ],
  ...[
    '/v1/keys',
    '/v1/keys/*',
    '/v1/refusals',
    '/v1/notifications',
    '/v1/openapi.json',
    '/v1/asyncapi.json',
    '/v1/docs',
  ],
  ...[
    '/v1/schemas/*',
    '/v1/events',
    '/v1/events/*',
    '/',
    '/web/*',
    '/health/ready',
    '/v1/programmes',
    '/v1/*',
  ],
];

const NAMES = [
  ...[
    'municipality',
    'organisation',
    'programme',
    'from',
    'to',
    'groupBy',
    'view',
    'asOf',
    'theme',
    'goal',
    'year',
  ],
  ...['gemeente', 'organisatie', 'programma', 'jaar', 'taal', 'naar', 'reden'],
  ...[
    'after',
    'limit',
    'reason',
    'key',
    'status',
    'version',
    'mapping',
    'name',
    'state',
    'source',
    'page',
    'format',
  ],
  ...['__proto__', 'constructor', 'toString', 'x', '', 'from[]', 'a.b', 'groupby', 'costBearer', 'kind'],
];

const VALUES = [
  ...[
    '2021-01-01',
    '2021-12-31',
    '2021-02-30',
    '2020-02-29',
    '0001-01-01',
    '9999-12-31',
    '2021',
    '1999',
    '2101',
  ],
  ...[
    'GM0394',
    ORGANISATION,
    'main',
    'cohort',
    'calendar',
    'theme,month',
    'theme,theme',
    'costBearer,effect',
    'x,y',
  ],
  ...[
    '2021-03-18T09:12:44Z',
    '2121-03-18T09:12:44Z',
    '2021-03-18T09:12:44.123456Z',
    'now',
    '1',
    '0',
    '-1',
    '1e3',
    '1000',
  ],
  ...[
    'dismissed',
    'unknown-theme',
    'accepted',
    'refused',
    '999999999999',
    '00000000-0000-4000-8000-000000000000',
  ],
  ...['eyJhIjoxfQ', 'null', '[]', '{}', '%', '%zz', '%ff', '%00', '%C0%AF', '&', '=', ';', '+', PLACE],
];

/** What may stand in an address. */
const PIECES = [
  ORGANISATION,
  'proef',
  'local-admin',
  'case-event.json',
  'programme.json',
  'check',
  'style.css',
  '*',
];

const parameter = fc.tuple(
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...NAMES) }, text),
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...VALUES) }, text),
);

const ACCEPTS = [
  ...[
    'application/json',
    'text/csv',
    'text/html',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ],
  ...[
    '*/*',
    '',
    'x',
    'text/csv;q=0',
    'text/csv;q=x, */*;q=0.1',
    ','.repeat(500),
    'application/json;'.repeat(100),
  ],
];

const method = fc.oneof(
  { weight: 9, arbitrary: fc.constant('GET') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'),
  },
);

const KEYS = [
  ...[AS.admin.authorization, AS.admin.authorization, AS.read.authorization, AS.ingest.authorization],
  ...[
    'Bearer efs_x',
    'Basic x',
    'Bearer',
    `Bearer ${'x'.repeat(9_000)}`,
    'Bearer eyJhbGciOiJub25lIn0.e30.',
    `Bearer ${PLACE}`,
  ],
];

const question = fc.record({
  pieces: fc.array(fc.oneof(text, fc.constantFrom(...VALUES, ...PIECES)), { maxLength: 2 }),
  parameters: fc.array(parameter, { maxLength: 5 }),
  accept: fc.constantFrom(...ACCEPTS),
  method,
  authorization: fc.oneof(
    { weight: 5, arbitrary: fc.constant(AS.admin.authorization) },
    fc.constantFrom(...KEYS),
  ),
});

function questions(service: Service, share: number, paths: readonly string[]) {
  return entrance({
    name: `questions to ${service}`,
    share,
    input: fc.tuple(fc.constantFrom(...paths), question),
    async try(world, [path, { pieces, parameters, accept, method, authorization }], tally) {
      const marker = world.markers.next();
      world.markers.keep(marker, false);
      let place = 0;
      const address = path.replace(/\*/g, () => pathText((pieces[place++] ?? 'x').slice(0, 1_000)));
      // Names, and those of dimensions, are repeated where they may be: they have no marker.
      const query = parameters
        .map(([name, value]) => {
          const shown = name === 'groupBy' ? value.replaceAll(PLACE, 'x') : value;
          return `${queryText(name.replaceAll(PLACE, 'x'))}=${queryText(shown)}`;
        })
        .join('&');
      const whole = `${address}${query === '' ? '' : `?${query}`}`.replaceAll(PLACE, marker).slice(0, 12_000);
      const headers = { accept, authorization: authorization.replace(PLACE, marker), 'content-length': '0' };
      await askSafely(world, service, { method, path: whole, headers }, tally);
    },
  });
}

/** As it is where an address may hold it: what is encoded wrong stays wrong. */
function queryText(value: string): string {
  return pathText(value.slice(0, 2_000)).replaceAll('&', '%26');
}

export const questionEntrances = [questions('portal', 10, PORTAL), questions('ingest', 8, INGEST)];
