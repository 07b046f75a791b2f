import { countUnreadable } from '@effectstroom/database';
import { sql } from 'kysely';
import { defineCollector, single } from '../collector.ts';

/** What arrived but counts nowhere. */
export const quarantine = defineCollector({
  subject: 'quarantine',
  gauges: {
    effectstroom_quarantined_events: {
      help:
        'Events that cannot count now, by organisation and reason; they are tried again when settings ' +
        'arrive. Those with reason dismissed were decided to stay out. Source: quarantine.',
      labels: ['organisation', 'reason'],
    },
    effectstroom_unreadable_messages: {
      help: 'Messages of the stream, or lines of them, that hold no event. Source: unreadable messages.',
      labels: [],
    },
  },
  async read({ tx }) {
    const { rows } = await sql<{ organisation: string; reason: string; events: bigint }>`
      SELECT o.code AS organisation, q.reason, count(*) AS events
      FROM quarantine q JOIN organisation o ON o.id = q.organisation
      GROUP BY 1, 2 ORDER BY 1, 2`.execute(tx);
    return {
      effectstroom_quarantined_events: rows.map(({ organisation, reason, events }) => ({
        labels: { organisation, reason },
        value: Number(events),
      })),
      effectstroom_unreadable_messages: single(Number(await countUnreadable(tx))),
    };
  },
});
