/**
 * Who may do what: every route of ingest and portal, and what it answers to every kind of key. Everything that
 * the routes are asked about is of the organisation and source that the `own` keys are for.
 */

import { PRICE_LIST, PROGRAMME, registered } from '../ingest/sent-events.ts';
import { INGEST_KEY } from './key-client.ts';
import type { Things } from './rights-world.ts';

/** Kinds of keys, in the order of the columns. */
export const KEY_KINDS = [
  ...(['none', 'unknown', 'expired', 'revoked', 'too often'] as const),
  ...(['ingest own', 'ingest other', 'ingest other source'] as const),
  ...(['read own', 'detail own', 'read other'] as const),
  ...(['admin own', 'admin other', 'admin all'] as const),
  ...(['local-ingest', 'local-admin', 'local-read'] as const),
  ...(['token ingest own', 'token of others'] as const),
] as const;

/** One of `KEY_KINDS`. */
export type KeyKind = (typeof KEY_KINDS)[number];

// no key, unknown, expired, revoked, too often
//   |  ingest: own, other organisation, own organisation but other source
//   |  read: own, own with detail, other  |  admin: own, other, all  |  local: ingest, admin, read
//   |  token: ingest of own, of another audience
const INGEST = `
401 401 401 401 429 | 202 403 403 | 403 403 403 | 202 403 202 | 202 202 403 | 202 401 | POST /v1/events
401 401 401 401 429 | 200 200 200 | 403 403 403 | 200 200 200 | 200 200 403 | 200 401 | POST /v1/events/check
401 401 401 401 429 | 403 403 403 | 403 403 403 | 202 403 202 | 403 202 403 | 403 401 | PUT /v1/programmes/:municipality/:organisation/:programme
401 401 401 401 429 | 403 403 403 | 403 403 403 | 403 403 202 | 403 202 403 | 403 401 | PUT /v1/price-lists/:code
401 401 401 401 429 | 403 403 403 | 403 403 403 | 202 403 202 | 403 202 403 | 403 401 | PUT /v1/deliveries/:organisation
401 401 401 401 429 | 403 403 403 | 403 403 403 | 202 403 202 | 403 202 403 | 403 401 | PUT /v1/report-texts/:municipality/:organisation/:programme
401 401 401 401 429 | 403 403 403 | 403 403 403 | 202 403 202 | 403 202 403 | 403 401 | PUT /v1/closings/:organisation/:period
401 401 401 401 429 | 403 403 403 | 403 403 403 | 202 403 202 | 403 202 403 | 403 401 | POST /v1/quarantine/:organisation/decisions
401 401 401 401 429 | 403 403 403 | 403 403 403 | 202 403 202 | 403 202 403 | 403 401 | POST /v1/erasures
401 401 401 401 429 | 403 403 403 | 403 403 403 | 200 403 200 | 403 200 403 | 403 401 | PUT /v1/reviews/:organisation/:caseId
401 401 401 401 429 | 403 403 403 | 403 403 403 | 200 403 200 | 403 200 403 | 403 401 | PUT /v1/mappings/:code
401 401 401 401 429 | 200 200 200 | 403 403 403 | 200 200 200 | 200 200 403 | 200 401 | GET /v1/mappings
401 401 401 401 429 | 200 404 200 | 403 403 403 | 200 404 200 | 200 200 403 | 200 401 | GET /v1/mappings/:code
401 401 401 401 429 | 202 404 404 | 403 403 403 | 202 404 202 | 202 202 403 | 202 401 | POST /v1/imports
401 401 401 401 429 | 200 200 200 | 403 403 403 | 200 200 200 | 200 200 403 | 200 401 | GET /v1/imports
401 401 401 401 429 | 200 404 404 | 403 403 403 | 200 404 200 | 200 200 403 | 200 401 | GET /v1/imports/:id
401 401 401 401 429 | 200 404 404 | 403 403 403 | 200 404 200 | 200 200 403 | 200 401 | GET /v1/imports/:id/report
401 401 401 401 429 | 409 404 404 | 403 403 403 | 409 404 409 | 409 409 403 | 409 401 | POST /v1/imports/:id/stop
401 401 401 401 429 | 409 404 404 | 403 403 403 | 409 404 409 | 409 409 403 | 409 401 | POST /v1/imports/:id/resume
401 401 401 401 429 | 200 404 404 | 403 403 403 | 200 404 200 | 200 200 403 | 200 401 | GET /v1/imports/:id/vanished
401 401 401 401 429 | 409 404 404 | 403 403 403 | 409 404 409 | 409 409 403 | 409 401 | POST /v1/imports/:id/vanished/withdraw
401 401 401 401 401 | 401 401 401 | 401 401 401 | 401 401 401 | 401 401 401 | 401 401 | POST /v1/notifications/:code
401 401 401 401 429 | 403 403 403 | 403 403 403 | 200 200 200 | 403 200 403 | 403 401 | GET /v1/notifications
401 401 401 401 429 | 403 403 403 | 403 403 403 | 201 403 201 | 403 201 403 | 403 401 | POST /v1/keys
401 401 401 401 429 | 403 403 403 | 403 403 403 | 200 200 200 | 403 200 403 | 403 401 | GET /v1/keys
401 401 401 401 429 | 403 403 403 | 403 403 403 | 200 404 200 | 403 200 403 | 403 401 | GET /v1/keys/:id
401 401 401 401 429 | 403 403 403 | 403 403 403 | 200 404 200 | 403 200 403 | 403 401 | POST /v1/keys/:id/rotate
401 401 401 401 429 | 403 403 403 | 403 403 403 | 204 404 204 | 403 204 403 | 403 401 | DELETE /v1/keys/:id
401 401 401 401 429 | 200 200 200 | 403 403 403 | 200 200 200 | 200 200 403 | 200 401 | GET /v1/refusals
`;

