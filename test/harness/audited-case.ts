/**
 * One event under the settings (design §4), written afresh from the contract's text: why it cannot count, or
 * what it is worth. Nothing of the product is imported.
 */
import { scaled, yearValues } from '../scenarios/auditor.ts';
import { addressOf, type Book, type SentEvent, type SentLine, type SentProgramme, TYPES } from './sent.ts';

export interface AuditedLine {
  costBearer: string;
  municipal: boolean;
  recurrence: 'one-off' | 'yearly';
  effect: string | undefined;
  cashable: string | undefined;
  /** Undefined where the event states the amount; the price is in micro-euros. */
  priced: { service: string; price: bigint } | undefined;
  /** Micro-euros of one case in year 0, 1, … */
  values: bigint[];
  /** As values, all a step lower and higher. */
  lows: bigint[];
  highs: bigint[];
}

/** A case that counts: registered or assessed, and not withdrawn. */
export interface AuditedCase {
  municipality: string;
  organisation: string;
  programme: string;
  caseId: string;
  date: string;
  theme: string;
  goal: string | undefined;
  workType: string | undefined;
  targetGroup: string | undefined;
  supportType: string | undefined;
  team: string | undefined;
  area: string | undefined;
  wellbeing: string | undefined;
  assessed: boolean;
  /** 0 for a registered case. */
  similarCases: number;
  /** Micro-euros of one case. */
  cost: bigint;
  /** Ten-thousandths. */
  factor: number;
  lines: AuditedLine[];
}

/** Everything for which an event cannot count; empty where it can. */
export function reasonsAgainst({ type, data }: SentEvent, book: Book): Set<string> {
  const programme = book.programmes.get(addressOf(data));
  if (programme === undefined) return new Set(['unknown-programme']);
  const { themes, workTypes = [] } = programme;
  const reasons = new Set<string>();
  if (data.theme !== undefined && !themes.some(({ code }) => code === data.theme))
    reasons.add('unknown-theme');
  const goals = themes.flatMap((one) => one.goals);
  if (data.goal !== undefined && !goals.some(({ code }) => code === data.goal)) reasons.add('unknown-goal');
  const isFree = data.workType === undefined || workTypes.length === 0;
  if (!isFree && !workTypes.some(({ code }) => code === data.workType)) reasons.add('unknown-work-type');
  if (type !== TYPES.assessed) return reasons;
  const date = data.date ?? '';
  if (factorOn(programme, date, data.theme ?? '') === undefined) reasons.add('no-factor');
  for (const line of data.avoided ?? [])
    for (const reason of reasonsAgainstLine(line, date, programme, book)) reasons.add(reason);
  return reasons;
}

function reasonsAgainstLine(line: SentLine, date: string, programme: SentProgramme, book: Book): string[] {
  const { scale, followingYears, method, costBearers, priceList } = programme;
  const reasons: string[] = [];
  const list = book.priceLists.get(priceList ?? '');
  const item = line.service === undefined ? undefined : itemOf(line, date, programme, book);
  const bearer = line.costBearer ?? item?.costBearer;
  if (line.service !== undefined && list === undefined) reasons.push('unknown-price-list');
  else if (line.service !== undefined && item === undefined) reasons.push('unknown-service', 'no-price');
  else if (!costBearers.some(({ code }) => code === bearer)) reasons.push('unknown-cost-bearer');
  for (const name of ['likelihood', 'contribution'] as const) {
    if (line[name] === undefined && method === 'preventiecalculator') reasons.push(`${name}-missing`);
    const isLevel = typeof line[name] === 'string';
    if (isLevel && Array.isArray(scale) && inForce(scale, date) === undefined) reasons.push('no-scale');
  }
  const isOpen = line.recurrence === 'yearly' && line.years === undefined;
  if (isOpen && Array.isArray(followingYears) && inForce(followingYears, date) === undefined)
    reasons.push('no-following-years');
  return reasons;
}

function itemOf(line: SentLine, date: string, programme: SentProgramme, book: Book) {
  const list = book.priceLists.get(programme.priceList ?? '');
  return inForce(list?.editions ?? [], date)?.items.find(({ service }) => service === line.service);
}

/**
 * Ten-thousandths: one for the theme beats a general one, then the latest `from`; SROI that gives none has 1.
 */
function factorOn(programme: SentProgramme, date: string, theme: string): number | undefined {
  const factors = programme.correctionFactors ?? [];
  if (factors.length === 0 && programme.method === 'sroi') return 10_000;
  const forTheme = (wanted: string | undefined) =>
    inForce(
      factors.filter((one) => one.theme === wanted),
      date,
    );
  const found = forTheme(theme) ?? forTheme(undefined);
  return found && Number(scaled(found.factor, 4));
}

function inForce<T extends { from: string }>(entries: readonly T[], date: string): T | undefined {
  return entries.filter(({ from }) => from <= date).sort((one, other) => (one.from < other.from ? 1 : -1))[0];
}

/** What an event that counts is worth. */
export function auditedCase({ type, data }: SentEvent, book: Book): AuditedCase {
  const programme = book.programmes.get(addressOf(data));
  const { date, theme } = data;
  if (programme === undefined || date === undefined || theme === undefined)
    throw new Error('it cannot count');
  const priceList = book.priceLists.get(programme.priceList ?? '');
  const assessed = type === TYPES.assessed;
  const lines = (assessed ? (data.avoided ?? []) : []).map((line): AuditedLine => {
    const item = itemOf(line, date, programme, book);
    const costBearer = line.costBearer ?? item?.costBearer ?? '';
    const settings = { programme, ...(priceList && { priceList }) };
    return {
      costBearer,
      municipal: programme.costBearers.some(({ code, municipal }) => code === costBearer && municipal),
      recurrence: line.recurrence ?? 'one-off',
      effect: line.effect,
      cashable: line.cashable ?? item?.cashable,
      priced: item && { service: item.service, price: scaled(item.price, 2) * 10_000n },
      values: yearValues(line, settings, date),
      lows: yearValues(line, settings, date, 'low'),
      highs: yearValues(line, settings, date, 'high'),
    };
  });
  const { goal, workType, targetGroup, supportType, team, area, wellbeing } = data;
  return {
    ...{ municipality: data.municipality, organisation: data.organisation, caseId: data.caseId },
    ...{ programme: data.programme ?? 'main', date, theme, goal, workType },
    ...{ targetGroup, supportType, team, area, wellbeing, assessed, lines },
    similarCases: assessed ? (data.similarCases ?? 1) : 0,
    cost: assessed ? scaled(data.cost ?? '0', 2) * 10_000n : 0n,
    factor: assessed ? (factorOn(programme, date, theme) ?? 0) : 10_000,
  };
}
