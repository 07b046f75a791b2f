import { defineCollector, single } from '../collector.ts';

/** Which PostgreSQL the figures are from. */
export const database = defineCollector({
  subject: 'database',
  gauges: {
    effectstroom_database_is_replica: {
      help: '1 where the figures are from a replica of PostgreSQL, 0 where of the primary.',
      labels: [],
    },
    effectstroom_database_behind_seconds: {
      help:
        'Seconds that it is behind the primary at most; it grows while that cannot be asked. 0 for ' +
        'the primary, absent where nobody can tell. Source: positions in the write-ahead log.',
      labels: [],
    },
  },
  async read({ source: { role, behindMs } }) {
    return {
      effectstroom_database_is_replica: single(role === 'replica' ? 1 : 0),
      effectstroom_database_behind_seconds: single(behindMs === undefined ? undefined : behindMs / 1000),
    };
  },
});