const PORTAL = `
401 401 401 401 429 | 403 403 403 | 200 200 403 | 200 403 200 | 403 200 200 | 403 401 | GET /v1/savings
401 401 401 401 429 | 403 403 403 | 200 200 403 | 200 403 200 | 403 200 200 | 403 401 | GET /v1/explain
401 401 401 401 429 | 403 403 403 | 200 200 403 | 200 403 200 | 403 200 200 | 403 401 | GET /v1/compare
401 401 401 401 429 | 403 403 403 | 200 200 403 | 200 403 200 | 403 200 200 | 403 401 | GET /v1/outlook
401 401 401 401 429 | 403 403 403 | 403 200 403 | 200 403 200 | 403 200 200 | 403 401 | GET /v1/guards/double-claims
401 401 401 401 429 | 403 403 403 | 403 200 403 | 200 403 200 | 403 200 200 | 403 401 | GET /v1/guards/ceilings
401 401 401 401 429 | 403 403 403 | 403 200 403 | 200 403 200 | 403 200 200 | 403 401 | GET /v1/guards/follow-up
401 401 401 401 429 | 403 403 403 | 403 200 403 | 200 403 200 | 403 200 200 | 403 401 | GET /v1/guards/spread
401 401 401 401 429 | 403 403 403 | 200 200 200 | 200 200 200 | 403 200 200 | 403 401 | GET /v1/status
401 401 401 401 429 | 403 403 403 | 403 200 403 | 200 403 200 | 403 200 200 | 403 401 | GET /v1/quarantine
401 401 401 401 429 | 403 403 403 | 200 200 403 | 200 403 200 | 403 200 200 | 403 401 | GET /v1/deliveries
401 401 401 401 429 | 403 403 403 | 200 200 403 | 200 403 200 | 403 200 200 | 403 401 | GET /v1/deliveries/:organisation
401 401 401 401 429 | 403 403 403 | 403 200 403 | 200 403 200 | 403 200 200 | 403 401 | GET /v1/cases/:organisation/:caseId
401 401 401 401 429 | 403 403 403 | 403 200 403 | 200 403 200 | 403 200 200 | 403 401 | GET /v1/assessments
401 401 401 401 429 | 403 403 403 | 403 200 403 | 200 403 200 | 403 200 200 | 403 401 | GET /v1/assessments/:organisation/:caseId
401 401 401 401 429 | 403 403 403 | 403 409 403 | 409 403 409 | 403 409 409 | 403 401 | POST /v1/assessments/:organisation/:caseId
401 401 401 401 429 | 403 403 403 | 403 200 403 | 200 403 200 | 403 200 200 | 403 401 | POST /v1/assessments/preview
401 401 401 401 429 | 403 403 403 | 403 200 403 | 200 403 200 | 403 200 200 | 403 401 | GET /v1/reviews
401 401 401 401 429 | 403 403 403 | 200 200 200 | 200 200 200 | 403 200 200 | 403 401 | GET /v1/municipalities
401 401 401 401 429 | 403 403 403 | 200 200 200 | 200 200 200 | 403 200 200 | 403 401 | GET /v1/programmes
401 401 401 401 429 | 403 403 403 | 200 200 403 | 200 403 200 | 403 200 200 | 403 401 | GET /v1/programmes/:municipality/:organisation/:programme
401 401 401 401 429 | 403 403 403 | 200 200 200 | 200 200 200 | 403 200 200 | 403 401 | GET /v1/price-lists
401 401 401 401 429 | 403 403 403 | 200 200 200 | 200 200 200 | 403 200 200 | 403 401 | GET /v1/price-lists/:code
401 401 401 401 429 | 403 403 403 | 200 200 200 | 200 200 200 | 403 200 200 | 403 401 | GET /v1/reports
401 401 401 401 429 | 403 403 403 | 404 404 403 | 404 403 404 | 403 404 404 | 403 401 | GET /v1/reports/:file
401 401 401 401 429 | 403 403 403 | 200 200 403 | 200 403 200 | 403 200 200 | 403 401 | GET /v1/reports/:municipality/:organisation/:programme/:period
401 401 401 401 429 | 403 403 403 | 200 200 403 | 200 403 200 | 403 200 200 | 403 401 | GET /v1/report-texts/:municipality/:organisation/:programme
401 401 401 401 429 | 403 403 403 | 200 200 403 | 200 403 200 | 403 200 200 | 403 401 | GET /v1/closings
401 401 401 401 429 | 403 403 403 | 403 200 403 | 200 403 200 | 403 200 200 | 403 401 | GET /v1/closings/:organisation/:period
401 401 401 401 429 | 403 403 403 | 403 200 403 | 200 403 200 | 403 200 200 | 403 401 | GET /v1/closings/:organisation/:period/bundle
401 401 401 401 429 | 403 403 403 | 200 200 403 | 200 403 200 | 403 200 200 | 403 401 | GET /v1/erasures
401 401 401 401 429 | 403 403 403 | 200 200 404 | 200 404 200 | 403 200 200 | 403 401 | GET /v1/erasures/:id
`;

