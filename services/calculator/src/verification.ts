/**
 * The check of everything: the ledger adds up to the totals, every recorded event stands in one case, and the
 * cases rebuilt from the recorded events and the newest settings give the same contributions and totals.
 */
import { ASSESSMENT_SOURCE } from '@effectstroom/contracts';
import {
  type CaseKey,
  type Database,
  EntrySums,
  eventFaults,
  Groups,
  ledgerFaults,
  type RecordedCase,
  readCasesAfter,
  readSettings,
  readSourceTotals,
  readTotals,
  SourceSums,
  sameContribution,
  sourceFaults,
  totalFaults,
  type Verification,
} from '@effectstroom/database';
import { type Kysely, sql, type Transaction } from 'kysely';
import { takeUpCase } from './case-in-hand.ts';
import { contributionOf } from './contribution-of.ts';
import { quarantineOf } from './resolve.ts';
import { SettingsBook } from './settings-book.ts';

/** Faults listed of each kind: one is enough to look, more say how wide it is. */
const FAULTS_MAX = 20;
const PAGE_CASES = 1_000;

/** Settings are being applied: the cases are between two states. */
export class SettingsInProgress extends Error {}

/**
 * Checks one moment of the database; memory is bounded by a page of cases and the totals.
 * @throws SettingsInProgress where settings are half applied; try again later.
 */
export async function verify(
  db: Kysely<Database>,
  onProgress: (cases: number) => void,
): Promise<Verification> {
  const startedAt = Date.now();
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const book = await settledSettings(tx);
      const faults = [
        ...(await totalFaults(tx, FAULTS_MAX)),
        ...(await eventFaults(tx, FAULTS_MAX)),
        ...(await ledgerFaults(tx, FAULTS_MAX)),
        ...(await sourceFaults(tx, ASSESSMENT_SOURCE, FAULTS_MAX)),
      ];
      const rebuilt = await rebuild(db, tx, book, onProgress);
      faults.push(...rebuilt.faults, ...(await compareTotals(tx, rebuilt)));
      return { seconds: (Date.now() - startedAt) / 1_000, cases: rebuilt.cases, faults };
    });
}

/** The settings that every partition has applied, where none is in between. */
async function settledSettings(tx: Transaction<Database>): Promise<SettingsBook> {
  const positions = await tx.selectFrom('partition_position').select(['settings', 'revaluation']).execute();
  const newest = await tx
    .selectFrom('settings')
    .select(sql<bigint | null>`max(number)`.as('number'))
    .executeTakeFirst();
  const number = newest?.number ?? -1n;
  if (positions.some(({ settings, revaluation }) => revaluation !== null || settings < number))
    throw new SettingsInProgress('Settings are being applied; check again when pending is 0');
  return new SettingsBook(await readSettings(tx, number));
}

async function rebuild(
  db: Kysely<Database>,
  tx: Transaction<Database>,
  book: SettingsBook,
  onProgress: (cases: number) => void,
) {
  const groups = new Groups();
  const sums = new EntrySums();
  const sources = new SourceSums();
  const faults: string[] = [];
  let cases = 0;
  let after: CaseKey = { organisation: 0, caseId: '' };
  for (;;) {
    const page = await readCasesAfter(tx, after, PAGE_CASES);
    const last = page.at(-1);
    if (last === undefined) return { sums, sources, faults, cases };
    const rebuilt = page.map((recorded) => rebuildCase(recorded, book, groups));
    await groups.assign(db); // adds nothing where the cases are right
    for (const { recorded, ...now } of rebuilt) {
      const fault = caseFault(recorded, now);
      if (fault !== undefined && faults.length < FAULTS_MAX) faults.push(fault);
      if (now.contribution === undefined || now.contributor === undefined) continue;
      const { municipality } = now.contributor.event.data;
      const source = now.events.deliveredBy(now.contributor);
      const of = { organisation: recorded.organisation, source, municipality };
      const entry = { ...of, sign: 1, contribution: now.contribution } as const;
      sums.add(entry);
      sources.add(entry);
    }
    cases += page.length;
    onProgress(cases);
    after = last;
  }
}

function rebuildCase(recorded: RecordedCase, book: SettingsBook, groups: Groups) {
  const { events } = takeUpCase(recorded);
  const resolution = events.resolve(book);
  const { counted } = resolution;
  return {
    ...{ recorded, events },
    counted: counted?.record.number,
    contributor: counted?.record,
    contribution: counted && contributionOf(recorded.organisation, counted, groups),
    quarantine: quarantineOf(resolution),
  };
}

function caseFault(
  recorded: RecordedCase,
  now: Omit<ReturnType<typeof rebuildCase>, 'recorded'>,
): string | undefined {
  const name = `case ${recorded.caseId} of organisation ${recorded.organisation}`;
  if (recorded.counted !== now.counted)
    return `${name} counts event ${recorded.counted} instead of ${now.counted}`;
  if (recorded.events.some(({ number, reason }) => reason !== now.quarantine.get(number)?.reason))
    return `${name} has other events in quarantine than its events say`;
  const { contribution } = recorded;
  const same =
    contribution === undefined || now.contribution === undefined
      ? contribution === now.contribution
      : sameContribution(contribution, now.contribution);
  return same ? undefined : `${name} contributes otherwise than its events say`;
}

async function compareTotals(
  tx: Transaction<Database>,
  { sums, sources }: { sums: EntrySums; sources: SourceSums },
): Promise<string[]> {
  const totals = await readTotals(tx);
  const faults: string[] = [];
  if (textOf(totals.cases) !== textOf(sums.cases())) faults.push('case_total differs from the rebuilt cases');
  const savings = sums
    .savings()
    .filter(({ gross, countedGross, high }) => gross !== 0n || countedGross !== 0n || high !== 0n)
    .map(({ isNamed: _, ...row }) => row);
  if (textOf(totals.savings) !== textOf(savings)) faults.push('saving_total differs from the rebuilt cases');
  if (textOf(await readSourceTotals(tx)) !== textOf(sources.changes()))
    faults.push('source_total differs from the rebuilt cases');
  return faults;
}

/** One text a row, members in a fixed order, so that rows from both sides compare. */
function textOf(rows: readonly object[]): string {
  return rows
    .map((row) =>
      Object.entries(row)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, value]) => `${name}=${value}`)
        .join(' '),
    )
    .join('\n');
}
