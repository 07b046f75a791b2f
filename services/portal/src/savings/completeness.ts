/** Whether everything that should have been delivered is in the figures, and what is missing. Pure. */
import {
  civilDateAt,
  type Days,
  type Deliveries,
  isDelivered,
  lastDue,
  type SavingsBasis,
} from '@effectstroom/contracts';

export type Completeness = Pick<SavingsBasis, 'complete' | 'missing'>;
type Missing = SavingsBasis['missing'][number];

export interface CompletenessInput {
  /** Codes of the organisations that the question is about. */
  organisations: Iterable<string>;
  /** What is expected of each, as known at the answer's moment. */
  expected: ReadonlyMap<string, Deliveries>;
  /** When a source last delivered before the answer's moment, RFC 3339; undefined where it never did. */
  lastDelivery: (organisation: string, source: string) => string | undefined;
  /** Events of the question's days that stand in quarantine, by organisation. */
  quarantined: ReadonlyMap<string, bigint>;
  /** The days that the question asks for. */
  asked: Days;
  /** First day of the cases that the figures count: before `asked` where earlier ones still bring in. */
  countedFrom: string;
  moment: Date;
}

/**
 * The rule: every interval of a rhythm that has a day in the period, and whose deadline passed before the
 * moment, has been delivered; nothing of the period stands in quarantine; and it is known what should have come.
 * That is not known of an organisation whose first source is expected only after the period's first day.
 */
export function completenessOf(input: CompletenessInput): Completeness {
  const { organisations, expected, quarantined } = input;
  const all = [...new Set([...organisations, ...quarantined.keys()])].sort();
  const missing = all.flatMap((organisation): Missing[] => {
    const events = quarantined.get(organisation) ?? 0n;
    return [
      ...missingOf(organisation, expected.get(organisation)?.sources ?? [], input),
      ...(events === 0n ? [] : [{ kind: 'quarantine', organisation, events: Number(events) } as const]),
    ];
  });
  return { complete: missing.length === 0, missing };
}

function missingOf(
  organisation: string,
  sources: Deliveries['sources'],
  { lastDelivery, asked, countedFrom, moment }: CompletenessInput,
): Missing[] {
  if (!sources.some(({ from }) => from <= asked.from)) return [{ kind: 'no-rhythm', organisation }];
  const today = civilDateAt(moment);
  const counted = { from: countedFrom, to: asked.to };
  return sources.flatMap((source): Missing[] => {
    const due = lastDue(source, today, counted);
    if (due === undefined) return [];
    const last = lastDelivery(organisation, source.source);
    if (isDelivered(due, last === undefined ? undefined : new Date(last))) return [];
    return [
      { kind: 'delivery', organisation, source: source.source, lastDelivery: last ?? null, due: due.due },
    ];
  });
}