/** Routes that say nothing about anybody, and answer without a key. */
const OPEN = {
  ingest: /^GET \/(health\/(live|ready)|v1\/(openapi\.json|asyncapi\.json|schemas.*|docs.*)|web\/.*|)$/,
  portal: /^GET \/(health\/(live|ready)|v1\/(openapi\.json|docs.*|closings\/recompute\.mjs))$/,
};

/** What an address and a body are for a row, where they are not the pattern itself. */
const PATHS: Readonly<Record<string, string>> = {
  ':municipality': 'GM0394',
  ':organisation': 'meerwaarde',
  ':programme': 'main',
  ':period': '2021',
  ':caseId': 'c-1',
  ':file': 'GM0394_meerwaarde_main_2021.html',
};
const CODES: Readonly<Record<string, string>> = {
  mappings: 'hulpvragen',
  'price-lists': 'lijst',
  notifications: 'proef',
};
const QUERIES: Readonly<Record<string, string>> = {
  'GET /v1/savings': '?organisation=meerwaarde&from=2021-01-01&to=2021-12-31',
  'GET /v1/compare': '?organisation=meerwaarde&from=2021-01-01&to=2021-12-31&against=year-before',
  'GET /v1/outlook': '?organisation=meerwaarde&year=2021',
  'GET /v1/explain': '?organisation=meerwaarde&from=2021-01-01&to=2021-12-31',
  ...Object.fromEntries(
    ['double-claims', 'follow-up', 'spread'].map((guard) => [
      `GET /v1/guards/${guard}`,
      '?organisation=meerwaarde&from=2021-01-01&to=2021-12-31',
    ]),
  ),
  'GET /v1/guards/ceilings': '?organisation=meerwaarde&year=2021',
  'GET /v1/assessments': '?organisation=meerwaarde',
  'GET /v1/reviews': '?organisation=meerwaarde',
  'GET /v1/quarantine': '?organisation=meerwaarde',
  'GET /v1/deliveries': '?organisation=meerwaarde',
  'GET /v1/closings': '?organisation=meerwaarde',
  'GET /v1/erasures': '?organisation=meerwaarde',
  'POST /v1/imports': '?mapping=hulpvragen&dryRun=true',
};
const OWN = { organisation: 'meerwaarde', source: 'urn:nld:kvknr:41224547:systeem:test' };
/** Of the programme that everything is of. */
export const OWN_PROGRAMME = {
  ...PROGRAMME,
  costBearers: [{ code: 'gemeente', name: 'Gemeente', municipal: true }],
};
const AVOIDED = [{ amount: '1.00', costBearer: 'gemeente', likelihood: 'certain', contribution: 'certain' }];
const EVENT = { type: 'application/cloudevents+json', body: registered() };
const BODIES: Readonly<Record<string, { type?: string; body: unknown }>> = {
  'POST /v1/events': EVENT,
  'POST /v1/events/check': EVENT,
  'PUT /v1/programmes/:municipality/:organisation/:programme': { body: OWN_PROGRAMME },
  'PUT /v1/price-lists/:code': { body: PRICE_LIST },
  'PUT /v1/deliveries/:organisation': { body: { sources: [] } },
  'PUT /v1/report-texts/:municipality/:organisation/:programme': { body: { themes: [] } },
  'PUT /v1/closings/:organisation/:period': { body: {} },
  'POST /v1/quarantine/:organisation/decisions': {
    body: { decision: 'retry', reason: 'test', events: [{ source: OWN.source, id: 'event-1' }] },
  },
  'PUT /v1/reviews/:organisation/:caseId': { body: { revision: 1, decision: 'approved' } },
  'POST /v1/assessments/preview': { body: { organisation: 'meerwaarde', caseId: 'c-1', avoided: AVOIDED } },
  // Of a revision that never was: who may is told so, and nothing is sent.
  'POST /v1/assessments/:organisation/:caseId': { body: { revision: 999, avoided: AVOIDED } },
  'POST /v1/erasures': { body: { organisation: 'meerwaarde', caseId: 'never-there' } },
  'PUT /v1/mappings/:code': {
    body: {
      ...{ name: 'Hulpvragen', municipality: 'GM0394', ...OWN, rows: 'case' },
      case: { caseId: { column: 'nummer' }, date: { column: 'datum' }, theme: { constant: '3' } },
    },
  },
  'POST /v1/imports': { type: 'text/csv', body: 'nummer;datum\nc-1;2021-03-17\n' },
  'POST /v1/imports/:id/vanished/withdraw': { body: { count: 1, reason: 'error' } },
  'POST /v1/keys': { body: { ...INGEST_KEY, sources: [OWN.source] } },
  'POST /v1/keys/:id/rotate': { body: { overlapHours: 0 } },
};

