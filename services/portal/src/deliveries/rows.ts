/** The rows of `GET /v1/deliveries`: what is expected of sources beside what they delivered. Pure. */
import {
  ASSESSMENT_SOURCE,
  civilDateAt,
  type Deliveries,
  type DeliveryRow,
  type ExpectedSource,
  isDelivered,
  lastDue,
} from '@effectstroom/contracts';
import type { LastDelivery, QuarantinedOf, SourceMonth, SourceOf } from '@effectstroom/database';
import { divideRounded, formatDecimal } from '@effectstroom/valuation';

const MONTHS_A_YEAR = 12;
const SHARE_DECIMALS = 4;

/** A source that is expected, or delivered without. */
export interface KnownSource extends SourceOf {
  expected: ExpectedSource | undefined;
  /** RFC 3339 in UTC. */
  lastDelivery: string | undefined;
}

/** Every source that is expected or has delivered, by organisation and source. */
export function knownSources(
  expected: readonly Deliveries[],
  delivered: readonly LastDelivery[],
): KnownSource[] {
  const known = new Map<string, KnownSource>();
  for (const { organisation, sources } of expected)
    for (const one of sources)
      known.set(keyOf({ organisation, source: one.source }), {
        ...{ organisation, source: one.source, expected: one, lastDelivery: undefined },
      });
  for (const { organisation, source, lastDelivery } of delivered) {
    const expectedOne = known.get(keyOf({ organisation, source }))?.expected;
    known.set(keyOf({ organisation, source }), { organisation, source, expected: expectedOne, lastDelivery });
  }
  return [...known.values()].sort(bySource);
}

/** What else is told of the sources. */
export interface SourceFigures {
  year: number;
  /** Of this year and the year before. */
  months: readonly SourceMonth[];
  quarantined: readonly QuarantinedOf[];
  /** Undefined where that is not known. */
  refused: (organisation: string, source: string) => number | undefined;
  moment: Date;
  /** Numbers of cases below it are null; undefined shows all. */
  fewerThan: number | undefined;
}

/** One row for each source. */
export function deliveryRows(sources: readonly KnownSource[], figures: SourceFigures): DeliveryRow[] {
  const months = new Map(figures.months.map((one) => [`${keyOf(one)} ${one.month.slice(0, 7)}`, one]));
  const quarantined = new Map(figures.quarantined.map((one) => [keyOf(one), Number(one.count)]));
  const today = civilDateAt(figures.moment);
  return sources.map(({ organisation, source, expected, lastDelivery }) => {
    const key = keyOf({ organisation, source });
    const due = expected && lastDue(expected, today);
    const counts = monthsOf(figures.year, (month) => months.get(`${key} ${month}`));
    const shown = counts.map((month) => withoutFew(month, figures.fewerThan));
    return {
      ...{ organisation, source, name: nameOf(source, expected), rhythm: expected?.rhythm ?? null },
      ...{ graceDays: expected?.graceDays ?? null, from: expected?.from ?? null, to: expected?.to ?? null },
      lastDelivery: lastDelivery ?? null,
      due: due?.due ?? null,
      onTime: due === undefined ? null : isDelivered(due, lastDelivery ? new Date(lastDelivery) : undefined),
      months: shown,
      quarantined: quarantined.get(key) ?? 0,
      refused: figures.refused(organisation, source) ?? null,
      shareAssessed: shown.some(isPartlyHidden) ? null : shareOf(counts),
    };
  });
}

/** What is made here needs no agreement to have a name. */
function nameOf(source: string, expected: ExpectedSource | undefined): string | null {
  return expected?.name ?? (source === ASSESSMENT_SOURCE ? 'Beoordeeld op het bord' : null);
}

interface Counts {
  registered: number;
  assessed: number;
}
type Month = Counts & { month: string; lastYear: Counts };
type ShownMonth = DeliveryRow['months'][number];

/** Few cases are null; that there are none is not. */
function withoutFew({ month, lastYear, ...own }: Month, fewerThan = 0): ShownMonth {
  const shown = (count: number) => (count > 0 && count < fewerThan ? null : count);
  const of = ({ registered, assessed }: Counts) => ({
    registered: shown(registered),
    assessed: shown(assessed),
  });
  return { month, ...of(own), lastYear: of(lastYear) };
}

/** The share of the year would tell the one month that is null. */
function isPartlyHidden({ registered, assessed }: ShownMonth): boolean {
  return registered === null || assessed === null;
}

function monthsOf(year: number, find: (month: string) => SourceMonth | undefined): Month[] {
  return Array.from({ length: MONTHS_A_YEAR }, (_, place) => {
    const month = monthOf(year, place);
    return { month, ...countsOf(find(month)), lastYear: countsOf(find(monthOf(year - 1, place))) };
  });
}

function monthOf(year: number, place: number): string {
  return `${String(year).padStart(4, '0')}-${String(place + 1).padStart(2, '0')}`;
}

function countsOf(month: SourceMonth | undefined): Counts {
  return { registered: Number(month?.registered ?? 0n), assessed: Number(month?.assessed ?? 0n) };
}

function shareOf(months: readonly Counts[]): string | null {
  const registered = months.reduce((sum, month) => sum + month.registered, 0);
  const assessed = months.reduce((sum, month) => sum + month.assessed, 0);
  if (registered === 0) return null;
  const scaled = divideRounded(BigInt(assessed) * 10n ** BigInt(SHARE_DECIMALS), BigInt(registered));
  return formatDecimal(scaled, SHARE_DECIMALS, SHARE_DECIMALS);
}

function keyOf({ organisation, source }: SourceOf): string {
  return `${organisation} ${source}`;
}

function bySource(one: SourceOf, other: SourceOf): number {
  return compare(one.organisation, other.organisation) || compare(one.source, other.source);
}

/** By code units, as the cursor of a page compares too. */
export function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}
