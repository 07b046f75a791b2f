import { type Progress, readKnown, readProgress } from '@effectstroom/database';
import { defineCollector, type StreamState, single } from '../collector.ts';

/** A stream is known by the moment it was made, which PostgreSQL keeps in microseconds. */
function isSameStream({ createdAt }: StreamState, progress: Progress): boolean {
  const known = progress.streamCreatedAt?.getTime() ?? Number.NaN;
  return Math.abs(known - createdAt.getTime()) <= 1;
}

/** Undefined before the first: a partition that has nothing yet is known up to the epoch. */
function secondsOf(moment: string | null): number | undefined {
  const seconds = moment === null ? 0 : Date.parse(moment) / 1000;
  return seconds > 0 ? seconds : undefined;
}

/** How far the calculator is behind the stream. */
export const pipeline = defineCollector({
  subject: 'pipeline',
  gauges: {
    effectstroom_stream_reachable: {
      help: '1 where the stream answered at the last refresh, 0 where not. Source: JetStream.',
      labels: [],
    },
    effectstroom_stream_last_sequence: {
      help: 'Sequence of the newest message in the stream of cases and settings. Source: JetStream.',
      labels: [],
    },
    effectstroom_applied_sequence: {
      help:
        'Sequence up to which every partition has applied the stream; 0 where the stream is newer than ' +
        'the positions. Source: positions of the partitions.',
      labels: [],
    },
    effectstroom_pending_messages: {
      help:
        'Messages that are not in the totals yet; settings count until all that they touch is valued ' +
        'anew. Absent while the stream does not answer. Source: JetStream and positions of the ' +
        'partitions.',
      labels: [],
    },
    effectstroom_revaluation_cases_done: {
      help:
        'Cases that the settings being applied now have valued anew so far; 0 where none are. Source: ' +
        'positions of the partitions.',
      labels: [],
    },
    effectstroom_known_timestamp_seconds: {
      help:
        'Moment up to which everything that became known is in the totals. Absent before the first. ' +
        'Source: positions of the partitions.',
      labels: [],
    },
    effectstroom_newest_event_timestamp_seconds: {
      help:
        'Moment at which the newest recorded event became known. Absent before the first. Source: ' +
        'recorded events.',
      labels: [],
    },
  },
  async read({ tx, stream }) {
    const progress = await readProgress(tx);
    const { latest: known } = await readKnown(tx);
    const isCurrent = stream === undefined || isSameStream(stream, progress);
    const applied = isCurrent ? Number(progress.sequence) : 0;
    const done = progress.revaluations.map(({ cursor }) => cursor.done);
    return {
      effectstroom_stream_reachable: single(stream === undefined ? 0 : 1),
      effectstroom_stream_last_sequence: single(stream?.lastSequence),
      effectstroom_applied_sequence: single(applied),
      effectstroom_pending_messages: single(stream && Math.max(0, stream.lastSequence - applied)),
      effectstroom_revaluation_cases_done: single(done.reduce((sum, cases) => sum + cases, 0)),
      effectstroom_known_timestamp_seconds: single(secondsOf(known)),
      effectstroom_newest_event_timestamp_seconds: single(secondsOf(progress.newestEventAt)),
    };
  },
});
