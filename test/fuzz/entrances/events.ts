/** `POST /v1/events` and `/v1/events/check`, in all modes. */
import fc from 'fast-check';
import { AS, askSafely, entrance, type Tally, type World } from '../entrance.ts';
import { judgeBatch, judgeBody, judgeEvent, type Verdict } from '../event-oracle.ts';
import { seldom, text } from '../garbage.ts';
import { readStrictly } from '../json-oracle.ts';
import { marked, PLACE } from '../marker.ts';
import { mutate, mutateText, mutations, textMutations } from '../mutate.ts';
import { EVENTS, type Members } from '../valid.ts';

const SINGLE = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';

/** Media types that are another mode, or none. */
const WRONG_TYPES = [
  'text/plain',
  'application/json',
  `${SINGLE}; charset=latin1`,
  'x',
  '/',
  'a/b;c',
  SINGLE.slice(0, -1),
];

const one = fc.record({ base: fc.constantFrom(...EVENTS), changes: mutations });

/** An event. A refusal may say whose it was: there is no marker in a source or an organisation. */
function eventOf({ base, changes }: { base: Members; changes: Parameters<typeof mutate>[1] }): unknown {
  const json = JSON.stringify(mutate(base, changes) ?? null, (name, value: unknown) => {
    const isShown = (name === 'source' || name === 'organisation') && typeof value === 'string';
    return isShown ? value.replaceAll(PLACE, 'x') : value;
  });
  return JSON.parse(json);
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Sends, and compares the answer with the verdict. */
async function send(
  world: World,
  tally: Tally,
  sent: {
    headers: Record<string, string | string[]>;
    body: Buffer;
    marker: string;
    verdict: Verdict;
    kept: string[];
  },
): Promise<void> {
  const { headers, body, marker, verdict, kept } = sent;
  const { markers, events } = world;
  const asked = { method: 'POST', headers: { ...AS.ingest, ...headers }, body };
  const answer = await askSafely(world, 'ingest', { ...asked, path: '/v1/events' }, tally);
  const isAccepted = answer.status === 202;
  markers.keep(marker, isAccepted);
  if (isAccepted) for (const event of kept) events.add(event);
  if (verdict !== 'either' && isAccepted !== (verdict === 'accept')) {
    throw new Error(`must ${verdict}, and is answered ${answer.status}: ${answer.text.slice(0, 1_000)}`);
  }
}

/** How the stream names the events of a body. */
function namesOf(value: unknown): string[] {
  return [value].flat().map((event) => {
    const { id, data } = event as { id: string; data: { caseId: string } };
    return `${id} ${data?.caseId}`;
  });
}

const single = entrance({
  name: 'events, one as JSON',
  share: 30,
  input: fc.record({
    one,
    changes: textMutations,
    type: seldom(30, fc.constantFrom(...WRONG_TYPES)),
  }),
  async try(world, { one, changes, type }, tally) {
    const marker = world.markers.next();
    const body = mutateText(JSON.stringify(marked(eventOf(one), marker)), changes);
    const verdict = type === undefined ? judgeBody(body) : 'refuse';
    const kept = verdict === 'refuse' ? [] : namesOf(readStrictly(body)?.value);
    await send(world, tally, { headers: { 'content-type': type ?? SINGLE }, body, marker, verdict, kept });
  },
});

const batch = entrance({
  name: 'events, a batch',
  share: 12,
  input: fc.record({
    // Most are right: a batch is taken only where all are.
    all: fc.array(fc.oneof({ weight: 6, arbitrary: one.map(({ base }) => ({ base, changes: [] })) }, one), {
      maxLength: 5,
    }),
    whole: fc.oneof({ weight: 6, arbitrary: fc.constant([]) }, mutations),
    changes: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, textMutations),
    times: fc.oneof({ weight: 30, arbitrary: fc.constant(1) }, fc.constantFrom(100, 200)),
  }),
  async try(world, { all, whole, changes, times }, tally) {
    const marker = world.markers.next();
    const events = Array.from({ length: times }, () => all)
      .flat()
      .map((event, place) => withPlace(eventOf(event), marker, place));
    const body = mutateText(JSON.stringify(mutate(events, whole) ?? null), changes);
    const verdict = judgeBatch(body);
    const kept = verdict === 'refuse' ? [] : namesOf(readStrictly(body)?.value);
    await send(world, tally, { headers: { 'content-type': BATCH }, body, marker, verdict, kept });
  },
});

/** Each event of a batch has an id of its own. */
function withPlace(event: unknown, marker: string, place: number): unknown {
  return JSON.parse(
    JSON.stringify(event ?? null)
      .replaceAll(`e-${PLACE}`, `e-${place}-${PLACE}`)
      .replaceAll(PLACE, marker),
  );
}

