/** Everything that is set: programmes, price lists, deliveries, decisions, mappings and keys. */
import fc from 'fast-check';
import { AS, askSafely, type Entrance, entrance, JSON_TYPE } from '../entrance.ts';
import { seldom, text } from '../garbage.ts';
import { pathText } from '../http.ts';
import { readStrictly } from '../json-oracle.ts';
import { marked, PLACE } from '../marker.ts';
import { mutate, mutateText, mutations, textMutations } from '../mutate.ts';
import { PERSONAL } from '../personal.ts';
import { isTakenBySchema } from '../schema-oracle.ts';
import {
  DECISIONS,
  DELIVERIES,
  ERASURE,
  KEY,
  MAPPING,
  type Members,
  ORGANISATION,
  PRICE_LIST,
  PROGRAMME,
  REPORT_TEXTS,
  ROTATION,
  WITHDRAWAL,
} from '../valid.ts';

interface Kind {
  name: string;
  share: number;
  method: 'PUT' | 'POST';
  /** The address, with a place for a code. */
  path(code: string): string;
  code: string;
  body: Members;
  /** The published schema, where there is one. */
  schema?: string;
}

const codeGarbage = seldom(6, fc.oneof(text, fc.constantFrom(...PERSONAL, '.', '..', '%', `x-${PLACE}`)));

function settingsEntrance({ name, share, method, path, code, body: base, schema }: Kind): Entrance {
  return entrance({
    name,
    share,
    input: fc.record({ code: codeGarbage, changes: mutations, textChanges: textMutations }),
    async try(world, input, tally) {
      const { markers } = world;
      const marker = markers.next();
      // No marker in an organisation: a refusal may say whose it was.
      const mark = code === ORGANISATION ? 'x' : marker;
      const address = path(pathText((input.code ?? code).replaceAll(PLACE, mark).slice(0, 1_000)));
      const json = JSON.stringify(marked(mutate(base, input.changes) ?? null, marker));
      const body = mutateText(json, input.textChanges);
      const headers = { ...AS.admin, 'content-type': JSON_TYPE };
      const { status } = await askSafely(world, 'ingest', { method, path: address, headers, body }, tally);
      const isAccepted = status < 300;
      markers.keep(marker, isAccepted);
      if (!isAccepted || schema === undefined) return;
      const read = readStrictly(body);
      if (read === undefined || !isTakenBySchema(schema, read.value))
        throw new Error(`the schema refuses what is answered ${status}`);
      const personal = PERSONAL.find(
        (person) => stringsOf(read.value).includes(person) && !/jans|vries|bakker/i.test(person),
      );
      if (personal !== undefined) throw new Error(`takes ${personal}`);
    },
  });
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

export const settingsEntrances = [
  settingsEntrance({
    name: 'programmes',
    share: 6,
    method: 'PUT',
    path: (code) => `/v1/programmes/GM0394/${ORGANISATION}/${code}`,
    code: 'proef',
    body: PROGRAMME,
    schema: 'programme',
  }),
  settingsEntrance({
    name: 'price lists',
    share: 4,
    method: 'PUT',
    path: (code) => `/v1/price-lists/${code}`,
    code: 'proef',
    body: PRICE_LIST,
    schema: 'price-list',
  }),
  settingsEntrance({
    name: 'expected deliveries',
    share: 3,
    method: 'PUT',
    path: (code) => `/v1/deliveries/${code}`,
    code: ORGANISATION,
    body: DELIVERIES,
    schema: 'deliveries',
  }),
  settingsEntrance({
    name: 'report texts',
    share: 3,
    method: 'PUT',
    path: (code) => `/v1/report-texts/GM0394/${ORGANISATION}/${code}`,
    code: 'proef',
    body: REPORT_TEXTS,
    schema: 'report-texts',
  }),
  settingsEntrance({
    name: 'quarantine decisions',
    share: 3,
    method: 'POST',
    path: (code) => `/v1/quarantine/${code}/decisions`,
    code: ORGANISATION,
    body: DECISIONS,
    schema: 'quarantine-decisions',
  }),
  settingsEntrance({
    name: 'erasures',
    share: 1,
    method: 'POST',
    path: () => '/v1/erasures',
    code: '',
    body: ERASURE,
  }),
  settingsEntrance({
    name: 'mappings',
    share: 4,
    method: 'PUT',
    path: (code) => `/v1/mappings/${code}`,
    code: 'proef',
    body: MAPPING,
    schema: 'mapping',
  }),
  settingsEntrance({
    name: 'keys',
    share: 2,
    method: 'POST',
    path: () => '/v1/keys',
    code: '',
    body: KEY,
  }),
  settingsEntrance({
    name: 'rotation of keys',
    share: 2,
    method: 'POST',
    path: (code) => `/v1/keys/${code}/rotate`,
    code: 'local-ingest',
    body: ROTATION,
  }),
  settingsEntrance({
    name: 'withdrawals of vanished cases',
    share: 2,
    method: 'POST',
    path: (code) => `/v1/imports/${code}/vanished/withdraw`,
    code: '00000000-0000-4000-8000-000000000000',
    body: WITHDRAWAL,
  }),
];
