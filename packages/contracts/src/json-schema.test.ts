import { describe, expect, it } from 'vitest';
import { jsonSchemas } from './json-schema.ts';
import { ingestOpenApi } from './openapi-ingest.ts';

describe('jsonSchemas', () => {
  const schemas = jsonSchemas();

  it('describes everything that may be sent', () => {
    expect(Object.keys(schemas)).toEqual([
      'case-registered',
      'case-assessed',
      'case-withdrawn',
      'programme',
      'price-list',
    ]);
  });

  it('says what the checks say', () => {
    expect(schemas['case-assessed']?.$defs?.['CaseAssessed']).toMatchObject({
      required: ['specversion', 'id', 'source', 'type', 'time', 'data'],
      properties: {
        type: { const: 'nl.effectstroom.case.assessed' },
        data: {
          required: ['municipality', 'organisation', 'caseId', 'revision', 'date', 'theme', 'avoided'],
          additionalProperties: false,
          properties: {
            municipality: { pattern: '^GM\\d{4}$' },
            revision: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
            date: { format: 'date' },
            similarCases: { minimum: 1, maximum: 100_000, default: 1 },
            avoided: { minItems: 1, maxItems: 50 },
          },
        },
      },
    });
    expect(schemas['programme']?.$defs?.['Programme']).toMatchObject({
      required: ['name', 'method'],
      additionalProperties: false,
    });
  });
});

describe('ingestOpenApi', () => {
  it('has every schema that it refers to', () => {
    const document = ingestOpenApi();
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    );
    expect(references.length).toBeGreaterThan(10);
    expect(Object.keys(document.components?.schemas ?? {})).toEqual(expect.arrayContaining(references));
  });
});
