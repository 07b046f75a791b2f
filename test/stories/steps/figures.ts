/** Figures, as the portal answers them. */
import { expect } from 'vitest';
import { dateOf, euros, periodOf, ratio } from '../dutch.ts';
import type { Step, Table } from '../story.ts';

/** What is looked at of an answer of `GET /v1/savings`. */
interface Figures {
  cases: { registered: number; assessed: number; represented: number };
  gross: { oneOff: string; total: string };
  corrected: { total: string };
  counted: { corrected: string };
  estimated: { corrected: string };
  municipal: { corrected: string; return: string | null };
  range: { low: string; high: string };
  net: { society: string | null; municipality: string | null };
  breakEven: { society: string | null };
  sampling: { measured: { estimate: string; low: string; high: string } | null } | null;
  atPrices?: { corrected: string; unpriced: string };
  cost: string | null;
  budget: string | null;
  return: string | null;
}

export interface Savings {
  rows: (Figures & Record<string, unknown>)[];
  total: Figures;
}

/** A column of a scenario: how the figure is written there. */
export const COLUMNS: Record<string, (figures: Figures) => string> = {
  casussen: ({ cases }) => String(cases.registered),
  beoordeeld: ({ cases }) => String(cases.assessed),
  vertegenwoordigd: ({ cases }) => String(cases.represented),
  bruto: ({ gross }) => euros(gross.total),
  gecorrigeerd: ({ corrected }) => euros(corrected.total),
  geteld: ({ counted }) => euros(counted.corrected),
  geschat: ({ estimated }) => euros(estimated.corrected),
  'voor de gemeente': ({ municipal }) => euros(municipal.corrected),
  laag: ({ range }) => euros(range.low),
  hoog: ({ range }) => euros(range.high),
  kosten: ({ cost }) => euros(cost),
  subsidie: ({ budget }) => euros(budget),
  rendement: (figures) => ratio(figures.return),
  'rendement gemeente': ({ municipal }) => ratio(municipal.return),
  'saldo samenleving': ({ net }) => euros(net.society),
  'saldo gemeente': ({ net }) => euros(net.municipality),
  'kans op quitte': ({ breakEven }) => ratio(breakEven.society),
  'tegen deze prijzen': ({ atPrices }) => euros(atPrices?.corrected ?? null),
};

const DIMENSIONS: Record<string, string> = {
  thema: 'theme',
  werksoort: 'workType',
  ondersteuning: 'supportType',
  kostenhouder: 'costBearer',
  verzilverbaar: 'cashable',
  gemeente: 'municipality',
  team: 'team',
  jaar: 'year',
};

export const FIGURES: readonly Step[] = [
  {
    sentence:
      /^is de schatting voor alle casussen van "(.+)" over (\d+) (€ \S+), met 95 % zekerheid tussen (€ \S+) en (€ \S+)$/,
    play: async (story, [organisation = '', period = '', ...expected]) => {
      const { total } = await story.ask<Savings>('/v1/savings', { ...periodOf(period), organisation });
      const { estimate, low, high } = total.sampling?.measured ?? {};
      expect([estimate, low, high].map((amount) => euros(amount ?? null))).toEqual(expected);
    },
  },
  {
    sentence:
      /^zijn de cijfers van "(.+?)" over (.+?)(?: per (\S+))?(?:, zoals bekend op "(.+)")?(?:, tegen de prijzen van (\S+))?:$/,
    play: async (story, [organisation = '', period = '', by = '', moment = '', prices = ''], table) => {
      const query = {
        ...periodOf(period),
        organisation,
        groupBy: by === '' ? undefined : dimensionOf(by),
        asOf: moment === '' ? undefined : story.momentOf(moment),
        prices: prices === '' ? undefined : dateOf(prices),
      };
      const savings = await story.ask<Savings>('/v1/savings', query);
      expect(shown(savings, by, table)).toEqual(table);
    },
  },
];

/** The name of a dimension in the interfaces. */
export function dimensionOf(word: string): string {
  const dimension = DIMENSIONS[word];
  if (dimension === undefined) throw new Error(`Er is geen indeling per ${word}`);
  return dimension;
}

/** A group as people name it. */
function nameOf(value: unknown): string {
  const name = String(value ?? '(geen)');
  return GROUPS[name] ?? name;
}

const GROUPS: Record<string, string> = {
  cash: 'verzilverbaar',
  capacity: 'capaciteit',
  none: 'niet verzilverbaar',
};

/** The answer as a table with the columns of the expected one; the total stands last, as `samen`. */
export function shown({ rows, total }: Savings, by: string, expected: Table): Table {
  const columns = Object.keys(expected[0] ?? {});
  const line = (name: string, figures: Figures) =>
    Object.fromEntries(
      columns.map((column) => {
        if (column === by) return [column, name];
        const write = COLUMNS[column];
        if (write === undefined) throw new Error(`Er is geen cijfer "${column}"`);
        return [column, write(figures)];
      }),
    );
  if (by === '') return [line('', total)];
  const named = rows.map((row) => line(nameOf(row[dimensionOf(by)]), row));
  return expected.some((row) => row[by] === 'samen') ? [...named, line('samen', total)] : named;
}
