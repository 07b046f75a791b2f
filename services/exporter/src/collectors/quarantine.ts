import { countQuarantine, countUnreadable } from '@effectstroom/database';
import { defineCollector, single } from '../collector.ts';

/** What arrived but counts nowhere. */
export const quarantine = defineCollector({
  subject: 'quarantine',
  gauges: {
    effectstroom_quarantined_events: {
      help:
        'Events that cannot count now, by reason; they are tried again when settings arrive. Source: ' +
        'quarantine.',
      labels: ['reason'],
    },
    effectstroom_unreadable_messages: {
      help: 'Messages of the stream, or lines of them, that hold no event. Source: unreadable messages.',
      labels: [],
    },
  },
  async read({ tx }) {
    const events = await countQuarantine(tx, { organisations: undefined });
    return {
      effectstroom_quarantined_events: [...events].map(([reason, count]) => ({
        labels: { reason },
        value: Number(count),
      })),
      effectstroom_unreadable_messages: single(Number(await countUnreadable(tx))),
    };
  },
});
