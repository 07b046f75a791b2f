/** Cases that come in, are corrected and are withdrawn. */
import { type SentData, type SentEvent, type SentLine, TYPES } from '../../harness/sent.ts';
import { amountOf, dateOf, decimalOf, wordOf } from '../dutch.ts';
import type { Step, Story, Table } from '../story.ts';

const SOURCE = 'urn:nld:kvknr:41224547:systeem:verhalen';

export const CASES: readonly Step[] = [
  {
    sentence: /^deze casussen binnenkomen van "(.+?)"(?: in (GM\d{4}))?:$/,
    play: (story, [organisation = '', municipality = ''], table) =>
      send(story, organisation, municipality, table),
  },
  {
    sentence: /^casus "(.+)" van "(.+)" wordt ingetrokken$/,
    play: (story, [caseId = '', organisation = '']) =>
      send(story, organisation, '', [{ casus: caseId, versie: '99', wat: 'ingetrokken' }]),
  },
];

async function send(story: Story, organisation: string, municipality: string, table: Table): Promise<void> {
  const { address } = story.programmeOf(organisation, municipality === '' ? undefined : municipality);
  const rows = Map.groupBy(table, (row) => `${row['casus']} ${row['versie'] ?? '1'}`);
  const events = [...rows.values()].flatMap((lines): SentEvent[] => {
    const [first] = lines;
    if (first === undefined) return [];
    const revision = Number(first['versie'] ?? '1');
    const caseId = `${organisation}-${first['casus']}`;
    const kind = kindOf(first['wat'], lines);
    const base = { ...address, caseId, revision };
    return [
      {
        specversion: '1.0',
        id: `${caseId}.${revision}`,
        source: SOURCE,
        type: TYPES[kind],
        time: `2026-01-01T00:00:${String(revision % 60).padStart(2, '0')}Z`,
        data:
          kind === 'withdrawn'
            ? base
            : { ...base, ...caseOf(first), ...(kind === 'assessed' ? assessmentOf(lines) : {}) },
      },
    ];
  });
  story.sent.push(...events);
  await story.world.sendAll(events);
}

function kindOf(said: string | undefined, lines: Table): keyof typeof TYPES {
  if (said === 'ingetrokken') return 'withdrawn';
  return lines.some((line) => line['dienst'] || line['bedrag']) ? 'assessed' : 'registered';
}

/** Members whose column has a value in this row. */
function given(row: Table[number], columns: Record<string, [name: string, (text: string) => unknown]>) {
  return Object.fromEntries(
    Object.entries(columns).flatMap(([column, [name, read]]) => {
      const text = row[column];
      return text === undefined || text === '' ? [] : [[name, read(text)]];
    }),
  );
}

const same = (text: string) => text;
const percent = (text: string) => (/^\d+ ?%$/.test(text) ? Number.parseInt(text, 10) : wordOf(text));

function caseOf(row: Table[number]): Partial<SentData> {
  const followUp = row['nagegaan op']
    ? { followUp: { date: dateOf(row['nagegaan op']), outcome: wordOf(row['uitkomst'] ?? '') } }
    : {};
  return {
    ...given(row, {
      datum: ['date', dateOf],
      thema: ['theme', same],
      werksoort: ['workType', same],
      ondersteuning: ['supportType', same],
      doelgroep: ['targetGroup', same],
      team: ['team', same],
      bewoner: ['residentKey', (text) => `sleutel-van-${text}-0000000000`],
    }),
    ...followUp,
  };
}

function assessmentOf(lines: Table): Partial<SentData> {
  return {
    ...given(lines[0] ?? {}, { soortgelijk: ['similarCases', Number], kosten: ['cost', amountOf] }),
    avoided: lines.map((line) => lineOf(line)),
  };
}

function lineOf(row: Table[number]): SentLine {
  return given(row, {
    dienst: ['service', same],
    aantal: ['quantity', decimalOf],
    bedrag: ['amount', amountOf],
    kostenhouder: ['costBearer', same],
    kans: ['likelihood', percent],
    bijdrage: ['contribution', percent],
    herhaling: ['recurrence', wordOf],
    jaren: ['years', Number],
    deadweight: ['deadweight', (text) => Number.parseInt(text, 10)],
    afname: ['dropOff', (text) => Number.parseInt(text, 10)],
    effect: ['effect', same],
    verzilverbaar: ['cashable', wordOf],
  }) as SentLine;
}
