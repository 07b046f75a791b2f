import { sql } from 'kysely';
import { defineCollector, single } from '../collector.ts';

/** What the newest check of the invariants found. */
export const verification = defineCollector({
  subject: 'verification',
  gauges: {
    effectstroom_invariant_drift: {
      help:
        'Faults that the newest check of the invariants found; 0 is right. Absent before the first. ' +
        'Source: verification.',
      labels: [],
    },
    effectstroom_verification_timestamp_seconds: {
      help: 'Moment of the newest check of the invariants. Absent before the first. Source: verification.',
      labels: [],
    },
  },
  async read({ tx }) {
    const { rows } = await sql<{ checked_at: Date; faults: number }>`
      SELECT checked_at, jsonb_array_length(faults) AS faults
      FROM verification ORDER BY id DESC LIMIT 1`.execute(tx);
    const newest = rows[0];
    return {
      effectstroom_invariant_drift: single(newest?.faults),
      effectstroom_verification_timestamp_seconds: single(newest && newest.checked_at.getTime() / 1000),
    };
  },
});
