/** What every guard does before it reads: one snapshot, one moment, and what the answer says it rests on. */
import type { SavingsQuery } from '@effectstroom/contracts';
import { type Database, type GuardQuestion, inSnapshot } from '@effectstroom/database';
import type { Kysely, Transaction } from 'kysely';
import { momentsOf } from '../savings/moments.ts';
import { questionOf } from '../savings/question.ts';

export interface Asked {
  query: SavingsQuery;
  /** Codes that the key may read; undefined is all. */
  organisations: readonly string[] | undefined;
}

/** What a guard reads from, and where it reads up to. */
export interface Reading extends Asked {
  tx: Transaction<Database>;
  question: GuardQuestion;
  /** RFC 3339 in UTC; null where nothing was ever applied. */
  asOf: string | null;
}

/** Answers a guard from one snapshot. */
export function inGuard<Answer>(
  db: Kysely<Database>,
  asked: Asked,
  answer: (reading: Reading) => Promise<Answer>,
): Promise<Answer> {
  const { query, organisations } = asked;
  return inSnapshot(db, async (tx) => {
    const { asOf, moment } = await momentsOf(tx, query.asOf);
    const { filters } = questionOf(query, organisations);
    const period = { from: query.from, to: query.to };
    const question: GuardQuestion = { filters, organisations, asOf: moment, period };
    return answer({ ...asked, tx, question, asOf });
  });
}

/** What an answer rests on. */
export function guardBasis({ query, organisations, asOf }: Reading) {
  const { from, to, filters } = query;
  const ofKey =
    filters.organisation === undefined && organisations !== undefined
      ? { organisations: [...organisations] }
      : {};
  return { ...filters, ...ofKey, from, to, asOf };
}
