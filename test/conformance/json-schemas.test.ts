/** The JSON Schemas, judged by a validator that is not ours, beside the checks that ingest does itself. */
import { readdirSync, readFileSync } from 'node:fs';
import {
  checkCaseEvent,
  checkDeliveries,
  checkPriceList,
  checkProgramme,
  checkQuarantineDecisions,
  checkReportTexts,
  JSON_SCHEMA_NAMES,
  jsonSchema,
} from '@effectstroom/contracts';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AMOUNT_LINE,
  assessed,
  PRICE_LIST,
  PROGRAMME,
  registered,
  SERVICE_LINE,
  withdrawn,
} from '../ingest/sent-events.ts';

const examples = new URL('../../packages/contracts/examples/', import.meta.url);
const ADDRESS = { municipality: 'GM0394', organisation: 'meerwaarde', programme: 'main' };

const REPORT_TEXTS = {
  introduction: 'Wij werken in de wijk.\n\nSamen.',
  themes: [
    { theme: '1', text: 'Samen leven' },
    { theme: '2', text: 'Jeugd' },
  ],
};
const DELIVERIES = {
  sources: [
    { source: 'urn:nld:kvknr:41224547:a', name: 'A', rhythm: 'monthly', graceDays: 10, from: '2021-01-01' },
  ],
};
const DECISIONS = {
  decision: 'dismiss',
  reason: 'sent by a test system',
  events: [{ source: 'urn:nld:kvknr:41224547:a', id: 'doc2021033441' }],
};

/** Decimals are checked with a margin: 1.1 is no exact multiple of 0.01 in a double. */
const ajv = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, multipleOfPrecision: 6 });
addFormats.default(ajv);

const validators = new Map<string, ValidateFunction>();

function isValid(name: string, value: unknown): boolean {
  let validate = validators.get(name);
  if (validate === undefined) {
    const schema = jsonSchema(name);
    if (schema === undefined) throw new Error(`there is no schema ${name}`);
    validate = ajv.compile(schema);
    validators.set(name, validate);
  }
  return validate(value) === true;
}

function read(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(name, examples), 'utf8'));
}

/** What ingest judges, without what only it can know: no date lies ahead, and no text is searched. */
function isTaken(event: unknown): boolean {
  return checkCaseEvent(event, { lookForBsn: false }).faults === undefined;
}

describe('the JSON Schemas', () => {
  it.each(JSON_SCHEMA_NAMES)('%s is one, with its own address', (name) => {
    const schema = jsonSchema(name);
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `/v1/schemas/${name}.json`,
    });
    expect(ajv.validateSchema(schema ?? {})).toBe(true);
    expect(isValid(name, 'no object')).toBe(false);
  });

  it('are only those', () => {
    for (const name of ['', 'toString', '__proto__', 'case-event.json'])
      expect(jsonSchema(name)).toBeUndefined();
  });

  it.each(readdirSync(examples))('take %s', (file) => {
    const example = read(file);
    const kind = file.replace(/(-sroi)?\.json$/, '');
    expect(isValid(kind, example)).toBe(true);
    if (!kind.startsWith('case-')) return;
    expect(isValid('case-event', example)).toBe(true);
    expect(isValid(`${kind}-data`, example['data'])).toBe(true);
  });
});

/** Values that are wrong in most places, and right in a few. */
const VALUES: readonly unknown[] = [
  ...[undefined, null, true, 0, 1, -1, 0.5, 41, 101, 1e9, 1.005, '', 'x', 'X y', '0', '-1', '1.005', '12.50'],
  ...[
    '2021-02-30',
    '2021-03-17',
    'certain',
    'yearly',
    'error',
    'GM12',
    'WK039401',
    'a'.repeat(70),
    'a'.repeat(600),
  ],
  ...['text/xml', '/x.json', '\u0000', '1.0', [], {}, [{}], [SERVICE_LINE], { date: '2021-01-01' }],
];

