import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Savings, savingsSchema, statusSchema } from '@effectstroom/contracts';
import { divide, publishedFiguresSchema } from './published-figures.ts';
import { compare, tableLines } from './replay-table.ts';
import { repository } from './repository.ts';
import { request } from './service-client.ts';
import type { Stack } from './stack.ts';
import { StartFault } from './start-fault.ts';
import { seconds, type Terminal } from './terminal.ts';

const SCENARIO = join(repository, 'test', 'scenarios', 'haarlemmermeer-2021');
const BATCH_SIZE = 100;
const LOOK_EVERY_MS = 100;
/** Without any progress for this long, something is wrong. */
const STALL_MS = 120_000;
/** The study's "just over 2.5 million" of the sampled cases themselves, without multipliers; in cents. */
const OWN_SAVINGS = { from: 250_000_000n, below: 260_000_000n };

/**
 * Replays Haarlemmermeer 2021 through the front door and prints every published figure beside the computed
 * one. May be repeated on the same data: sending again changes nothing.
 *
 * @returns whether every figure matches
 * @throws {StartFault} when the stack refuses something or stands still
 */
export async function replayHaarlemmermeer(
  stack: Stack,
  tell: Terminal,
  signal: AbortSignal,
): Promise<boolean> {
  const published = publishedFiguresSchema.parse(readScenario('expected.json'));
  const { municipality, organisation, programme } = published.query;
  tell('');
  tell(`Naspelen: ${published.title}`);
  tell('De cijfers zijn gepubliceerd; de casussen zijn verzonnen, want de echte zijn niet openbaar.');
  await putSettings(`${stack.ingest}/v1/price-lists/kostenhandleiding`, 'price-list.json', signal);
  await putSettings(
    `${stack.ingest}/v1/programmes/${municipality}/${organisation}/${programme}`,
    'programme.json',
    signal,
  );
  await putSettings(`${stack.ingest}/v1/deliveries/${organisation}`, 'deliveries.json', signal);
  tell('✔ Prijslijst, programma en leverritme aangeleverd');
  await sendEvents(stack.ingest, tell, signal);
  await applied(stack.portal, tell, signal);

  let matches = true;
  const answers = new Map<string | undefined, Savings>();
  for (const table of published.tables) {
    const answer =
      answers.get(table.groupBy) ?? (await askSavings(stack.portal, published.query, table.groupBy, signal));
    answers.set(table.groupBy, answer);
    const compared = compare(table, answer);
    tell('');
    for (const line of tableLines(compared)) tell(line);
    matches &&= compared.rows.every((row) => row.matches);
  }
  const total = (
    answers.get(undefined) ?? (await askSavings(stack.portal, published.query, undefined, signal))
  ).total;
  matches = tellOwnSavings(total.counted.gross, tell) && matches;
  tell('');
  tell(
    matches
      ? '✔ Elk berekend cijfer is gelijk aan het gepubliceerde.'
      : `✘ Niet elk cijfer klopt. Staan er andere casussen van ${organisation} uit 2021 in deze gegevensmap?`,
  );
  return matches;
}

async function putSettings(url: string, file: string, signal: AbortSignal): Promise<void> {
  const body = { type: 'application/json', text: JSON.stringify(readScenario(file)) };
  await request({ method: 'PUT', url, key: 'local-admin', body, signal });
}

async function sendEvents(ingest: string, tell: Terminal, signal: AbortSignal): Promise<void> {
  const events = readScenario('events.json');
  if (!Array.isArray(events)) throw new Error('events.json is no list');
  const started = performance.now();
  for (let from = 0; from < events.length; from += BATCH_SIZE) {
    const text = JSON.stringify(events.slice(from, from + BATCH_SIZE));
    const body = { type: 'application/cloudevents-batch+json', text };
    await request({ method: 'POST', url: `${ingest}/v1/events`, key: 'local-ingest', body, signal });
    tell(`  ${Math.min(from + BATCH_SIZE, events.length)} van ${events.length} casussen aangeleverd`);
  }
  tell(`✔ ${events.length} casussen aangeleverd (${seconds(performance.now() - started)})`);
}

/** Waits until every accepted event is in the totals. */
async function applied(portal: string, tell: Terminal, signal: AbortSignal): Promise<void> {
  const started = performance.now();
  let least = Number.POSITIVE_INFINITY;
  let progressAt = started;
  let toldAt = started;
  for (;;) {
    const answer = await request({ method: 'GET', url: `${portal}/v1/status`, key: 'local-read', signal });
    const { applied, quarantined } = statusSchema.parse(answer);
    if (applied.pending === 0) {
      tell(`✔ Alles verwerkt (${seconds(performance.now() - started)})`);
      if (quarantined > 0)
        tell(`⚠ ${quarantined} gebeurtenissen staan in quarantaine: ${portal}/v1/quarantine`);
      return;
    }
    const now = performance.now();
    if (applied.pending < least) progressAt = now;
    least = Math.min(least, applied.pending);
    if (now - progressAt > STALL_MS) {
      throw new StartFault(
        `De verwerking staat stil: nog ${applied.pending} berichten. Zie logs/calculator.log.`,
      );
    }
    if (now - toldAt > 2_000) {
      tell(`  nog ${applied.pending} berichten te verwerken …`);
      toldAt = now;
    }
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
}

async function askSavings(
  portal: string,
  query: Record<string, string>,
  groupBy: string | undefined,
  signal: AbortSignal,
): Promise<Savings> {
  const parameters = new URLSearchParams({ ...query, ...(groupBy === undefined ? {} : { groupBy }) });
  const url = `${portal}/v1/savings?${parameters}`;
  return savingsSchema.parse(await request({ method: 'GET', url, key: 'local-read', signal }));
}

function tellOwnSavings(countedGross: string, tell: Terminal): boolean {
  const cents = BigInt(countedGross.replace('.', ''));
  const matches = cents >= OWN_SAVINGS.from && cents < OWN_SAVINGS.below;
  tell('');
  tell('Eigen besparing van de onderzochte casussen, zonder multipliers');
  const euros = divide(cents, 100n).toLocaleString('nl-NL');
  tell(`  gepubliceerd: ruim 2,5 miljoen; berekend: € ${euros}  ${matches ? '✔' : '✘'}`);
  return matches;
}

function readScenario(file: string): unknown {
  return JSON.parse(readFileSync(join(SCENARIO, file), 'utf8'));
}
