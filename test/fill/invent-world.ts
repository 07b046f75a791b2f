/** Invented municipalities, their organisations, programmes and price lists. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  checkPriceList,
  checkProgramme,
  type PriceList,
  type Programme,
  type ProgrammeAddress,
} from '@effectstroom/contracts';
import { repository } from '@effectstroom/infra';

export interface WorldOptions {
  /** At most 999. */
  municipalities: number;
  firstYear: number;
  years: number;
  /** Of all municipalities together; budgets fit them. */
  cases: number;
}

/** Where cases happen: one programme of one organisation in one municipality. */
export interface Place extends ProgrammeAddress {
  source: string;
  /** Of all cases. */
  share: number;
  /** A case stands for others here. */
  isSampled: boolean;
}

export interface World {
  places: readonly Place[];
  /** By place: the shares of it and of all before it. */
  reach: Float64Array;
  programmes: readonly Programme[];
  priceLists: readonly PriceList[];
  /** One of the price lists with a corrected price in its last edition. */
  correction: PriceList;
}

const SAMPLE_LIST = 'packages/contracts/examples/price-list.json';

/**
 * The list that most programmes use, and that of one in twenty, whose last edition is corrected at the end.
 */
const NATIONAL = 'kostenhandleiding';
const REGIONAL = 'regionaal';
const REGIONAL_EVERY = 20;
const SAMPLED_EVERY = 5;
/** This many of the largest municipalities have two organisations; smaller ones share one by threes. */
const LARGE = 30;
const SHARED_BY = 3;
/** What a case costs the municipality, about: budgets are made of it. */
const BUDGET_PER_CASE = 1_500;

const THEME_NAMES = ['Samen leven', 'Gezond meedoen', 'Kwetsbare inwoners', 'Opgroeien', 'Innovatie'];
/** The work type of each theme. */
export const WORK_TYPES = [
  'opbouwwerk',
  'ouderenwerk',
  'maatschappelijk-werk',
  'jongerenwerk',
  'sociaal-werk',
];
export const GOALS_PER_THEME = 3;
const BEARERS = [
  ...['gemeente-zorg-ondersteuning', 'gemeente-ruimte', 'zorgverzekeraar', 'rijksoverheid', 'onderwijs'],
  'politie-justitie',
];

/** The same for the same options. */
export function inventWorld(options: WorldOptions): World {
  const places = inventPlaces(options.municipalities);
  let reached = 0;
  const reach = Float64Array.from(places, ({ share }) => {
    reached += share;
    return reached;
  });
  const sample = JSON.parse(readFileSync(join(repository, SAMPLE_LIST), 'utf8')) as object;
  const national = priceList(NATIONAL, sample);
  const regional = priceList(REGIONAL, sample);
  return {
    places,
    reach,
    programmes: places.map((place, index) => programmeAt(place, index, options)),
    priceLists: [national, regional],
    correction: priceList(REGIONAL, corrected(regional)),
  };
}

/**
 * Sizes as those of the Dutch municipalities: the largest has a twentieth of everyone, half have a 700th or
 * less.
 */
function inventPlaces(municipalities: number): Place[] {
  const weights = Array.from({ length: municipalities }, (_, rank) => (rank + 3) ** -0.9);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.flatMap((weight, rank) => {
    const municipality = `GM${1001 + rank}`;
    const names =
      rank < LARGE
        ? [`welzijn-${rank + 1}`, `buurtwerk-${rank + 1}`]
        : [`samen-${Math.floor((rank - LARGE) / SHARED_BY) + 1}`];
    return names.map((organisation) => ({
      ...{ municipality, organisation, programme: 'main' },
      source: `urn:nld:kvknr:${10_000_019 + rank * 7}:systeem:registratie`,
      share: weight / whole / names.length,
      isSampled: rank % SAMPLED_EVERY === 1,
    }));
  });
}

function programmeAt(place: Place, index: number, { firstYear, years, cases }: WorldOptions): Programme {
  const yearly = (cases * place.share * BUDGET_PER_CASE) / years;
  const { municipality, organisation, programme } = place;
  const { settings, faults } = checkProgramme(
    { municipality, organisation, programme },
    {
      name: `Maatschappelijke opdracht ${municipality}`,
      method: 'preventiecalculator',
      correctionFactors: [
        { from: `${firstYear}-01-01`, factor: '0.90' },
        { from: `${firstYear + Math.floor(years / 2)}-01-01`, factor: '0.85', theme: '5' },
      ],
      followingYears: 2,
      priceList: index % REGIONAL_EVERY === 2 ? REGIONAL : NATIONAL,
      themes: THEME_NAMES.map((name, theme) => ({
        ...{ code: `${theme + 1}`, name },
        goals: Array.from({ length: GOALS_PER_THEME }, (_, goal) => ({
          ...{ code: `${theme + 1}.${goal + 1}`, name: `Doel ${theme + 1}.${goal + 1}` },
        })),
      })),
      workTypes: WORK_TYPES.map((code) => ({ code, name: code })),
      costBearers: BEARERS.map((code) => ({ code, name: code, municipal: code.startsWith('gemeente') })),
      budgets: Array.from({ length: years }, (_, year) => ({
        ...{ year: firstYear + year, amount: `${Math.round(yearly * (1 + year / 50))}.00` },
      })),
    },
  );
  if (settings === undefined) throw new Error(`The programme fails: ${faults?.[0]?.detail}`);
  return settings;
}

function priceList(code: string, body: object): PriceList {
  const { settings, faults } = checkPriceList(code, { ...body, code });
  if (settings === undefined) throw new Error(`The price list fails: ${faults?.[0]?.detail}`);
  return settings;
}

/** The first price of the last edition was a tenth too low. */
function corrected(list: PriceList): PriceList {
  const editions = list.editions.map((edition, place) => ({
    ...edition,
    items: edition.items.map((item, index) =>
      place === list.editions.length - 1 && index === 0 ? { ...item, price: raised(item.price) } : item,
    ),
  }));
  return { ...list, editions };
}

function raised(price: string): string {
  const cents = (BigInt(price.replace('.', '')) * 11n) / 10n;
  return `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
}
