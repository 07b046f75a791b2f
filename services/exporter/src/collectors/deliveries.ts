import { civilDateAt, type Deliveries, isDelivered, lastDue } from '@effectstroom/contracts';
import { readDelivered, readExpectedDeliveries, readKnown, readSourceMonths } from '@effectstroom/database';
import { defineCollector, type Sample, type Scope } from '../collector.ts';

const LABELS = ['organisation', 'source'] as const;

/** Which sources have delivered, and which should have. */
export const deliveries = defineCollector({
  subject: 'deliveries',
  gauges: {
    effectstroom_delivery_last_timestamp_seconds: {
      help:
        'Moment at which the newest event of the source became known. Absent where it never delivered. ' +
        'Source: recorded events.',
      labels: LABELS,
    },
    effectstroom_delivery_overdue: {
      help:
        '1 where the last deadline of the source has passed without its delivery, 0 where not. Only of ' +
        'sources that are expected. Deadlines go by the moment up to which everything is in the totals. ' +
        'Source: expected deliveries, recorded events.',
      labels: LABELS,
    },
    effectstroom_delivery_refused: {
      help:
        'Events and rows of the source that ingest refused in the last 90 days, as far as they are kept. ' +
        'Absent where that is not known. Source: refusals.',
      labels: LABELS,
    },
    effectstroom_source_cases: {
      help:
        'Cases dated this year, under the source of the event that counts for them. State registered: ' +
        'registered or assessed; assessed: with an assessment. Never add the states up. Source: running ' +
        'totals per source.',
      labels: [...LABELS, 'state'],
    },
  },
  async read(scope) {
    const { tx, now } = scope;
    const delivered = await readDelivered(tx, undefined);
    const expected = (await readExpectedDeliveries(tx, undefined, undefined)).flatMap(({ body }) => {
      const { organisation, sources } = body as Deliveries;
      return sources.map((source) => ({ organisation, ...source }));
    });
    const { latest } = await readKnown(tx);
    const today = civilDateAt(latest === null ? now : new Date(latest));
    const lastOf = new Map(delivered.map((one) => [keyOf(one), new Date(one.lastDelivery)]));
    const overdue = expected.map((one): Sample => {
      const due = lastDue(one, today);
      const isOverdue = due !== undefined && !isDelivered(due, lastOf.get(keyOf(one)));
      return { labels: labelsOf(one), value: isOverdue ? 1 : 0 };
    });
    const all = new Map([...expected, ...delivered].map((one) => [keyOf(one), one]));
    const refused = [...all.values()].flatMap((one): Sample[] => {
      const value = scope.refused(one.organisation, one.source, now);
      return value === undefined ? [] : [{ labels: labelsOf(one), value }];
    });
    return {
      effectstroom_delivery_last_timestamp_seconds: delivered.map((one) => ({
        labels: labelsOf(one),
        value: Date.parse(one.lastDelivery) / 1000,
      })),
      effectstroom_delivery_overdue: overdue,
      effectstroom_delivery_refused: refused,
      effectstroom_source_cases: await casesOf(scope),
    };
  },
});

async function casesOf({ tx, periods: [{ year }] }: Scope): Promise<Sample[]> {
  const months = await readSourceMonths(tx, undefined, undefined, {
    from: `${year}-01-01`,
    to: `${year}-12-31`,
  });
  return [...Map.groupBy(months, keyOf).values()].flatMap((ofSource) => {
    const [first] = ofSource;
    if (first === undefined) return [];
    return (['registered', 'assessed'] as const).map((state) => ({
      labels: { ...labelsOf(first), state },
      value: ofSource.reduce((sum, month) => sum + Number(month[state]), 0),
    }));
  });
}

interface Named {
  organisation: string;
  source: string;
}

function keyOf({ organisation, source }: Named): string {
  return `${organisation} ${source}`;
}

function labelsOf({ organisation, source }: Named): Record<(typeof LABELS)[number], string> {
  return { organisation, source };
}
