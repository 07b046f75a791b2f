/** Price lists and programmes. */
import type { SentItem, SentPriceList, SentProgramme } from '../../harness/sent.ts';
import { amountOf, dateOf, decimalOf, wordOf } from '../dutch.ts';
import type { Step, Story, Table } from '../story.ts';

const NOTHING: SentProgramme = {
  ...{ name: 'Programma', method: 'preventiecalculator', themes: [], costBearers: [] },
};

export const SETTINGS: readonly Step[] = [
  {
    sentence: /^(?:de prijslijst|de prijslijst wordt gewijzigd:) "(.+)":?$/,
    play: (story, [code = ''], table) => story.putPriceList(code, priceListOf(code, table)),
  },
  {
    sentence: /^het programma van "(.+)" in (.+) \((GM\d{4})\):$/,
    play: (story, [organisation = '', , municipality = ''], table) =>
      story.putProgramme(
        { municipality, organisation, programme: 'main' },
        changed({ ...NOTHING, name: organisation }, table),
      ),
  },
  {
    sentence: /^het programma van "(.+)" wordt gewijzigd:$/,
    play: async (story, [organisation = ''], table) => {
      const { address, body } = story.programmeOf(organisation);
      await story.putProgramme(address, changed(body, table));
    },
  },
  {
    sentence: /^de subsidies van "(.+)" in (.+) \((GM\d{4})\) over (\d{4}):$/,
    play: async (story, [organisation = '', , municipality = '', year = ''], table) => {
      const { address, body } = story.programmeOf(organisation, municipality);
      await story.putProgramme(address, { ...body, budgets: budgetsOf(Number(year), table) });
    },
  },
  {
    sentence: /^we onthouden dit moment als "(.+)"$/,
    play: async (story, [name = '']) => void story.moments.set(name, await now(story)),
  },
];

/** The latest moment that everything is known of. */
async function now(story: Story): Promise<string> {
  const { basis } = await story.ask<{ basis: { asOf: string } }>('/v1/savings', {
    from: '2020-01-01',
    to: '2020-12-31',
  });
  return basis.asOf;
}

function priceListOf(name: string, table: Table): SentPriceList {
  const editions = new Map<string, SentItem[]>();
  for (const row of table) {
    const from = dateOf(row['vanaf'] ?? '');
    const service = row['dienst'] ?? '';
    const cashable = wordOf(row['verzilverbaar'] ?? '');
    const item = {
      ...{ service, name: row['naam'] ?? service, unit: row['eenheid'] ?? 'stuk' },
      ...{ price: amountOf(row['prijs'] ?? ''), costBearer: row['kostenhouder'] ?? '' },
      ...(cashable === '' ? {} : { cashable: cashable as NonNullable<SentItem['cashable']> }),
      ...(row['bron'] ? { source: row['bron'] } : {}),
      ...(row['prijspeil'] ? { priceLevel: Number(row['prijspeil']) } : {}),
    };
    editions.set(from, [...(editions.get(from) ?? []), item]);
  }
  return { name, editions: [...editions].map(([from, items]) => ({ from, items })) };
}

/** A programme with what the rows say: `wat` names it, `waarde` says it. */
function changed(body: SentProgramme, table: Table): SentProgramme {
  const changes = table.map(({ wat = '', waarde = '' }) => {
    const change = CHANGES[wat];
    if (change === undefined) throw new Error(`Een programma kent geen ${wat}`);
    return change(waarde);
  });
  return Object.assign({}, body, ...changes) as SentProgramme;
}

const CHANGES: Record<string, (value: string) => Partial<SentProgramme> & Record<string, unknown>> = {
  methode: (value) => ({ method: value === 'SROI' ? 'sroi' : 'preventiecalculator' }),
  correctiefactor: (value) => ({ correctionFactors: [{ from: '2000-01-01', factor: decimalOf(value) }] }),
  'volgende jaren': (value) => ({ followingYears: Number(value) }),
  prijslijst: (value) => ({ priceList: value }),
  "thema's": (value) => ({ themes: namesIn(value).map((named) => ({ ...named, goals: [] })) }),
  werksoorten: (value) => ({ workTypes: namesIn(value) }),
  kostenhouders: (value) => ({
    costBearers: value.split(', ').map((text) => {
      const code = text.replace(' (gemeentelijk)', '');
      return { code, name: code, municipal: text !== code };
    }),
  }),
  'waarschijnlijk telt voor': (value) => ({
    scale: { certain: 100, probable: Number(value.replace(' %', '')), possible: 35 },
  }),
  'onzekerheid van prijzen': (value) => ({ priceUncertainty: Number(value.replace(' %', '')) }),
  disconteringsvoet: (value) => ({
    discountRate: {
      percent: decimalOf(value.replace(/ %.*$/, '')),
      yearZero: value.endsWith('ook jaar nul') ? 'discounted' : 'undiscounted',
    },
  }),
  plafond: (value) => {
    const match = /^(\S+) in (\d{4}): (€ )?(.+?)(?: keer)?$/.exec(value);
    if (match === null) throw new Error(`Geen plafond: ${value}`);
    const [, service, year, euro, number = ''] = match;
    const most = euro === undefined ? { quantity: decimalOf(number) } : { amount: amountOf(number) };
    return { ceilings: [{ service, year: Number(year), ...most }] };
  },
};

function namesIn(value: string): { code: string; name: string }[] {
  return value.split(', ').map((text) => {
    const [code = '', ...name] = text.split(' ');
    return { code, name: name.length === 0 ? code : name.join(' ') };
  });
}

function budgetsOf(year: number, table: Table): NonNullable<SentProgramme['budgets']> {
  return table.map((row) => ({
    ...{ year, amount: amountOf(row['subsidie'] ?? '') },
    ...(row['werksoort'] ? { workType: row['werksoort'] } : {}),
    ...(row['thema'] ? { theme: row['thema'] } : {}),
  }));
}