/** Names that exist somewhere, and some that do not. */
const NAMES = [
  ...['note', 'Note', 'data_base64', 'subject', 'dataschema', 'datacontenttype', 'time', 'programme', 'goal'],
  ...[
    'team',
    'cost',
    'avoided',
    'reason',
    'similarCases',
    'service',
    'amount',
    'quantity',
    'costBearer',
    'years',
  ],
  ...[
    'recurrence',
    'deadweight',
    'cashable',
    'followUp',
    'residentKey',
    'likelihood',
    'type',
    'from',
    'items',
  ],
];

interface Change {
  place: number;
  name: number;
  value: number;
}

const changes = fc.array(
  fc.record({
    place: fc.nat(1000),
    name: fc.nat(NAMES.length - 1),
    value: fc.nat(VALUES.length - 1),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Code and place of a fault. */
interface Found {
  code: string;
  pointer: string;
}

/** A copy in which members of some objects have other values, or are gone. */
function changed(root: unknown, all: readonly Change[]): unknown {
  const copy = structuredClone(root);
  for (const { place, name, value } of all) {
    const objects = objectsIn(copy);
    const object = objects[place % objects.length];
    if (object === undefined) continue;
    const known = Object.keys(object);
    // Every other time a member that is there.
    const member = name % 2 === 0 ? known[name % known.length] : NAMES[name];
    const put = VALUES[value];
    if (member === undefined) continue;
    if (put === undefined) delete object[member];
    else object[member] = structuredClone(put);
  }
  return copy;
}

function objectsIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inside : [value as Record<string, unknown>, ...inside];
}

const RUNS = 3000;
const SEED = 20_210_317;

describe('what is refused here, the JSON Schema refuses too', () => {
  const sent = [assessed({ avoided: [SERVICE_LINE, AMOUNT_LINE] }), registered(), withdrawn()];
  const events = [...sent, read('case-assessed.json'), read('case-assessed-sroi.json')];

  it('events: the two judge alike', () => {
    let refused = 0;
    fc.assert(
      fc.property(fc.constantFrom(...events), changes, (event, all) => {
        const sent = changed(event, all);
        const isRight = isTaken(sent);
        if (!isRight) refused++;
        expect({ sent, isValid: isValid('case-event', sent) }).toEqual({ sent, isValid: isRight });
      }),
      { numRuns: RUNS, seed: SEED },
    );
    // Both kinds occur, else this would prove nothing.
    expect(refused).toBeGreaterThan(RUNS / 10);
    expect(refused).toBeLessThan(RUNS * 0.95);
  });

  /** Faults that follow from other parts of the settings: JSON Schema cannot see these. */
  const BEYOND: ReadonlySet<string> = new Set([
    ...['duplicate', 'unknown-code', 'mismatch', 'bsn', 'personal-data'],
  ]);
  const settings: [string, unknown, (body: unknown) => { faults?: readonly Found[] | undefined }][] = [
    ['programme', PROGRAMME, (body) => checkProgramme(ADDRESS, body)],
    ['price-list', PRICE_LIST, (body) => checkPriceList('lijst', body)],
    ['deliveries', DELIVERIES, (body) => checkDeliveries('meerwaarde', body)],
    ['report-texts', REPORT_TEXTS, (body) => checkReportTexts(ADDRESS, body)],
    ['quarantine-decisions', DECISIONS, (body) => checkQuarantineDecisions('meerwaarde', body)],
  ];
  it.each(settings)('settings: %s', (name, body, check) => {
    fc.assert(
      fc.property(changes, (all) => {
        const sent = changed(body, all);
        const { faults = [] } = check(sent);
        const isSeen = ({ code, pointer }: Found): boolean =>
          !BEYOND.has(code) && !(code === 'required' && pointer === '/correctionFactors');
        if (faults.some(isSeen))
          expect({ sent, isValid: isValid(name, sent) }).toEqual({ sent, isValid: false });
        if (faults.length === 0)
          expect({ sent, isValid: isValid(name, sent) }).toEqual({ sent, isValid: true });
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
