/** The documents and pages that describe the services, as they are served. */
import { join } from 'node:path';
import { Parser } from '@asyncapi/parser';
import { checkCaseEvent, JSON_SCHEMA_NAMES, SETTINGS_TYPES } from '@effectstroom/contracts';
import { validate } from '@scalar/openapi-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IngestStack } from '../ingest/ingest-stack.ts';
import { startTestPortal, type TestPortal } from '../portal/portal-server.ts';

const stack = new IngestStack();
let portal: TestPortal;
let ingestUrl = '';

beforeAll(async () => {
  await stack.startNats();
  await stack.startIngest({ DATA_FOLDER: join(stack.folder, 'data') }, (url) => {
    ingestUrl = url;
  });
  portal = await startTestPortal();
});
afterAll(async () => {
  await stack.end();
  await portal?.stop();
});

const SERVICES: [string, () => string][] = [
  ['ingest', () => ingestUrl],
  ['portal', () => portal.service.url],
];

interface Operation {
  operationId: string;
  parameters?: unknown[];
  responses: Record<string, { headers?: object }>;
  requestBody?: { content: Record<string, { example?: unknown }> };
}

interface OpenApi {
  openapi: string;
  info: { version: string };
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
}

/** Asks without a key, as a page of another site does. */
async function open(url: string): Promise<Response> {
  const answer = await fetch(url, { headers: { origin: 'https://elsewhere.example' } });
  expect([url, answer.status]).toEqual([url, 200]);
  return answer;
}

async function openApiOf(url: string): Promise<OpenApi> {
  const answer = await open(`${url}/v1/openapi.json`);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(answer.headers.get('api-version')).toMatch(/^\d+\.\d+\.\d+$/);
  return (await answer.json()) as OpenApi;
}

function operationsOf({ paths }: OpenApi): [string, string, Operation][] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]): [string, string, Operation] => [
      path,
      method,
      operation,
    ]),
  );
}

describe.each(SERVICES)('the OpenAPI document of %s', (_name, url) => {
  it('is valid, for a validator that is not ours', async () => {
    const { valid, errors } = await validate(JSON.stringify(await openApiOf(url())));
    expect({ valid, errors: errors ?? [] }).toEqual({ valid: true, errors: [] });
  });

  it('keeps the design rules that a document can show', async () => {
    const document = await openApiOf(url());
    const operations = operationsOf(document);
    const ids = operations.map(([, , { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [path, method, { responses, parameters = [], requestBody }] of operations) {
      const where = `${method} ${path}`;
      expect(path, where).toMatch(/^\/v1(?:\/(?:[a-z0-9]+(?:-[a-z0-9]+)*|\{[a-zA-Z]+\}))+$/);
      expect(Object.keys(responses), where).toEqual(expect.arrayContaining(['401']));
      const takesInput = parameters.length > 0 || requestBody !== undefined;
      if (takesInput) expect(Object.keys(responses), where).toContain('400');
      const right = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      for (const [, { headers }] of right) expect(headers, where).toHaveProperty('API-Version');
    }
  });

  it('describes only what is there, and asks for a key', async () => {
    for (const [path, method] of operationsOf(await openApiOf(url()))) {
      const address = url() + path.replaceAll(/\{\w+\}/g, 'x');
      const answer = await fetch(address, { method: method.toUpperCase() });
      const { detail } = (await answer.json()) as { detail: string };
      expect([path, method, detail]).not.toEqual([path, method, 'there is nothing at this address']);
      // A connection that was not set up has no Authorization value to ask for.
      const expected = path.startsWith('/v1/notifications') ? [401, 404] : [401];
      expect(expected, `${method} ${path}`).toContain(answer.status);
    }
  });
});

describe('the examples to try with', () => {
  it('are taken', async () => {
    const { paths } = await openApiOf(ingestUrl);
    const { content = {} } = paths['/v1/events']?.['post']?.requestBody ?? {};
    const single = content['application/cloudevents+json']?.example;
    const batch = content['application/cloudevents-batch+json']?.example;
    expect(batch).toEqual([single]);
    expect(content['application/json']?.example).toEqual((single as { data: unknown }).data);
    expect(checkCaseEvent(single, { today: '2026-01-01', lookForBsn: true }).faults).toBeUndefined();
  });
});

describe('the AsyncAPI document', () => {
  it('is valid, for the parser of the standard', async () => {
    const text = await (await open(`${ingestUrl}/v1/asyncapi.json`)).text();
    const { document, diagnostics } = await new Parser().parse(text);
    expect(diagnostics.filter(({ severity }) => severity === 0)).toEqual([]);
    expect(document?.version()).toBe('3.0.0');
    const channels = document?.channels().all() ?? [];
    expect(channels.map((channel) => channel.address())).toEqual([
      '/v1/events',
      'cases.{partition}',
      'settings',
    ]);
    const settings = channels[2]?.messages().all() ?? [];
    expect(settings.map((message) => message.name())).toEqual(Object.values(SETTINGS_TYPES));
  });
});

describe('the JSON Schemas', () => {
  it('are listed and served', async () => {
    const { schemas } = (await (await open(`${ingestUrl}/v1/schemas`)).json()) as {
      schemas: { name: string; url: string }[];
    };
    expect(schemas.map(({ name }) => name)).toEqual(JSON_SCHEMA_NAMES);
    for (const { url } of schemas) {
      const answer = await open(ingestUrl + url);
      expect(answer.headers.get('content-type')).toBe('application/schema+json');
      expect(await answer.json()).toMatchObject({ $id: url });
    }
    expect((await fetch(`${ingestUrl}/v1/schemas/toString.json`)).status).toBe(404);
  });
});

describe.each(SERVICES)('the page to read of %s', (name, url) => {
  it('needs no key, and loads nothing from elsewhere', async () => {
    const page = await open(`${url()}/v1/docs`);
    expect(page.url).toBe(`${url()}/v1/docs/`);
    const html = await page.text();
    expect(html).toContain(`<title>Effectstroom ${name}</title>`);
    expect([...html.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address)).toEqual([
      'js/scalar.js',
    ]);
    expect(html).not.toMatch(/https?:|\/\//i);
    for (const setting of ['"withDefaultFonts": false', '"telemetry": false', '"url": "../openapi.json"']) {
      expect(html).toContain(setting);
    }
  });

  it('may not load anything from elsewhere: the browser holds its script to that', async () => {
    const page = await open(`${url()}/v1/docs/`);
    const [, script = ''] =
      /<script type="text\/javascript">([\s\S]*?)<\/script>/.exec(await page.text()) ?? [];
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(script));
    const policy = Object.fromEntries(
      (page.headers.get('content-security-policy') ?? '').split('; ').map((part) => {
        const [directive = '', ...sources] = part.split(' ');
        return [directive, sources.join(' ')];
      }),
    );
    expect(policy).toEqual({
      'default-src': "'none'",
      'script-src': `'self' 'sha256-${Buffer.from(digest).toString('base64')}'`,
      'style-src': "'self' 'unsafe-inline'",
      'img-src': "'self' data:",
      'font-src': "'self'",
      'connect-src': "'self'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
    });
  });

  it('comes with its own script', async () => {
    const script = await open(`${url()}/v1/docs/js/scalar.js`);
    expect(script.headers.get('content-type')).toContain('javascript');
    expect((await script.text()).length).toBeGreaterThan(1_000_000);
  });
});

describe('the first page of the portal', () => {
  it('leads there', async () => {
    expect(await (await open(`${portal.service.url}/`)).text()).toContain('href="/v1/docs"');
  });
});
