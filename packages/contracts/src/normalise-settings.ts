import { toFactor, toMoney, toQuantity } from './decimal-text.ts';
import type { PriceItem, PriceList, Programme, ProgrammeAddress } from './settings-event.ts';
import type { SentPriceList, SentProgramme } from './settings-schema.ts';

/** From when settings without a date hold. */
const ALWAYS = '0001-01-01';

const DEFAULT_SCALE = { certain: 100, probable: 70, possible: 35 };
const DEFAULT_FOLLOWING_YEARS = 2;

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The members of `members` that have a value, in their order. */
function present<Members extends object>(members: Members): PresentMembers<Members> {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as PresentMembers<Members>;
}

type PresentMembers<Members> = { [Name in keyof Members]?: Exclude<Members[Name], undefined> };

/** A checked programme as it is kept: dated lists, defaults, decimal strings, members in a fixed order. */
export function normaliseProgramme(address: ProgrammeAddress, sent: SentProgramme): Programme {
  const { scale = DEFAULT_SCALE, followingYears = DEFAULT_FOLLOWING_YEARS, discountRate } = sent;
  const scales = Array.isArray(scale) ? scale : [{ from: ALWAYS, ...scale }];
  const years = Array.isArray(followingYears) ? followingYears : [{ from: ALWAYS, years: followingYears }];
  return {
    municipality: address.municipality,
    organisation: address.organisation,
    programme: address.programme,
    name: sent.name,
    method: sent.method,
    scale: scales
      .map(({ from, certain, probable, possible }) => ({ from, certain, probable, possible }))
      .sort((a, b) => compare(a.from, b.from)),
    correctionFactors: (sent.correctionFactors ?? [])
      .map((one) => ({ from: one.from, factor: toFactor(one.factor), ...present({ theme: one.theme }) }))
      .sort((a, b) => compare(a.from, b.from) || compare(a.theme ?? '', b.theme ?? '')),
    followingYears: years
      .map((one) => ({ from: one.from, years: one.years }))
      .sort((a, b) => compare(a.from, b.from)),
    ...present({ priceList: sent.priceList }),
    themes: (sent.themes ?? []).map((theme) => ({
      code: theme.code,
      name: theme.name,
      goals: (theme.goals ?? []).map((goal) => ({ code: goal.code, name: goal.name })),
    })),
    workTypes: (sent.workTypes ?? []).map((workType) => ({ code: workType.code, name: workType.name })),
    costBearers: (sent.costBearers ?? []).map(({ code, name, municipal }) => ({ code, name, municipal })),
    budgets: (sent.budgets ?? []).map(({ year, amount, theme, workType, fte, note }) => ({
      year,
      amount: toMoney(amount),
      ...present({ theme, workType, fte: fte === undefined ? undefined : toQuantity(fte), note }),
    })),
    ...present({
      discountRate: discountRate === undefined ? undefined : discountRates(discountRate),
      priceUncertainty: sent.priceUncertainty,
      ceilings: sent.ceilings?.map(ceiling),
    }),
  };
}

function discountRates(sent: NonNullable<SentProgramme['discountRate']>): Programme['discountRate'] {
  const rates = Array.isArray(sent) ? sent : [{ from: ALWAYS, ...sent }];
  return rates
    .map(({ from, percent, yearZero }) => ({ from, percent, yearZero }))
    .sort((a, b) => compare(a.from, b.from));
}

function ceiling(sent: NonNullable<SentProgramme['ceilings']>[number]) {
  const { service, year, quantity, amount, source } = sent;
  return {
    ...{ service, year },
    ...present({
      quantity: quantity === undefined ? undefined : toQuantity(quantity),
      amount: amount === undefined ? undefined : toMoney(amount),
      source,
    }),
  };
}

/**
 * A checked price list as it is kept: editions in order of `from`, decimal strings, members in a fixed order.
 */
export function normalisePriceList(code: string, sent: SentPriceList): PriceList {
  return {
    code,
    name: sent.name,
    ...present({ note: sent.note }),
    editions: sent.editions
      .map(({ from, priceLevel, source, items }) => ({
        from,
        ...present({ priceLevel, source }),
        items: items.map(priceItem),
      }))
      .sort((a, b) => compare(a.from, b.from)),
  };
}

function priceItem(sent: SentPriceList['editions'][number]['items'][number]): PriceItem {
  const { service, name, unit, price, costBearer, kind, priceLevel, source, cashable } = sent;
  const optional = present({ kind, priceLevel, source, cashable });
  return { service, name, unit, price: toMoney(price), costBearer, ...optional };
}
