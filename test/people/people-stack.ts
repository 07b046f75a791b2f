/**
 * What people look at: the whole pipeline on real servers, loaded through ingest with both references and two
 * years of invented cases of three municipalities.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createReportingRole, reportingUrl } from '@effectstroom/database';
import { chromiumProgram } from '@effectstroom/infra';
import { pendingOf } from '../harness/pending.ts';
import { Pipeline } from '../harness/pipeline.ts';
import { exchange } from '../harness/post.ts';
import { makeKey, putDeliveries, putPriceList, putProgramme, send } from '../harness/sender.ts';
import { type SentEvent, type SentPriceList, type SentProgramme, TYPES } from '../harness/sent.ts';
import { loadScenario, type ScenarioName } from '../scenarios/load-scenario.ts';
import { inventFaults } from './invented-faults.ts';
import { deliveriesOf, PEOPLE_PLACES, PRICE_LIST_CODE, priceListOf, programmeOf } from './invented-places.ts';
import { dayOf, inventYears } from './invented-years.ts';

/** A running pipeline with people's data in it. */
export interface PeopleStack {
  /** Addresses without a slash at the end. The portal's is that of the board. */
  ingest: string;
  portal: string;
  exporter: string;
  /** PostgreSQL as superuser. */
  databaseUrl: string;
  /** PostgreSQL as Grafana reads it: schema `reporting` only. */
  readerUrl: string;
  natsUrl: string;
  /** For files of a test; removed at the end. */
  folder: string;
  /** The day in Amsterdam on which it was filled, 'YYYY-MM-DD'. */
  today: string;
  /** An answer of the portal as JSON, by default with a key that reads everything. */
  ask(path: string, key?: string): Promise<unknown>;
  /** Makes a key with these scopes for all organisations, or those named. @returns its text, once known */
  makeKey(scopes: readonly string[], organisations?: readonly string[]): Promise<string>;
  /** Sends events through ingest, at most 500. */
  send(events: readonly SentEvent[]): Promise<void>;
  /** Waits until everything accepted is in the totals. */
  settled(): Promise<void>;
  end(): Promise<void>;
  pipeline: Pipeline;
}

/** Changes of what is started. */
export interface PeopleOptions {
  /** Further variables of the portal; ports and servers are known only after the start of these. */
  portal?: Readonly<Record<string, string>>;
  exporter?: Readonly<Record<string, string>>;
  /** Starts without any cases and settings. */
  isEmpty?: boolean;
}

const BATCH = 250;
const READER_PASSWORD = 'a password of tests';
const SETTLE_MS = 90_000;

/** Starts and fills it; about ten seconds. `end` must be called, also after a failed test. */
export async function startPeopleStack(options: PeopleOptions = {}): Promise<PeopleStack> {
  const pipeline = new Pipeline();
  try {
    return await startAndFill(pipeline, options);
  } catch (error) {
    await pipeline.end().catch(() => undefined);
    throw error;
  }
}

