/** Invented programmes of three municipalities: what people look at in the tests, besides the two references. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '@effectstroom/infra';
import type { SentPriceList, SentProgramme } from '../harness/sent.ts';

/** One programme of one organisation in one municipality. */
export interface PeoplePlace {
  municipality: string;
  organisation: string;
  programme: string;
  /** `source` of its events. */
  source: string;
  /** Of the year before this one and of this one so far together. */
  cases: number;
  /** Cases stand for others. */
  isSampled: boolean;
  /** Euros a year by theme; the whole is their sum. */
  budgets: Readonly<Record<string, number>>;
}

/** A source of an organisation that is expected to deliver. */
export interface PeopleSource {
  source: string;
  name: string;
  rhythm: 'weekly' | 'monthly';
  graceDays: number;
  from: string;
}

const STADSWELZIJN = 'urn:nld:kvknr:10000019:systeem:registratie';
const BUURTKRACHT = 'urn:nld:kvknr:10000026:systeem:registratie';
const DORPSTEAM = 'urn:nld:kvknr:10000033:systeem:registratie';

export const PRICE_LIST_CODE = 'regioprijzen';

/** Two organisations work in Helmond, one of them in Deurne too; Son en Breugel measures the SROI way. */
export const PEOPLE_PLACES: readonly PeoplePlace[] = [
  {
    ...{ municipality: 'GM0794', organisation: 'stadswelzijn', programme: 'main' },
    ...{ source: STADSWELZIJN, cases: 1_100, isSampled: true },
    budgets: { '1': 640_000, '2': 480_000, '3': 900_000, '4': 3_400_000 },
  },
  {
    ...{ municipality: 'GM0794', organisation: 'buurtkracht', programme: 'main' },
    ...{ source: BUURTKRACHT, cases: 550, isSampled: false },
    budgets: { '1': 60_000, '2': 140_000, '3': 110_000, '5': 15_000 },
  },
  {
    ...{ municipality: 'GM0762', organisation: 'stadswelzijn', programme: 'main' },
    ...{ source: STADSWELZIJN, cases: 450, isSampled: false },
    budgets: { '1': 55_000, '2': 50_000, '3': 75_000, '4': 90_000 },
  },
  {
    ...{ municipality: 'GM0848', organisation: 'dorpsteam', programme: 'gezinswerk' },
    ...{ source: DORPSTEAM, cases: 250, isSampled: false },
    budgets: {},
  },
];

const THEMES = [
  { code: '1', name: 'Samen leven', goals: ['Buren kennen elkaar', 'Inwoners doen vrijwillig mee'] },
  { code: '2', name: 'Gezond meedoen', goals: ['Ouderen wonen langer thuis', 'Minder eenzaamheid'] },
  {
    code: '3',
    name: 'Kwetsbare inwoners',
    goals: ['Grip op geld', 'Steun dichtbij', 'Mantelzorg houdt vol'],
  },
  { code: '4', name: 'Opgroeien', goals: ['Jongeren op het goede pad', 'Ouders staan er niet alleen voor'] },
  { code: '5', name: 'Proeftuin', goals: ['Nieuwe aanpak'] },
] as const;

const WORK_TYPES = [
  { code: 'opbouwwerk', name: 'Opbouwwerk' },
  { code: 'ouderenwerk', name: 'Ouderenwerk' },
  { code: 'maatschappelijk-werk', name: 'Maatschappelijk werk' },
  { code: 'jongerenwerk', name: 'Jongerenwerk' },
  { code: 'sociaal-werk', name: 'Sociaal werk' },
] as const;

/** The codes of every theme, and the number of goals of each: '1.1', '1.2', … */
export const THEME_GOALS: ReadonlyMap<string, number> = new Map(
  THEMES.map(({ code, goals }) => [code, goals.length]),
);

/** The work type of a theme ('1' to '5'). */
export function workTypeOf(theme: string): string {
  const workType = WORK_TYPES[Number(theme) - 1];
  if (workType === undefined) throw new Error(`There is no theme ${theme}`);
  return workType.code;
}

