import { checkCaseEvent, checkMapping, civilDateAt, type Proposal } from '@effectstroom/contracts';
import { type CompiledMapping, compileMapping } from '../records/compile-mapping.ts';
import { keyOf } from '../records/key-of.ts';
import { proposeMapping } from '../records/propose-mapping.ts';
import { readCase } from '../records/read-case.ts';
import { openTable } from '../tables/open-table.ts';
import { type SourceRow, TableFault } from '../tables/table.ts';
import { tableKindOf } from '../tables/table-kind.ts';
import { cellFaults } from './cell-faults.ts';
import type { ProposalAnswer, ProposalGiven } from './worker-messages.ts';

/** Rows from which a mapping is proposed, and cases that are shown. */
const SAMPLE_ROWS = 1000;
const PREVIEW_CASES = 10;

/** What stands for what is not given yet, so that the rows can be shown all the same. */
const TO_FILL_IN = { municipality: 'GM0000', organisation: 'in-te-vullen', source: 'urn:nld:in-te-vullen' };

/** Proposes a mapping for a file, and shows how the first cases of it would be read. */
export async function proposeFor(file: string, given: ProposalGiven): Promise<ProposalAnswer> {
  try {
    const { columns, rows } = await openTable(file, await tableKindOf(file));
    const sample: SourceRow[] = [];
    for await (const batch of rows) {
      sample.push(...batch);
      if (sample.length >= SAMPLE_ROWS) break;
    }
    const { mapping, questions } = proposeMapping(columns, sample, given);
    const preview = previewOf(mapping, columns, sample);
    return { proposal: { columns: [...columns], proposal: mapping, questions, preview } };
  } catch (error) {
    if (error instanceof TableFault) return { failure: { code: error.code, detail: error.message } };
    throw error;
  }
}

/** The first cases as the draft reads them; none where it lacks too much for that. */
function previewOf(
  draft: Record<string, unknown>,
  columns: readonly string[],
  sample: readonly SourceRow[],
): Proposal['preview'] {
  const { mapping } = checkMapping('voorstel', { ...TO_FILL_IN, ...draft });
  const { compiled } = mapping === undefined ? {} : compileMapping(mapping, columns);
  if (compiled === undefined) return [];
  const cases = new Map<string, SourceRow[]>();
  for (const row of sample) {
    const { caseId = `row ${row.row}`, revision } = keyOf(compiled, row);
    const key = `${caseId} ${revision}`;
    const rows = cases.get(key);
    if (rows === undefined) cases.set(key, [row]);
    else rows.push(row);
  }
  return [...cases.values()].slice(0, PREVIEW_CASES).map((rows) => previewCase(compiled, rows));
}

function previewCase(compiled: CompiledMapping, rows: readonly SourceRow[]): Proposal['preview'][number] {
  const row = rows[0]?.row ?? 0;
  const { draft, faults } = readCase(compiled, rows);
  if (faults !== undefined) return { row, faults };
  const now = new Date();
  const data = { revision: 0, ...draft.data };
  const { source } = compiled.mapping;
  const sent = { specversion: '1.0', id: 'preview', source, type: draft.type, time: now.toISOString(), data };
  const checked = checkCaseEvent(sent, { today: civilDateAt(now), lookForBsn: true });
  if (checked.faults !== undefined) return { row, faults: cellFaults(checked.faults, rows, draft) };
  // What goes into the stream is a hash of it.
  if (checked.event.data.residentKey !== undefined) checked.event.data.residentKey = 'rk:…';
  return { row, event: { ...checked.event } };
}
