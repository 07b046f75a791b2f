/** Cases that are in the table already, as they stand after settings: their events stay what they were. */
import { sql, type Transaction } from 'kysely';
import type { Database } from '../tables.ts';
import type { CaseStateRow } from './batch.ts';
import { putContribution } from './contribution.ts';
import { GrowingArray } from './growing-array.ts';

/** Cases of one organisation in the form in which they are sent. */
export interface EncodedCaseUpdates {
  organisation: number;
  cases: number;
  /** Arrays, one element a case. */
  caseIds: Buffer;
  counted: Buffer;
  states: Buffer;
  programmes: Buffer;
  contributions: Buffer;
}

/** Makes the update case by case, before its transaction starts: the cases themselves need not be kept. */
export class CaseUpdates {
  readonly #organisation: number;
  readonly #caseIds = new GrowingArray('text');
  readonly #counted = new GrowingArray('int8');
  readonly #states = new GrowingArray('text');
  readonly #programmes = new GrowingArray('text');
  readonly #contributions = new GrowingArray('text');

  constructor(organisation: number) {
    this.#organisation = organisation;
  }

  /** The groups of its contribution must have their ids. @throws Error where it is of another organisation */
  add({ organisation, caseId, counted, state, programme, contribution }: CaseStateRow): void {
    if (organisation !== this.#organisation) throw new Error('A case of another organisation is updated');
    this.#caseIds.next().putText(caseId);
    if (counted === undefined) this.#counted.addNull();
    else this.#counted.next().putInt8(counted);
    if (state === undefined) this.#states.addNull();
    else this.#states.next().putText(state);
    if (programme === undefined) this.#programmes.addNull();
    else this.#programmes.next().putText(programme);
    if (contribution === undefined) this.#contributions.addNull();
    else putContribution(this.#contributions.next(), contribution);
  }

  /** Nothing can be added any more. */
  encoded(): EncodedCaseUpdates {
    return {
      organisation: this.#organisation,
      cases: this.#caseIds.length,
      caseIds: this.#caseIds.bytes(),
      counted: this.#counted.bytes(),
      states: this.#states.bytes(),
      programmes: this.#programmes.bytes(),
      contributions: this.#contributions.bytes(),
    };
  }
}

export async function updateCases(tx: Transaction<Database>, updates: EncodedCaseUpdates): Promise<void> {
  const { organisation, cases, caseIds, counted, states, programmes, contributions } = updates;
  if (cases === 0) return;
  await sql`UPDATE case_state c SET counted = u.counted, state = u.state, programme = u.programme,
      contribution = u.contribution
    FROM unnest(${caseIds}::text[], ${counted}::bigint[], ${states}::text[], ${programmes}::text[],
      ${contributions}::text[]) AS u(case_id, counted, state, programme, contribution)
    WHERE c.organisation = ${organisation}::integer AND c.case_id = u.case_id`.execute(tx);
}
