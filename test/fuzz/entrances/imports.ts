/** `POST /v1/imports`: files that are none, and files with anything in their cells. */
import fc from 'fast-check';
import writeXlsxFile from 'write-excel-file/node';
import { AS, askSafely, entrance, JSON_TYPE, type Tally, type World } from '../entrance.ts';
import { seldom, text } from '../garbage.ts';
import { marked, PLACE } from '../marker.ts';
import { mutateText, textMutations } from '../mutate.ts';
import { COLUMNS, MAPPING, ROW } from '../valid.ts';

const CODE = 'fuzz-imports';
/** What no cell of a workbook can hold. */
const NOT_IN_XML = /[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

const rows = fc.array(fc.array(seldom(2, fc.tuple(fc.nat(COLUMNS.length), text)), { maxLength: 2 }), {
  maxLength: 4,
});

type Changes = readonly (readonly (readonly [number, string] | undefined)[])[];

/** The cells of an export, some of them changed, with a marker for each row; its case has another one. */
function cellsOf({ markers }: World, changes: Changes): { cells: string[][]; rowMarkers: string[] } {
  const rowMarkers = changes.map(() => markers.next());
  const lines = changes.map((cells, place) => {
    const marker = rowMarkers[place] ?? '';
    const row = ROW.map((cell) => cell.replace(`c-${PLACE}`, `c-${marker.slice(2, -2)}`));
    for (const change of cells) if (change !== undefined) row[change[0]] = change[1].slice(0, 2_000);
    return row.map((cell) => cell.replaceAll(PLACE, marker));
  });
  return { cells: [COLUMNS, ...lines], rowMarkers };
}

interface Upload {
  type: string;
  bytes: Uint8Array;
  query: string;
  /** Of each row under the headers; undefined where the file is no longer what they stand in. */
  rowMarkers: string[] | undefined;
}

async function upload(
  world: World,
  tally: Tally,
  { type, bytes, query, rowMarkers = [] }: Upload,
): Promise<void> {
  const { markers } = world;
  const headers = { ...AS.ingest, 'content-type': type };
  const path = `/v1/imports?${query.replace(PLACE, markers.next())}`;
  const answer = await askSafely(world, 'ingest', { method: 'POST', path, headers, body: bytes }, tally);
  const id = answer.status === 202 ? JSON.parse(answer.text).id : undefined;
  const refused = id === undefined ? undefined : await refusedRows(world, id);
  for (const [place, marker] of rowMarkers.entries()) {
    const isPublished = refused !== undefined && !query.includes('dryRun') && !refused.has(place + 2);
    markers.keep(marker, isPublished);
  }
}

interface Read {
  state: string;
  rows: { row: number }[];
}

/** Rows that an import refused, when it has ended; undefined where it took none at all. */
async function refusedRows({ stack }: World, id: string): Promise<Set<number> | undefined> {
  const { url } = stack.ingest.running;
  const read = async (path: string): Promise<Read> => {
    const answer = await fetch(`${url}/v1/imports/${id}${path}`, { headers: AS.ingest });
    return (await answer.json()) as Read;
  };
  let state = '';
  const isEnded = async (): Promise<boolean> => {
    ({ state } = await read(''));
    return state === 'done' || state === 'failed';
  };
  await stack.pipeline.until(isEnded, `import ${id} has ended`);
  if (state === 'failed') return undefined;
  const { rows } = await read('/report?status=refused&limit=1000');
  return new Set(rows.map(({ row }) => row));
}

/** Puts the mapping that the files are read with. */
export async function putImportMapping(world: World): Promise<void> {
  const body = Buffer.from(JSON.stringify(marked(MAPPING, 'proef')));
  const headers = { ...AS.admin, 'content-type': JSON_TYPE };
  const asked = { method: 'PUT', path: `/v1/mappings/${CODE}`, headers, body };
  const { status, text } = await askSafely(world, 'ingest', asked, new Map());
  if (status !== 200) throw new Error(`the mapping is answered ${status}: ${text}`);
}

const query = fc.constantFrom(
  `mapping=${CODE}`,
  `mapping=${CODE}`,
  `mapping=${CODE}&dryRun=true`,
  `mapping=${CODE}&full=true&name=x.csv`,
  `mapping=${CODE}&name=${PLACE}%00`,
  'organisation=meerwaarde&municipality=GM0394',
);

export const importEntrances = [
  entrance({
    name: 'imports of CSV',
    share: 0.4,
    input: fc.record({ rows, changes: textMutations, query, joint: fc.constantFrom(';', ';', ',', '\t') }),
    async try(world, { rows, changes, query, joint }, tally) {
      const { cells, rowMarkers } = cellsOf(world, rows);
      const csv = cells.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(joint));
      const bytes = mutateText(csv.join('\r\n'), changes);
      const isWhole = changes.length === 0;
      await upload(world, tally, {
        type: 'text/csv',
        bytes,
        query,
        rowMarkers: isWhole ? rowMarkers : undefined,
      });
    },
  }),
  entrance({
    name: 'imports of XLSX',
    share: 0.3,
    input: fc.record({ rows, changes: textMutations, query }),
    async try(world, { rows, changes, query }, tally) {
      const { cells, rowMarkers } = cellsOf(world, rows);
      const sheet = cells.map((row) =>
        row.map((cell) => ({ value: cell.replace(NOT_IN_XML, ''), type: String })),
      );
      const file = Buffer.from(await writeXlsxFile(sheet).toBuffer());
      const isWhole = changes.length === 0;
      const broken = () => Buffer.from(mutateText(file.toString('latin1'), changes).toString(), 'latin1');
      const type = 'application/octet-stream';
      const bytes = isWhole ? file : broken();
      await upload(world, tally, { type, bytes, query, rowMarkers: isWhole ? rowMarkers : undefined });
    },
  }),
];