export interface Row {
  service: 'ingest' | 'portal';
  /** Method and pattern. */
  route: string;
  /** Expected statuses, in the order of `KEY_KINDS`. */
  statuses: number[];
}

/** The rows of the table. */
export const ROWS: readonly Row[] = [...rowsOf('ingest', INGEST), ...rowsOf('portal', PORTAL)];

function rowsOf(service: Row['service'], table: string): Row[] {
  return table
    .trim()
    .split('\n')
    .map((line) => {
      const cells = line.split(/[ |]+/);
      const route = cells.splice(-2).join(' ');
      if (cells.length !== KEY_KINDS.length) throw new Error(`${route} has ${cells.length} cells`);
      return { service, route, statuses: cells.map(Number) };
    });
}

/** Whether a route is a page of the board, for people with a session: test/board/access.test.ts tries those. */
export function isOfBoard(service: Row['service'], route: string): boolean {
  return service === 'portal' && !/^[A-Z]+ \/(v1|health)\//.test(route);
}

/** Whether a route answers without a key. */
export function isOpen(service: Row['service'], route: string): boolean {
  return OPEN[service].test(route);
}

/** The request of a row. */
export function requestOf(route: string, things: Things) {
  const [method = '', pattern = ''] = route.split(' ');
  const [, , kind = ''] = pattern.split('/');
  const id = { keys: things.keyId, erasures: things.erasureId }[kind] ?? things.importId;
  const path = pattern.replaceAll(/:\w+/g, (name) =>
    name === ':id' ? id : name === ':code' ? (CODES[kind] ?? '') : (PATHS[name] ?? name),
  );
  return { method, path: path + (QUERIES[route] ?? ''), ...BODIES[route] };
}