/** The programme of a place; its factor of theme 3 is lower from this year (2026) on. */
export function programmeOf(place: PeoplePlace, thisYear: number): SentProgramme {
  const isSroi = place.programme === 'gezinswerk';
  const themes = THEMES.filter(({ code }) => isSroi || code in place.budgets);
  return {
    name: isSroi ? 'Gezinswerk' : 'Maatschappelijke opdracht',
    method: isSroi ? 'sroi' : 'preventiecalculator',
    ...(!isSroi && {
      correctionFactors: [
        { from: `${thisYear - 2}-01-01`, factor: '0.90' },
        { from: `${thisYear}-01-01`, factor: '0.85', theme: '3' },
      ],
    }),
    priceList: PRICE_LIST_CODE,
    themes: themes.map(({ code, name, goals }) => ({
      ...{ code, name },
      goals: goals.map((goal, index) => ({ code: `${code}.${index + 1}`, name: goal })),
    })),
    workTypes: [...WORK_TYPES],
    costBearers: [
      { code: 'gemeente-zorg-ondersteuning', name: 'Gemeente Zorg & Ondersteuning', municipal: true },
      { code: 'gemeente-jeugd', name: 'Gemeente Jeugd', municipal: true },
      { code: 'gemeente-ruimte', name: 'Gemeente Ruimte (vernieling e.d.)', municipal: true },
      { code: 'zorgverzekeraar', name: 'Zorgverzekeraar', municipal: false },
      { code: 'rijksoverheid', name: 'Rijksoverheid (WLZ etc.)', municipal: false },
      { code: 'onderwijs', name: 'Onderwijs', municipal: false },
      { code: 'politie-justitie', name: 'Politie, Justitie', municipal: false },
    ],
    budgets: budgetsOf(place, thisYear),
  };
}

/** The reference prices, and from this year on dearer ones. */
export function priceListOf(thisYear: number): SentPriceList {
  const file = join(repository, 'packages/contracts/examples/price-list.json');
  const sample = JSON.parse(readFileSync(file, 'utf8')) as SentPriceList;
  const items = sample.editions[0]?.items ?? [];
  const dearer = items.map((item) => ({ ...item, price: (Number(item.price) * 1.04).toFixed(2) }));
  return {
    name: 'Regioprijzen (verzonnen)',
    editions: [
      { from: '2000-01-01', items },
      { from: `${thisYear}-01-01`, items: dearer },
    ],
  };
}

/** What each organisation is expected to deliver: youth work of buurtkracht never did. */
export function deliveriesOf(thisYear: number): ReadonlyMap<string, PeopleSource[]> {
  const from = `${thisYear - 1}-01-01`;
  const weekly = { name: 'Registratie', rhythm: 'weekly', graceDays: 7, from } as const;
  const late = 'urn:nld:kvknr:10000026:systeem:jongerenwerk';
  return new Map([
    ['stadswelzijn', [{ ...weekly, source: STADSWELZIJN }]],
    [
      'buurtkracht',
      [
        { ...weekly, source: BUURTKRACHT },
        { source: late, name: 'Jongerenwerk', rhythm: 'monthly', graceDays: 10, from },
      ],
    ],
    ['dorpsteam', [{ ...weekly, source: DORPSTEAM }]],
  ]);
}

function budgetsOf({ budgets }: PeoplePlace, thisYear: number): NonNullable<SentProgramme['budgets']> {
  return [thisYear - 1, thisYear].flatMap((year) => {
    const raised = (amount: number) => (year === thisYear ? (amount * 103) / 100 : amount);
    const parts = Object.entries(budgets).map(([theme, amount]) => ({
      ...{ year, theme, amount: raised(amount).toFixed(2) },
    }));
    if (parts.length === 0) return [];
    const whole = Object.values(budgets).reduce((sum, amount) => sum + raised(amount), 0);
    return [...parts, { year, amount: whole.toFixed(2) }];
  });
}
