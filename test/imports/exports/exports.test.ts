import { readFileSync } from 'node:fs';
import {
  CASE_TYPES,
  type CaseEvent,
  checkCaseEvent,
  checkPriceList,
  checkProgramme,
} from '@effectstroom/contracts';
import { describe, expect, it } from 'vitest';
import { compileMapping, headersOf } from '../../../services/ingest/src/records/compile-mapping.ts';
import { keyOf } from '../../../services/ingest/src/records/key-of.ts';
import { readCase } from '../../../services/ingest/src/records/read-case.ts';
import { openTable } from '../../../services/ingest/src/tables/open-table.ts';
import type { SourceRow } from '../../../services/ingest/src/tables/table.ts';
import { tableKindOf } from '../../../services/ingest/src/tables/table-kind.ts';
import { generate as buurtlog } from './buurtlog/generate.ts';
import {
  EXPORTS,
  type ExportName,
  pathOf,
  readBody,
  readEvents,
  readMapping,
  readRefused,
} from './exports.ts';
import type { RefusedRow } from './invented-export.ts';
import { generate as regix } from './regix/generate.ts';

/** What a case says, whatever the order of its lines. */
function contentOf({ type, data }: CaseEvent): string {
  const avoided = 'avoided' in data ? data.avoided.map((line) => JSON.stringify(line)).sort() : [];
  return JSON.stringify([type, { ...data, avoided }]);
}

async function readExport(name: ExportName, file: string) {
  const mapping = readMapping(name);
  const path = pathOf(name, file);
  const table = await openTable(path, await tableKindOf(path), mapping.table, headersOf(mapping));
  const { compiled, faults = [] } = compileMapping(mapping, table.columns);
  if (compiled === undefined) throw new Error(JSON.stringify(faults));
  const cases = new Map<string, SourceRow[]>();
  const refused: RefusedRow[] = [];
  for await (const batch of table.rows) {
    for (const row of batch) {
      const key = keyOf(compiled, row);
      if (key.faults !== undefined) refused.push({ row: row.row, faults: key.faults.map(named) });
      else {
        const text = `${key.caseId} ${key.revision}`;
        cases.set(text, [...(cases.get(text) ?? []), row]);
      }
    }
  }
  const contents: string[] = [];
  for (const rows of cases.values()) {
    const { draft, faults: ofCells = [] } = readCase(compiled, rows);
    const { event, faults: ofEvent = [] } = checkCaseEvent(
      {
        ...{ specversion: '1.0', id: 'x', source: mapping.source, time: '2022-01-10T09:00:00Z' },
        type: draft?.type ?? CASE_TYPES.assessed,
        data: { revision: 1, ...draft?.data },
      },
      { today: '2022-01-10', lookForBsn: true },
    );
    if (draft !== undefined && event !== undefined) {
      contents.push(contentOf(event));
      continue;
    }
    const found =
      draft === undefined ? ofCells : ofEvent.map((f) => ({ ...draft.originOf(f.pointer), code: f.code }));
    for (const { row } of rows) {
      refused.push({ row, faults: found.filter((fault) => fault.row === row).map(named) });
    }
  }
  return { table, contents, refused: refused.sort((a, b) => a.row - b.row) };
}

function named({ column = '', code }: { column?: string; code: string }): { column: string; code: string } {
  return { column, code };
}

describe.each(EXPORTS)('the export $name', ({ name, file, priceList }) => {
  it('gives the cases that it was made from, and refuses the rows that are wrong', async () => {
    const { contents, refused } = await readExport(name, file);
    const expected = readEvents(name).map((event) => {
      const { event: checked, faults } = checkCaseEvent(event, { today: '2022-01-10', lookForBsn: true });
      if (checked === undefined) throw new Error(JSON.stringify(faults));
      return contentOf(checked);
    });
    expect(refused).toEqual(readRefused(name));
    expect(contents.sort()).toEqual(expected.sort());
  });

  it('has settings that can value it', () => {
    const { municipality, organisation, programme } = readMapping(name);
    const address = { municipality: String(municipality), organisation, programme: String(programme) };
    expect(checkProgramme(address, readBody(name, 'programme.json')).faults).toBeUndefined();
    expect(checkPriceList(priceList, readBody(name, 'price-list.json')).faults).toBeUndefined();
  });
});

it('the exports are those that their generators make', () => {
  for (const [name, made] of [['regix', regix()] as const, ['buurtlog', buurtlog()] as const]) {
    const file = EXPORTS.find((one) => one.name === name)?.file ?? '';
    expect(readFileSync(pathOf(name, file)).equals(made.file)).toBe(true);
  }
});
