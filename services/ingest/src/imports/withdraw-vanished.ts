import { CASE_TYPES } from '@effectstroom/contracts';
import {
  type CaseToDeliver,
  type DeliveryContext,
  judgeCases,
  keepChanges,
} from '../delivery/deliver-cases.ts';
import type { ImportStore } from './import-store.ts';
import { publishPatiently } from './publish-patiently.ts';
import type { ReportWriter } from './report-file.ts';
import type { Ending, Work } from './work-through.ts';

const BATCH_CASES = 500;

/** What withdrawing needs. */
export interface Withdrawal extends Pick<Work, 'id' | 'organisation' | 'source' | 'patience' | 'signal'> {
  context: DeliveryContext;
  imports: ImportStore;
  report: ReportWriter;
  reason: string;
}

/**
 * Withdraws the cases that vanished, batch by batch. What is killed goes on with those that are left; a case
 * that was withdrawn already is not sent again.
 */
export async function withdrawVanished(work: Withdrawal): Promise<Ending> {
  const { id, context, imports, report, signal } = work;
  for (;;) {
    if (signal.aborted) return 'stopped';
    const vanished = report.vanished(BATCH_CASES);
    if (vanished.length === 0) return 'done';
    const { outcomes, accepted, changes } = judgeCases(
      context,
      vanished.map((caseId) => withdrawalOf(work, caseId)),
    );
    if (outcomes.some(({ status }) => status === 'refused')) throw new Error('a withdrawal is refused');
    const ending = await publishPatiently(context, accepted, work);
    if (ending !== 'done') return ending;
    keepChanges(context, changes, () => imports.countWithdrawn(id, accepted.length));
    report.forgetVanished(vanished);
  }
}

function withdrawalOf({ context, organisation, source, reason }: Withdrawal, caseId: string): CaseToDeliver {
  const place = context.delivered.placeOfCase(context.delivered.originOf(organisation, source), caseId);
  if (place === undefined) throw new Error('a case that vanished was never delivered');
  const data = { ...place, reason };
  return { organisation, source, caseId, type: CASE_TYPES.withdrawn, data };
}