/** Headers as the binding wants them, and others. */
const headerChange = fc.record({
  name: fc.constantFrom(
    'ce-id',
    'ce-source',
    'ce-type',
    'ce-time',
    'ce-subject',
    'ce-note',
    'ce-specversion',
    'ce-x',
    'ce-data',
    'ce-datacontenttype',
    'ce-',
    'ce-__proto__',
    'CE-ID',
    'ce-a_b',
  ),
  value: fc.oneof(
    text,
    fc.constantFrom('%', '%zz', '%ff', '%41', '"quoted"', '"a\\"b"', '"a', 'a\tb', 'caf\u00e9'),
  ),
  isEncoded: fc.boolean(),
  isTwice: fc.boolean(),
});

const binary = entrance({
  name: 'events, in headers and body',
  share: 14,
  input: fc.record({
    one,
    changes: textMutations,
    headers: fc.oneof(
      { weight: 2, arbitrary: fc.constant([]) },
      fc.array(headerChange, { minLength: 1, maxLength: 2 }),
    ),
    type: fc.oneof(
      { weight: 12, arbitrary: fc.constantFrom('application/json', 'application/json; charset=utf-8') },
      fc.constant('text/json'),
    ),
  }),
  async try(world, { one, changes, headers: others, type }, tally) {
    const marker = world.markers.next();
    const sent = marked(eventOf(one), marker);
    const { data = null, ...attributes } = isMembers(sent) ? sent : {};
    const headers: Record<string, string | string[]> = { 'content-type': type };
    for (const [name, value] of Object.entries(attributes)) {
      if (/^[a-z0-9]+$/.test(name))
        headers[`ce-${name}`] = headerText(encodeURIComponentSafely(textOf(value)));
    }
    for (const { name, value, isEncoded, isTwice } of others) {
      const piece = headerText(
        (isEncoded ? encodeURIComponentSafely(value) : value).replaceAll(
          PLACE,
          /source/i.test(name) ? 'x' : marker,
        ),
      );
      headers[name.toLowerCase()] = isTwice ? [piece, piece] : piece;
    }
    const body = mutateText(JSON.stringify(data), changes);
    const event = eventOfHeaders(headers, body);
    const isJson = type !== 'text/json' && Object.keys(headers).some((name) => name.startsWith('ce-'));
    // The server takes only so many bytes of headers.
    const isLong = JSON.stringify(headers).length > 14_000;
    const judged = !isJson || event === undefined ? 'refuse' : judgeEvent(event);
    const verdict = judged === 'accept' && isLong ? 'either' : judged;
    const kept = verdict === 'refuse' ? [] : namesOf(event);
    await send(world, tally, { headers, body, marker, verdict, kept });
  },
});

/** What may stand in a header at all: the client sends nothing else. */
function headerText(value: string): string {
  return value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '').slice(0, 3_000);
}

function textOf(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function encodeURIComponentSafely(value: string): string {
  return encodeURIComponent(value.toWellFormed());
}

/** The event of a binary request by the binding's own words (3.1.3.2); undefined where it has none. */
function eventOfHeaders(headers: Record<string, string | string[]>, body: Buffer): Members | undefined {
  const read = readStrictly(body);
  if (read === undefined) return undefined;
  const event: Members = { datacontenttype: headers['content-type'], data: read.value };
  for (const [header, value] of Object.entries(headers)) {
    if (!header.startsWith('ce-')) continue;
    const name = header.slice(3);
    if (typeof value !== 'string' || name === 'data' || name === 'datacontenttype') return undefined;
    const trimmed = value.replace(/^[ \t]+|[ \t]+$/g, '');
    const quoted = /^"((?:[^"\\]|\\.)*)"$/.exec(trimmed)?.[1]?.replace(/\\(.)/g, '$1') ?? trimmed;
    if (/[^\x20-\x7e]/.test(quoted)) return undefined;
    try {
      event[name] = decodeURIComponent(quoted);
    } catch {
      return undefined;
    }
  }
  // The body is one level deeper in the event than in itself.
  return event;
}

const check = entrance({
  name: 'events, only checked',
  share: 8,
  input: fc.record({ one, changes: textMutations }),
  async try(world, { one, changes }, tally) {
    const marker = world.markers.next();
    world.markers.keep(marker, false);
    const body = mutateText(JSON.stringify(marked(eventOf(one), marker)), changes);
    const headers = { ...AS.ingest, 'content-type': SINGLE };
    const asked = { method: 'POST', path: '/v1/events/check', headers, body };
    const { status, text } = await askSafely(world, 'ingest', asked, tally);
    const verdict = judgeBody(body);
    const says = status === 200 && JSON.parse(text).accepted === 1 ? 'accept' : 'refuse';
    if (verdict !== 'either' && says !== verdict)
      throw new Error(`must ${verdict}, and says ${status}: ${text.slice(0, 1_000)}`);
    if (says === 'refuse' && text.includes(marker))
      throw new Error(`repeats what was sent: ${text.slice(0, 1_000)}`);
  },
});

export const eventEntrances = [single, batch, binary, check];
