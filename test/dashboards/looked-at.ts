/** What dashboards are tried on: people's data, the read-only role, a Prometheus that scrapes the exporter */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Prometheus, startPrometheus } from '@effectstroom/infra';
import pg from 'pg';
import { runVerify } from '../harness/verify.ts';
import { newCase, type PeopleStack, startPeopleStack } from '../people/people-stack.ts';

/** Of nobody; its key was thrown away. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBgzCCASmgAwIBAgIUR4NL/LYOuYw6IVL2tK+Wff39oUIwCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMdGVzdC5pbnZhbGlkMB4XDTI2MTEyMjEwMjg1N1oXDTI3MTIy
NzEwMjg1N1owFzEVMBMGA1UEAwwMdGVzdC5pbnZhbGlkMFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAExY+d+bioUnw0oaZ7guvOz4SoLr4eI68QjBPKG674cZUSMPyk
VX0i43/MwTa2z+hrV7+mOUDQeRytMuEidMaZ2qNTMFEwHQYDVR0OBBYEFNBhv706
tJJIMYbrdEA9DX2RAXG4MB8GA1UdIwQYMBaAFNBhv706tJJIMYbrdEA9DX2RAXG4
MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAJPC0bjdbqOZM3t+
bRxH0aaxXSQmDynPC7rbQ56sbuqMAiA9aqMTQmxBNILDw/v0u/K7vXJTBUPiEbau
SfRgQnrevQ==
-----END CERTIFICATE-----
`;
const DAY_MS = 86_400_000;

export interface LookedAt {
  stack: PeopleStack;
  /** Signed in as the read-only role. */
  reader: pg.Client;
  prometheus: Prometheus;
  end(): Promise<void>;
}

/** Starts it all; `end` must be called. A verification, a closing and an expiring key are there too. */
export async function startLookedAt(folder: string): Promise<LookedAt> {
  mkdirSync(folder, { recursive: true });
  const certificate = join(folder, 'certificate.pem');
  writeFileSync(certificate, CERTIFICATE);
  const stack = await startPeopleStack({
    exporter: { CERTIFICATE_FILES: certificate, REFRESH_SECONDS: '1' },
  });
  const ends: (() => Promise<unknown>)[] = [() => stack.end()];
  const end = async () => {
    for (const one of ends.reverse()) await one();
  };
  try {
    await refuse(stack);
    await order(stack, 'POST', '/v1/keys', {
      ...{ name: 'of a test', scopes: ['read'], organisations: ['*'], sources: [] },
      expiresAt: new Date(Date.now() + 30 * DAY_MS).toISOString(),
    });
    await order(stack, 'PUT', '/v1/closings/meerwaarde/2021', {});
    const prometheus = await startPrometheus({
      folder: join(folder, 'prometheus'),
      config: configFor(stack.exporter),
    });
    ends.push(() => prometheus.stop());
    // Meanwhile it finds its target: that takes five seconds.
    await runVerify(stack.databaseUrl);
    await stack.settled();
    const reader = new pg.Client({ connectionString: stack.readerUrl });
    await reader.connect();
    // Also after midnight the day is that of what was filled.
    await reader.query(`SELECT set_config('effectstroom.today', $1, false)`, [stack.today]);
    ends.push(() => reader.end());
    await stack.pipeline.until(
      async () => (await prometheus.query(SCRAPED_THRICE)).length > 0,
      'three scrapes',
    );
    const isSealed = async () =>
      (await reader.query('SELECT FROM reporting.closings WHERE sealed_at IS NOT NULL')).rowCount === 1;
    await stack.pipeline.until(isSealed, 'the closing is sealed');
    return { stack, reader, prometheus, end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Enough scrapes for a rate, and what was refused and verified is known. */
const SCRAPED_THRICE = `count_over_time(up[1m]) >= 3 and on () (sum(effectstroom_delivery_refused) > 0)
  and on () effectstroom_verification_timestamp_seconds`;

function configFor(exporter: string): string {
  const job = { job_name: 'effectstroom', static_configs: [{ targets: [new URL(exporter).host] }] };
  return JSON.stringify({ global: { scrape_interval: '3s', scrape_timeout: '3s' }, scrape_configs: [job] });
}

/** Sends an event that is refused, so that there is something to count. */
async function refuse(stack: PeopleStack): Promise<void> {
  const { data, ...event } = newCase(stack);
  const answer = await fetch(`${stack.ingest}/v1/events`, {
    method: 'POST',
    headers: { authorization: 'Bearer local-ingest', 'content-type': 'application/cloudevents+json' },
    body: JSON.stringify({ ...event, data: { ...data, date: 'yesterday' } }),
  });
  if (answer.status !== 400) throw new Error(`It was not refused: ${answer.status} ${await answer.text()}`);
}

async function order(stack: PeopleStack, method: string, path: string, body: unknown): Promise<void> {
  const answer = await fetch(`${stack.ingest}${path}`, {
    method,
    headers: { authorization: 'Bearer local-admin', 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
}
