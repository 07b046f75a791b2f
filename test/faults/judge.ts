/** Compares what the clients kept with all that the product holds; what must be is computed without it. */
import { connect, type Database, underVerifyLock } from '@effectstroom/database';
import { type Kysely, sql } from 'kysely';
import { type Audit, audit, identityOf } from '../harness/auditor.ts';
import { faultsAgainst } from '../harness/faults-against.ts';
import type { Book, SentEvent } from '../harness/sent.ts';
import { type Totals, totalsOf } from '../harness/totals.ts';
import { until } from '../harness/until.ts';
import { readLedger } from './load/ledger-file.ts';

export interface Verdict {
  /** Different events that were answered with 202. */
  accepted: number;
  /** Of these, those that the product does not have. */
  lost: Missed[];
  /** Cases that count more than once, as 'organisation case'. */
  doubled: Missed[];
  /** Different events that a client gave up on: nevertheless there, once, or not there. Either is right. */
  givenUp: { arrived: number; absent: number };
  /** Groups of totals that were compared. */
  totals: number;
  /** How much else is not as it must be; what was lost shows here again, in totals that differ. */
  others: number;
  /** Everything that is not as it must be, in sentences, of each sort only the first; none is right. */
  faults: string[];
}

/** Of something that went wrong: what, and when its event was answered. */
export interface Missed {
  what: string;
  at: number;
}

export interface JudgeOptions {
  databaseUrl: string;
  /** The ledgers of the clients; no case is in two of them. */
  files: readonly string[];
  book: Book;
  /** What went wrong on the way, in sentences. */
  met: readonly string[];
  /** Told of every answer 202, and for how many events. */
  onAccepted: (at: number, events: number) => void;
}

const FAULTS_MAX = 40;
/** Of the product's nightly check, which may be at work just then. */
const CHECK_MS_MAX = 600_000;

/** Everything must be in the totals already. */
export async function judge(options: JudgeOptions): Promise<Verdict> {
  const { databaseUrl, files, book } = options;
  const db = connect({ url: databaseUrl, applicationName: 'auditor', connectionsMax: 2 });
  try {
    const recorded = await readIdentities(db);
    const doubled = await readDoubled(db);
    const verdict: Verdict = {
      ...EMPTY,
      lost: [],
      doubled: [],
      givenUp: { arrived: 0, absent: 0 },
      faults: [],
    };
    const expected: Audit = { cases: [], events: 0, quarantine: [], identityConflicts: new Map() };
    const totals = new Map<string, bigint[]>();
    for (const file of files) {
      const sent = await readFile(file, { ...options, recorded, doubled, verdict });
      const part = audit(sent, book);
      expected.events += part.events;
      for (const one of part.quarantine) expected.quarantine.push(one);
      for (const [identity, count] of part.identityConflicts) expected.identityConflicts.set(identity, count);
      addTotals(totals, totalsOf(part.cases));
    }
    const must: Totals = Object.fromEntries(
      [...totals].map(([group, figures]) => [group, figures.join(' ')]),
    );
    verdict.totals = totals.size;
    const isFree = async () => (await underVerifyLock(db, async () => true)) === true;
    await until(isFree, 'no other check of the invariants runs', CHECK_MS_MAX);
    const others = [
      options.met,
      [...recorded].map((identity) => `${identity} was sent by nobody`),
      [...doubled].map((ofCase) => `${ofCase} counts more than once, and was sent by nobody`),
      await faultsAgainst({ db, url: databaseUrl }, expected, must),
    ];
    verdict.others = others.flat().length;
    verdict.faults = [
      some('lost', verdict.lost),
      some('counts more than once', verdict.doubled),
      ...others,
    ].flatMap((sort) => sort.slice(0, FAULTS_MAX));
    return verdict;
  } finally {
    await db.destroy();
  }
}

const EMPTY = { accepted: 0, totals: 0, others: 0 };

interface Reading extends JudgeOptions {
  /** Identities that the product has and no client was found for yet. */
  recorded: Set<string>;
  /** Cases that count more than once, of which no event was found yet. */
  doubled: Set<string>;
  verdict: Verdict;
}

/** @returns the events of one client that must be there, the first of each identity first */
async function readFile(
  file: string,
  { recorded, doubled, verdict, onAccepted }: Reading,
): Promise<SentEvent[]> {
  const must: SentEvent[] = [];
  const givenUp: { at: number; event: SentEvent }[] = [];
  const seen = new Set<string>();
  const tellDoubled = ({ data }: SentEvent, at: number) => {
    const ofCase = `${data.organisation} ${data.caseId}`;
    if (doubled.delete(ofCase)) verdict.doubled.push({ what: ofCase, at });
  };
  for await (const { at, accepted, events } of readLedger(file)) {
    if (!accepted) givenUp.push(...events.map((event) => ({ at, event })));
    else onAccepted(at, events.length);
    for (const event of accepted ? events : []) {
      must.push(event);
      const identity = identityOf(event);
      if (!seen.has(identity) && !recorded.has(identity)) verdict.lost.push({ what: identity, at });
      seen.add(identity);
      tellDoubled(event, at);
    }
  }
  verdict.accepted += seen.size;
  for (const { at, event } of givenUp) {
    const identity = identityOf(event);
    // The same event was accepted after all, written in another way, or was given up before.
    if (seen.has(identity)) continue;
    seen.add(identity);
    if (recorded.has(identity)) {
      tellDoubled(event, at);
      must.push(event);
      verdict.givenUp.arrived++;
    } else verdict.givenUp.absent++;
  }
  for (const event of must) recorded.delete(identityOf(event));
  return must;
}

async function readIdentities(db: Kysely<Database>): Promise<Set<string>> {
  const { rows } = await sql<{ identity: string }>`
    SELECT concat_ws(' ', o.code, s.uri, e.id) AS identity FROM event e
    JOIN organisation o ON o.id = e.organisation JOIN source s ON s.id = e.source`.execute(db);
  return new Set(rows.map(({ identity }) => identity));
}

/** Cases of which the ledger has more that starts to count than stops, beyond one. */
async function readDoubled(db: Kysely<Database>): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`
    SELECT concat_ws(' ', o.code, e.case_id) AS name FROM ledger l
    JOIN event e ON e.organisation = l.organisation AND e.number = l.event
    JOIN organisation o ON o.id = l.organisation GROUP BY 1 HAVING sum(l.sign) NOT IN (0, 1)`.execute(db);
  return new Set(rows.map(({ name }) => name));
}

function addTotals(sums: Map<string, bigint[]>, more: Totals): void {
  for (const [group, text] of Object.entries(more)) {
    const figures = text.split(' ').map(BigInt);
    const so = sums.get(group);
    sums.set(group, so === undefined ? figures : figures.map((figure, place) => figure + (so[place] ?? 0n)));
  }
}

function some(how: string, missed: readonly Missed[]): string[] {
  return missed
    .slice(0, FAULTS_MAX)
    .map(({ what, at }) => `${what} ${how}, of ${new Date(at).toISOString()}`);
}