async function startAndFill(pipeline: Pipeline, options: PeopleOptions): Promise<PeopleStack> {
  const now = new Date();
  const today = dayOf(now);
  const { ingest } = pipeline;
  await pipeline.start([pipeline.calculator, ingest]);
  const portal = pipeline.service(
    'portal',
    { ...(await portalVariables(pipeline, ingest.running.url)), ...options.portal },
    'people-portal',
  );
  const exporter = pipeline.service('exporter', { ...options.exporter }, 'people-exporter');
  await Promise.all([
    ...[portal.start(), exporter.start(), createReportingRole(pipeline.db, READER_PASSWORD)],
    !options.isEmpty && fill(pipeline, today, now),
  ]);

  const ask = async (path: string, key = 'local-read'): Promise<unknown> => {
    const headers = { authorization: `Bearer ${key}` };
    const answer = await fetch(`${portal.running.url}${path}`, {
      ...{ headers, signal: AbortSignal.timeout(20_000) },
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return JSON.parse(text);
  };
  const isSettled = async () => (await pendingOf(portal.running.url)) === 0;
  const stack: PeopleStack = {
    ...{ pipeline, folder: pipeline.folder, today, ask },
    ...{ ingest: ingest.running.url, portal: portal.running.url, exporter: exporter.running.url },
    ...{ databaseUrl: pipeline.postgres.running.url, natsUrl: pipeline.nats.running.url },
    readerUrl: reportingUrl(pipeline.postgres.running.url, READER_PASSWORD),
    makeKey: async (scopes, organisations = ['*']) => {
      const key = await makeKey(ingest.running.url, scopes, organisations);
      const asking = { method: 'GET', path: '/v1/status', key } as const;
      const isKnown = async () => ![0, 401].includes((await exchange(portal.running.url, asking)).status);
      await pipeline.until(isKnown, 'the portal knows the new key');
      return key;
    },
    send: (events) => send(pipeline, events),
    settled: () => pipeline.until(isSettled, 'everything is in the totals', SETTLE_MS),
    end: () => pipeline.end(),
  };
  await stack.settled();
  return stack;
}

/** What npm start gives the portal too. */
async function portalVariables(pipeline: Pipeline, ingest: string): Promise<Record<string, string>> {
  const secret = join(pipeline.folder, 'session-secret');
  writeFileSync(secret, Buffer.alloc(32, 7).toString('base64'), { mode: 0o600 });
  const reports = join(pipeline.folder, 'reports');
  mkdirSync(reports);
  const chromium = await chromiumProgram();
  return {
    ...{ INGEST_URL: ingest, SESSION_SECRET_FILE: secret, REPORTS_FOLDER: reports },
    ...(chromium !== undefined && { CHROMIUM: chromium }),
  };
}

async function fill(pipeline: Pipeline, today: string, now: Date): Promise<void> {
  const year = Number(today.slice(0, 4));
  await putPriceList(pipeline, PRICE_LIST_CODE, priceListOf(year));
  await Promise.all(PEOPLE_PLACES.map((place) => putProgramme(pipeline, place, programmeOf(place, year))));
  for (const [organisation, sources] of deliveriesOf(year))
    await putDeliveries(pipeline, organisation, sources);
  for (const name of ['haarlemmermeer-2021', 'twenterand-gezinswerk'] as const) {
    await sendAll(pipeline, await putScenario(pipeline, name));
  }
  await sendAll(pipeline, inventYears(now));
  await send(pipeline, inventFaults(today, now));
}

/** @returns the events of the scenario, not sent yet */
async function putScenario(pipeline: Pipeline, name: ScenarioName): Promise<SentEvent[]> {
  const { priceList, programme, expected, events } = loadScenario(name);
  if (priceList !== undefined)
    await putPriceList(pipeline, priceList.code, priceList as unknown as SentPriceList);
  await putProgramme(pipeline, expected.query, programme as SentProgramme);
  return events as SentEvent[];
}

async function sendAll(pipeline: Pipeline, events: readonly SentEvent[]): Promise<void> {
  for (let at = 0; at < events.length; at += BATCH) await send(pipeline, events.slice(at, at + BATCH));
}

let made = 0;

/** An assessed case of today of the largest programme, to send while people look; `data` changes it. */
export function newCase(stack: PeopleStack, data: Partial<SentEvent['data']> = {}): SentEvent {
  const place = PEOPLE_PLACES[0];
  if (place === undefined) throw new Error('There is no place');
  made++;
  const { municipality, organisation, programme, source } = place;
  const caseId = `nieuw-${made}`;
  return {
    ...{ specversion: '1.0', id: `${caseId}-1`, source, type: TYPES.assessed },
    time: new Date().toISOString(),
    data: {
      ...{ municipality, organisation, programme, caseId, revision: 1, date: stack.today, theme: '1' },
      ...{ goal: '1.1', workType: 'opbouwwerk', targetGroup: 'volwassenen', team: 'team-1' },
      avoided: [
        { service: 'huisarts-consult', quantity: '10', likelihood: 'certain', contribution: 'certain' },
      ],
      ...data,
    },
  };
}
