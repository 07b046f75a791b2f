/** How the rows of a batch are written by COPY. */
import { partCode } from '../ledger-part.ts';
import type { CaseStateRow, EventRow, LedgerEntry } from './batch.ts';
import { type ContributionLine, putContribution } from './contribution.ts';
import type { CopyTarget } from './copy.ts';

export const EVENT: CopyTarget<EventRow> = {
  table: 'event',
  columns: ['organisation', 'number', 'source', 'id', 'case_id', 'known_at', 'payload'],
  put: (writer, row) => {
    writer.putInt4(row.organisation);
    writer.putInt8(row.number);
    writer.putInt4(row.source);
    writer.putText(row.id);
    writer.putText(row.caseId);
    writer.putTimestamp(row.knownAt);
    if (typeof row.payload === 'string') writer.putText(row.payload);
    else writer.putBytes(row.payload);
  },
};

export const LEDGER: CopyTarget<LedgerEntry> = {
  table: 'ledger',
  columns: [
    ...['organisation', 'known_at', 'cause', 'revalued', 'event', 'sign', 'case_group', 'date', 'assessed'],
    ...['similar_cases', 'cost', 'factor', 'programme_version', 'price_list_version'],
    ...['line_groups', 'years', 'amounts', 'lows', 'highs', 'part', 'resident'],
  ],
  put: (writer, { organisation, knownAt, cause, revalued, part, sign, contribution, resident }) => {
    writer.putInt4(organisation);
    writer.putTimestamp(knownAt);
    writer.putInt8(cause);
    writer.putBoolean(revalued);
    writer.putInt8(contribution.event);
    writer.putInt2(sign);
    writer.putInt4(contribution.group.id);
    writer.putDate(contribution.date);
    writer.putBoolean(contribution.assessed);
    writer.putInt4(contribution.similarCases);
    writer.putInt8(contribution.cost);
    writer.putInt4(contribution.factor);
    writer.putInt8(contribution.programmeVersion);
    if (contribution.priceListVersion === undefined) writer.putNull();
    else writer.putInt8(contribution.priceListVersion);
    const { lines } = contribution;
    writer.putArray('int4', lines, groupOf);
    writer.putArray('int2', lines, yearOf);
    writer.putArray('numeric', lines, amountOf);
    writer.putArray('numeric', lines, lowOf);
    writer.putArray('numeric', lines, highOf);
    writer.putInt2(partCode(part));
    if (resident === undefined) writer.putNull();
    else writer.putText(resident);
  },
};

const groupOf = ({ group }: ContributionLine) => group.id;
const yearOf = ({ year }: ContributionLine) => year;
const amountOf = ({ amount }: ContributionLine) => amount;
const lowOf = ({ low }: ContributionLine) => low;
const highOf = ({ high }: ContributionLine) => high;

export const CASE_STATE: CopyTarget<CaseStateRow> = {
  table: 'case_state',
  columns: [
    'organisation',
    'case_id',
    'partition',
    'events',
    'counted',
    'state',
    'programme',
    'contribution',
  ],
  put: (writer, row) => {
    writer.putInt4(row.organisation);
    writer.putText(row.caseId);
    writer.putInt2(row.partition);
    writer.putArray('int8', row.events, (number) => number);
    if (row.counted === undefined) writer.putNull();
    else writer.putInt8(row.counted);
    putOptionalText(row.state);
    putOptionalText(row.programme);
    if (row.contribution === undefined) writer.putNull();
    else putContribution(writer, row.contribution);

    function putOptionalText(value: string | undefined): void {
      if (value === undefined) writer.putNull();
      else writer.putText(value);
    }
  },
};
